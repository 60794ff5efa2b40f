import { LightningElement, api } from 'lwc';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** The digit that picks it while the group has the focus. */
  readonly key?: string;
}

/**
 * A radio group that looks like buttons and can be answered with digits.
 *
 * @fires choose with `{ value }`
 */
export default class ChoiceButtons extends LightningElement {
  @api label = '';
  /** Tells this group's radios from those of other groups on the page. */
  @api name = '';
  @api options: readonly Choice[] = [];
  @api value?: string;
  /** What is wrong with the answer; nothing while nothing is. */
  @api error?: string | undefined;

  /** Puts the focus on the chosen radio, or on the first. */
  @api focus(): void {
    const radios = [...(this.template?.querySelectorAll('input') ?? [])];
    (radios.find((radio) => radio.checked) ?? radios[0])?.focus();
  }

  get choices(): (Choice & { checked: boolean; text: string })[] {
    return this.options.map((option) => ({
      ...option,
      checked: option.value === this.value,
      text: option.key === undefined ? option.label : `${option.key} ${option.label}`,
    }));
  }

  handleChange(event: Event): void {
    this.choose((event.target as HTMLInputElement).value);
  }

  handleKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = this.options.find((option) => option.key === event.key);
    if (choice === undefined) return;
    event.preventDefault();
    this.choose(choice.value);
    this.template?.querySelector<HTMLInputElement>(`input[value="${choice.value}"]`)?.focus();
  }

  private choose(value: string): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: { value } }));
  }
}

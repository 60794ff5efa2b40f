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
  @api value?: string | undefined;
  /** How many are shown until "More" is asked for; all where none is given. A digit picks a hidden one too. */
  @api shownCount?: number;
  /** What is wrong with the answer; nothing while nothing is. */
  @api error?: string | undefined;
  isOpened = false;
  private focusNext?: string | undefined;

  override renderedCallback(): void {
    this.placeFocus();
  }

  /** Puts the focus on the chosen radio, or on the first. */
  @api focus(): void {
    const radios = [...(this.template?.querySelectorAll('input') ?? [])];
    (radios.find((radio) => radio.checked) ?? radios[0])?.focus();
  }

  get isMoreShown(): boolean {
    return this.shownOptions.length < this.options.length;
  }

  get choices(): (Choice & { checked: boolean; text: string })[] {
    return this.shownOptions.map((option) => ({
      ...option,
      checked: option.value === this.value,
      text: option.key === undefined ? option.label : `${option.key} ${option.label}`,
    }));
  }

  /** The first of those that come forth gets the focus: the button is gone. */
  handleMore(): void {
    this.focusNext = this.options[this.shownOptions.length]?.value;
    this.isOpened = true;
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
    if (!this.shownOptions.includes(choice)) this.isOpened = true;
    this.focusNext = choice.value;
    this.placeFocus();
  }

  /** A chosen one is never hidden. */
  private get shownOptions(): readonly Choice[] {
    const shown = this.options.slice(0, this.shownCount ?? this.options.length);
    const isChosenHidden = this.value !== undefined && !shown.some(({ value }) => value === this.value);
    return this.isOpened || isChosenHidden ? this.options : shown;
  }

  private placeFocus(): void {
    const radio = this.template?.querySelector<HTMLInputElement>(`input[value="${this.focusNext}"]`);
    if (this.focusNext === undefined || !radio) return;
    this.focusNext = undefined;
    radio.focus();
  }

  private choose(value: string): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: { value } }));
  }
}

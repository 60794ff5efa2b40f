import { LightningElement, api } from 'lwc';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/**
 * A labelled list to choose one from; the browser's own, so that it is never clipped by a small panel.
 *
 * @fires pick with `{ value }`
 */
export default class SelectField extends LightningElement {
  @api label = '';
  @api options: readonly SelectOption[] = [];
  @api value = '';
  /** Spoken alone where the options say it all. */
  @api isLabelHidden = false;

  @api focus(): void {
    this.template?.querySelector('select')?.focus();
  }

  get fieldClass(): string {
    return this.isLabelHidden ? '' : 'field';
  }

  get labelClass(): string {
    return this.isLabelHidden ? 'slds-assistive-text' : 'label';
  }

  get choices(): (SelectOption & { isChosen: boolean })[] {
    return this.options.map((option) => ({ ...option, isChosen: option.value === this.value }));
  }

  handleChange(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.dispatchEvent(new CustomEvent('pick', { detail: { value } }));
  }
}

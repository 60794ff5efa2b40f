import { LightningElement, api } from 'lwc';
import type { ListSource } from 'c/listRecords';

/**
 * What to make a list of.
 *
 * @fires start with the `ListSource`
 */
export default class ListChooser extends LightningElement {
  @api sources: readonly ListSource[] = [];
  /** While a list is being made. */
  @api isBusy = false;
  /** What there is to say of the last choice. */
  @api notice?: string | undefined;

  sourceId?: string;

  /** Puts the focus on the choice. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('lightning-combobox')?.focus();
  }

  get isEmpty(): boolean {
    return this.sources.length === 0;
  }

  get options(): { label: string; value: string }[] {
    return this.sources.map(({ id, label }) => ({ value: id, label }));
  }

  get cannotStart(): boolean {
    return this.isBusy || this.sourceId === undefined;
  }

  get buttonText(): string {
    return this.isBusy ? 'Starting' : 'Start';
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.sourceId = event.detail.value;
  }

  handleStart(): void {
    const source = this.sources.find(({ id }) => id === this.sourceId);
    if (source !== undefined && !this.isBusy)
      this.dispatchEvent(new CustomEvent('start', { detail: source }));
  }
}

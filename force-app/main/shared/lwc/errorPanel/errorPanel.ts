import { LightningElement, api } from 'lwc';
import { ERRORS } from 'c/callContract';
import type { ErrorName } from 'c/callContract';

/**
 * A problem in one bar: what happened, what it means, what to do, the code to quote. Whoever shows it announces it.
 *
 * @fires retry when the user asks to try again
 */
export default class ErrorPanel extends LightningElement {
  /** The row of the error table. */
  @api name: ErrorName = 'unexpected';
  /** Said instead of the row's own message, when this place can say it better. */
  @api headline?: string;
  /** What the button is called. */
  @api retryLabel = 'Try again';

  get sentence(): string {
    const { message, meaning } = ERRORS[this.name];
    return `${this.headline ?? message} ${meaning}`;
  }

  get code(): string {
    return `(${ERRORS[this.name].code})`;
  }

  get isRetryable(): boolean {
    return ERRORS[this.name].retryable;
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}

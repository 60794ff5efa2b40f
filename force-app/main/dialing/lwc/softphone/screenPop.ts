import type { PhoneSnapshot } from 'c/callContract';
import { isConnected } from 'c/callWords';

/** Shows the record of the call that was answered in this tab, as soon as it is known whose it is: here is the rep. */
export class ScreenPop {
  private callId?: string | undefined;
  private readonly show: (recordId: string) => void;

  constructor(show: (recordId: string) => void) {
    this.show = show;
  }

  answered(callId: string): void {
    this.callId = callId;
  }

  /** The rep says that the call is nobody's of the org. */
  isNobodys(callId: string): void {
    if (this.callId === callId) this.callId = undefined;
  }

  follow({ call: shown, otherCalls }: PhoneSnapshot): void {
    if (this.callId === undefined) return;
    const call = [shown, ...otherCalls].find((each) => each?.callId === this.callId);
    if (call?.state === 'ringing') return;
    const { recordId } = call?.request ?? {};
    if (isConnected(call) && recordId === undefined) return;
    this.callId = undefined;
    if (isConnected(call) && recordId !== undefined) this.show(recordId);
  }
}

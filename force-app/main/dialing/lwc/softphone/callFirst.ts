import type { PhoneSnapshot } from 'c/callContract';
import { after } from 'c/ticker';

/** What follows a click within a tenth of a second looks immediate (Miller 1968). */
const DRAWN_WITHIN_MS = 80;

/**
 * Shows the phone's snapshots, the newest one each time, and lets a call that is being placed go first: to draw it keeps
 * the page busy for longer than the relay takes to permit it, and meanwhile nothing leaves.
 */
export class CallFirst {
  private waiting?: PhoneSnapshot | undefined;
  private stopTimer?: (() => void) | undefined;
  private readonly show: (snapshot: PhoneSnapshot) => void;

  constructor(show: (snapshot: PhoneSnapshot) => void) {
    this.show = show;
  }

  follow(snapshot: PhoneSnapshot): void {
    this.waiting = snapshot;
    if (!isLeaving(snapshot)) this.showWaiting();
    else this.stopTimer ??= after(DRAWN_WITHIN_MS, () => this.showWaiting());
  }

  stop(): void {
    this.stopTimer?.();
    this.stopTimer = undefined;
    this.waiting = undefined;
  }

  private showWaiting(): void {
    const snapshot = this.waiting;
    this.stop();
    if (snapshot !== undefined) this.show(snapshot);
  }
}

/** Whether the call has been asked for and is not on its way to the switch yet. */
function isLeaving({ call }: PhoneSnapshot): boolean {
  return call?.state === 'requesting' || call?.state === 'permitted';
}

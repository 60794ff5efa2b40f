import type { DialAnswer, DialRequest, Phone, PhoneCall, PhoneSnapshot } from 'c/callContract';

export const ANA: DialRequest = {
  requestId: 'request-1',
  number: '+1 303 555 0142',
  recordId: '003A',
  recordName: 'Ana Ruiz',
  numberLabel: 'Mobile',
};

/** A call to Ana, talking for 134 s at `Date.now()`, changed as given. */
export function callWith(changes: Partial<PhoneCall> = {}): PhoneCall {
  return {
    callId: 'call-1',
    request: ANA,
    state: 'talking',
    startedAtMs: Date.now() - 140_000,
    answeredAtMs: Date.now() - 134_000,
    muted: false,
    holdPending: false,
    holdRefused: false,
    ...changes,
  };
}

export function snapshotWith(changes: Partial<PhoneSnapshot> = {}): PhoneSnapshot {
  return { phoneState: 'ready', unsent: 0, inputLevel: 0, ...changes };
}

/** A phone whose snapshots the test sets, and which notes what it is asked to do. */
export class ScriptedPhone implements Phone {
  snapshot = snapshotWith();
  answer: DialAnswer = 'dialing';
  readonly dial = jest.fn<DialAnswer, [DialRequest]>(() => this.answer);
  readonly hangUp = jest.fn();
  readonly setMuted = jest.fn();
  readonly setHeld = jest.fn();
  readonly sendDigit = jest.fn();
  readonly saveOutcome = jest.fn(() => Promise.resolve());
  readonly checkAgain = jest.fn();
  readonly close = jest.fn(() => Promise.resolve());
  private readonly listeners = new Set<(snapshot: PhoneSnapshot) => void>();

  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void {
    this.listeners.add(listener);
    listener(this.snapshot);
    return () => this.listeners.delete(listener);
  }

  become(snapshot: PhoneSnapshot): void {
    this.snapshot = snapshot;
    for (const listener of this.listeners) listener(snapshot);
  }
}

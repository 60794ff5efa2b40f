import type { DialAnswer, DialRequest, Phone, PhoneCall, PhoneSnapshot } from 'c/callContract';
import type { People, Person } from 'c/callWords';

export const ANA: DialRequest = {
  requestId: 'request-1',
  number: '+1 303 555 0142',
  recordId: '003A',
  recordName: 'Ana Ruiz',
  numberLabel: 'Mobile',
};

export const LEO: Person = {
  recordId: '003B',
  objectApiName: 'Contact',
  name: 'Leo Sand',
  company: 'Brightwater',
};

export const PEOPLE: People = {
  '003A': { recordId: '003A', objectApiName: 'Contact', name: 'Ana Ruiz', company: 'Acme Ltd' },
  '003B': LEO,
};

/** Leo's call, ringing here, changed as given. */
export function inboundCall(changes: Partial<PhoneCall> = {}): PhoneCall {
  return callWith({
    callId: 'call-9',
    direction: 'inbound',
    request: { requestId: 'call-9', number: '+1 303 555 0113', recordId: '003B', recordName: 'Leo Sand' },
    state: 'ringing',
    ...(changes.state === undefined ? { answeredAtMs: undefined } : {}),
    ...changes,
  });
}

/** A call to Ana, talking for 134 s at `Date.now()`, changed as given. */
export function callWith(changes: Partial<PhoneCall> = {}): PhoneCall {
  return {
    callId: 'call-1',
    direction: 'outbound',
    request: ANA,
    state: 'talking',
    startedAtMs: Date.now() - 140_000,
    answeredAtMs: Date.now() - 134_000,
    muted: false,
    holdPending: false,
    holdRefused: false,
    isInConference: false,
    isRejoining: false,
    ...changes,
  };
}

export function snapshotWith(changes: Partial<PhoneSnapshot> = {}): PhoneSnapshot {
  return {
    phoneState: 'ready',
    otherCalls: [],
    unsent: 0,
    inputLevel: 0,
    runsElsewhere: false,
    audio: { inputs: [], outputs: [], inputId: '', outputId: '', ringerId: '' },
    missedUnseen: 0,
    ...changes,
  };
}

/** A phone whose snapshots the test sets, and which notes what it is asked to do. */
export class ScriptedPhone implements Phone {
  snapshot = snapshotWith();
  dialAnswer: DialAnswer = 'dialing';
  readonly dial = jest.fn<DialAnswer, [DialRequest]>(() => this.dialAnswer);
  readonly addCall = jest.fn<DialAnswer, [DialRequest, 'call' | 'consultation']>(() => this.dialAnswer);
  readonly answer = jest.fn();
  readonly reject = jest.fn();
  readonly switchTo = jest.fn();
  readonly transfer = jest.fn();
  readonly completeTransfer = jest.fn();
  readonly cancelConsultation = jest.fn();
  readonly startConference = jest.fn();
  readonly chooseRecord = jest.fn();
  readonly selectInput = jest.fn();
  readonly selectOutput = jest.fn();
  readonly selectRinger = jest.fn();
  readonly runPreflight = jest.fn();
  readonly setEchoTest = jest.fn();
  readonly refreshRecent = jest.fn();
  readonly markMissedSeen = jest.fn();
  readonly voicemailUrl = jest.fn((callId: string) => Promise.resolve(`https://switch.example/${callId}`));
  readonly hangUp = jest.fn();
  readonly setMuted = jest.fn();
  readonly setHeld = jest.fn();
  readonly sendDigit = jest.fn();
  readonly saveOutcome = jest.fn(() => Promise.resolve());
  readonly leaveOutcomeOut = jest.fn();
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

// Generated from contract/src by scripts/emitContract.ts: edit there, then run it again.
/* eslint-disable max-lines -- several files laid end to end */

/**
 * Who saw something happen to a call: the rep's phone, the company's switch, the carrier; the rep who logged a call of
 * another phone by hand; the org, where the rep edited the call's Task. Each witness numbers its own events from 1,
 * so (organization, call, witness, sequence) names an event for ever and a replay is absorbed.
 */
export const WITNESSES = ['softphone', 'switch', 'carrier', 'hand', 'org'] as const;
export type Witness = (typeof WITNESSES)[number];

/** Why a call ended, in the words every witness uses. */
export const END_CAUSES = [
  'completed',
  'busy',
  'declined',
  'noAnswer',
  'cancelled',
  'unallocated',
  'failed',
] as const;
export type EndCause = (typeof END_CAUSES)[number];

/** Which side, or the network between them, ended the call. */
export const ENDED_BY = ['rep', 'prospect', 'network'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/**
 * What every event carries. `at` is the witness's wall clock as an ISO 8601 UTC instant; `elapsedMs` is its
 * monotonic clock since the call's first event at that witness, so that a clock change alters no duration.
 */
interface CallEventEnvelope {
  readonly sequence: number;
  readonly at: string;
  readonly elapsedMs: number;
}

export type DialedEvent = CallEventEnvelope & { readonly kind: 'dialed' };
export type RingingEvent = CallEventEnvelope & { readonly kind: 'ringing' };
export type AnsweredEvent = CallEventEnvelope & { readonly kind: 'answered' };
export type HeldEvent = CallEventEnvelope & { readonly kind: 'held' };
export type ResumedEvent = CallEventEnvelope & { readonly kind: 'resumed' };
export type EndedEvent = CallEventEnvelope & {
  readonly kind: 'ended';
  readonly endedBy: EndedBy;
  readonly cause: EndCause;
  /** The final SIP status when there was one, e.g. 486. */
  readonly sipStatus?: number | undefined;
};

/** What happened on the line; any witness may report it. */
export type NetworkEvent = DialedEvent | RingingEvent | AnsweredEvent | HeldEvent | ResumedEvent | EndedEvent;

/** What the rep says of the call, on the phone, by hand or in the org. A later one replaces an earlier one. */
export type OutcomeEvent = CallEventEnvelope & {
  readonly kind: 'outcome';
  readonly outcome: OutcomeCode;
  readonly note: string;
  /** The day a follow-up was promised for, `YYYY-MM-DD` in the rep's own zone. */
  readonly followUpOn?: string | undefined;
  /** Why the rep corrects an earlier outcome, or logs the call by hand. */
  readonly reason?: string | undefined;
  /** Of an edit in the org: the sequence of the rep's outcome that it replaces, 0 for none. */
  readonly afterSequence?: number | undefined;
};

export type CallEvent = NetworkEvent | OutcomeEvent;
export type CallEventKind = CallEvent['kind'];

/** How far the witnesses agree on a call. */
export const EVIDENCE = ['pending', 'reported', 'verified', 'contradicted'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/**
 * The states of one call, the same in the phone, in the ledger and on the screen.
 *
 * ```
 *  permitted ──▶ dialing ──▶ ringing ──▶ talking ◀──▶ held
 *      │            │           │           │          │
 *      └────────────┴───────────┴───────────┴──────────┴──▶ ended
 * ```
 * `dialing` may go straight to `talking` when the far end answers without ringing.
 */
export const CALL_STATES = ['permitted', 'dialing', 'ringing', 'talking', 'held', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** The states of the phone itself. `notReady` says why in its error code. */
export const PHONE_STATES = ['starting', 'ready', 'reconnecting', 'notReady'] as const;
export type PhoneState = (typeof PHONE_STATES)[number];

/** One row of the error table. */
export interface ErrorEntry {
  /** The code people quote, e.g. `SC-201`. Never reused. */
  readonly code: string;
  /** The HTTP status, or the SIP status where the switch refuses. */
  readonly status: number;
  /** What happened. */
  readonly message: string;
  /** What it means for the user and what to do next. */
  readonly meaning: string;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

/**
 * Every error the product can report, by name. 1xx input, 2xx identity, 3xx calls and permits,
 * 4xx figures in the org, 5xx the service, 6xx the phone.
 */
export const ERRORS = {
  malformedJson: entry(
    'SC-101',
    400,
    'The request is not valid JSON.',
    'Nothing was stored. This is a fault in the sender; report it.',
    false,
  ),
  invalidRequest: entry(
    'SC-102',
    400,
    'The request has a missing or wrong value.',
    'Nothing was stored. Correct the named value and send it again.',
    false,
  ),
  unknownField: entry(
    'SC-103',
    400,
    'The request has a field that is not known here.',
    'Nothing was stored. The phone and the relay may be of different versions; reload the page.',
    false,
  ),
  bodyTooLarge: entry(
    'SC-104',
    413,
    'The request is larger than 100 kB.',
    'Nothing was stored. Send fewer events at once.',
    false,
  ),
  unsupportedMediaType: entry(
    'SC-105',
    415,
    'The request is not sent as JSON.',
    'Nothing was stored. Send it with the content type application/json.',
    false,
  ),
  routeNotFound: entry(
    'SC-106',
    404,
    'There is nothing at this address.',
    'Check the relay address in the settings.',
    false,
  ),
  tokenMissing: entry(
    'SC-201',
    401,
    'The request carries no token.',
    'Reload the page to sign in to the phone again.',
    false,
  ),
  tokenInvalid: entry(
    'SC-202',
    401,
    'The token is not signed by a known key.',
    'Reload the page. If it stays, ask your admin to check the certificate.',
    false,
  ),
  tokenAlgorithm: entry(
    'SC-203',
    401,
    'The token uses a signing algorithm that is not accepted.',
    'Reload the page. If it stays, ask your admin to check the certificate.',
    false,
  ),
  tokenAudience: entry(
    'SC-204',
    401,
    'The token was made for another service.',
    'Ask your admin to check the relay address in the settings.',
    false,
  ),
  tokenExpired: entry(
    'SC-205',
    401,
    'The token has expired.',
    'The phone asks for a new one by itself. If this stays, check the clock of this computer.',
    false,
  ),
  tokenReplayed: entry(
    'SC-206',
    401,
    'The token was used before.',
    'Reload the page to sign in to the phone again.',
    false,
  ),
  organizationUnknown: entry(
    'SC-207',
    401,
    'This org is not connected to the relay.',
    'Ask your admin to connect the org.',
    false,
  ),
  originRefused: entry(
    'SC-208',
    403,
    'This page may not use the relay.',
    'Ask your admin to add this page’s address to the relay.',
    false,
  ),
  signatureInvalid: entry(
    'SC-209',
    403,
    'The signature does not match the message.',
    'Nothing was stored. Check the key of the switch or carrier.',
    false,
  ),
  callNotFound: entry(
    'SC-301',
    404,
    'No such call in this org.',
    'Nothing was stored. Dial again from the record.',
    false,
  ),
  callIdReused: entry(
    'SC-302',
    409,
    'This call id belongs to a call with another number or record.',
    'Nothing was stored. Dial again.',
    false,
  ),
  eventConflict: entry(
    'SC-303',
    409,
    'An event with this sequence was stored before, with other content.',
    'The stored event stands. This is a fault in the sender; report it.',
    false,
  ),
  numberInvalid: entry(
    'SC-304',
    422,
    'This is not a phone number that can be called.',
    'Correct the number on the record, with its country code.',
    false,
  ),
  countryNotAllowed: entry(
    'SC-305',
    403,
    'Calls to this country are not allowed.',
    'Ask your admin to allow the country.',
    false,
  ),
  doNotCall: entry(
    'SC-306',
    403,
    'This person asked not to be called.',
    'Choose another way to reach them.',
    false,
  ),
  numberBlocked: entry(
    'SC-307',
    403,
    'Premium and satellite numbers are blocked.',
    'Ask your admin if you need this number.',
    false,
  ),
  emergencyNumber: entry(
    'SC-308',
    403,
    'This phone cannot place emergency calls.',
    'Use a mobile or desk phone now.',
    false,
  ),
  permitMissing: entry(
    'SC-309',
    403,
    'The call carries no permit.',
    'Dial from the phone in Salesforce.',
    false,
  ),
  permitInvalid: entry(
    'SC-310',
    403,
    'The permit is not for this call, or has expired.',
    'Dial again.',
    false,
  ),
  dialingRulesUnknown: entry(
    'SC-311',
    503,
    'The dialing rules have not been read from Salesforce yet.',
    'Try again in a few seconds.',
    true,
  ),
  userInactive: entry(
    'SC-312',
    403,
    'This user is not active in the org.',
    'Ask your admin to activate the user.',
    false,
  ),
  correctionNeedsReason: entry(
    'SC-321',
    422,
    'An outcome that was given more than an hour ago is corrected without a reason.',
    'Nothing was stored. Say why the outcome changes, in a few words.',
    false,
  ),
  recordNotSuitable: entry(
    'SC-320',
    422,
    'This record cannot stand for the number of the call.',
    'Nothing was stored. Choose one of the records shown, or a contact or lead.',
    false,
  ),
  scorecardUnavailable: entry(
    'SC-401',
    503,
    'Could not load the scorecard.',
    'Nothing is lost. Try again.',
    true,
  ),
  phoneListUnavailable: entry('SC-402', 503, 'Could not load the phone numbers.', 'Try again.', true),
  unexpected: entry(
    'SC-501',
    500,
    'Something went wrong at the relay.',
    'Nothing was acknowledged. Try again; what you entered is kept.',
    true,
  ),
  databaseUnavailable: entry(
    'SC-502',
    503,
    'The relay cannot reach its database.',
    'Nothing was acknowledged. It is sent again by itself.',
    true,
  ),
  tooManyRequests: entry(
    'SC-503',
    429,
    'Too many requests in a short time.',
    'Wait a moment; it is sent again by itself.',
    true,
  ),
  microphoneBlocked: entry(
    'SC-601',
    0,
    'Microphone blocked.',
    'Click the icon left of the address, allow Microphone, then check again.',
    true,
  ),
  microphoneMissing: entry('SC-602', 0, 'No microphone found.', 'Plug in a headset, then check again.', true),
  relayUnreachable: entry(
    'SC-603',
    0,
    'The relay does not answer.',
    'Calls wait. The phone tries again by itself.',
    true,
  ),
  switchUnreachable: entry(
    'SC-604',
    0,
    'Connection to the phone service lost.',
    'The phone reconnects by itself. A call in progress stays up.',
    true,
  ),
  registrationRefused: entry(
    'SC-605',
    0,
    'The phone service refused to sign you in.',
    'Reload the page. If it stays, ask your admin.',
    true,
  ),
  callFailed: entry(
    'SC-606',
    0,
    'The call could not be completed.',
    'Try again, or choose another number.',
    true,
  ),
  phoneNotSetUp: entry(
    'SC-607',
    0,
    'The phone is not set up in this org.',
    'Ask your admin to complete the Scoreline settings.',
    false,
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorName = keyof typeof ERRORS;

/** The body of every error answer. */
export interface ErrorBody {
  readonly error: {
    readonly name: ErrorName;
    readonly code: string;
    readonly message: string;
    readonly meaning: string;
    readonly retryable: boolean;
    /** Where the input was wrong, e.g. `events.0.at`; never the value itself. */
    readonly path?: string;
  };
}

/** The answer's body for an error, with the place in the input where there is one. */
export function errorBody(name: ErrorName, path?: string): ErrorBody {
  const { code, message, meaning, retryable } = ERRORS[name];
  return { error: { name, code, message, meaning, retryable, ...(path === undefined ? {} : { path }) } };
}

function entry(
  code: string,
  status: number,
  message: string,
  meaning: string,
  retryable: boolean,
): ErrorEntry {
  return { code, status, message, meaning, retryable };
}

/** On the message channel `Scoreline_Dial__c`: a dial button asks the phone to call. */
export type DialMessage = DialRequest;

/** On the message channel `Scoreline_Call__c`: the phone tells the page what became of a request or call. */
export type CallMessage =
  | { readonly kind: 'dialAnswered'; readonly requestId: string; readonly answer: DialAnswer }
  | {
      readonly kind: 'callStateChanged';
      readonly callId: string;
      readonly requestId: string;
      readonly recordId?: string | undefined;
      readonly state: string;
    }
  | {
      readonly kind: 'callSaved';
      readonly callId: string;
      readonly recordId?: string | undefined;
      /** The ledger position a scorecard's watermark must reach to include this call. */
      readonly position: number;
    };

/** The metrics of a scorecard, in the order in which a card lists them. */
export const METRIC_NAMES = ['dials', 'connects', 'connectRate', 'conversations', 'talkSeconds'] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

export type MetricUnit = 'count' | 'share' | 'seconds';

export interface Metric {
  readonly name: MetricName;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Whether more of it is better. */
  readonly better: 'more' | 'less';
  readonly numerator: string;
  /** Absent for plain counts and sums. */
  readonly denominator?: string;
  readonly definition: string;
}

/** Talk time below which an answered call is no connect. */
export const CONNECT_MINIMUM_TALK_SECONDS = 10;
/** Talk time from which a connect is a conversation. */
export const CONVERSATION_MINIMUM_TALK_SECONDS = 60;
/** A connect that begins within this time after another of the same rep to the same number is the same contact. */
export const REPEAT_WINDOW_SECONDS = 300;
/** Calls a rep needs in the period before a score is shown. */
export const SCORE_MINIMUM_DIALS = 20;

export const METRICS: Readonly<Record<MetricName, Metric>> = {
  dials: {
    name: 'dials',
    label: 'Dials',
    unit: 'count',
    better: 'more',
    numerator: 'calls placed',
    definition: 'Every call placed, answered or not.',
  },
  connects: {
    name: 'connects',
    label: 'Connects',
    unit: 'count',
    better: 'more',
    numerator: 'calls answered by a person',
    definition: `Answered as the switch or carrier saw it, at least ${CONNECT_MINIMUM_TALK_SECONDS} seconds of talk, and not voicemail. Calls to one number within ${REPEAT_WINDOW_SECONDS / 60} minutes count once.`,
  },
  connectRate: {
    name: 'connectRate',
    label: 'Connect rate',
    unit: 'share',
    better: 'more',
    numerator: 'connects',
    denominator: 'dials',
    definition: 'Connects divided by dials.',
  },
  conversations: {
    name: 'conversations',
    label: 'Conversations',
    unit: 'count',
    better: 'more',
    numerator: 'connects of a minute or more',
    definition: `Connects with at least ${CONVERSATION_MINIMUM_TALK_SECONDS} seconds of talk. Calls to one number within ${REPEAT_WINDOW_SECONDS / 60} minutes count once.`,
  },
  talkSeconds: {
    name: 'talkSeconds',
    label: 'Talk time',
    unit: 'seconds',
    better: 'more',
    numerator: 'seconds both sides were connected',
    definition: 'Time both sides were connected, hold excluded.',
  },
};

/** What an outcome says about whether a person was reached. */
export type OutcomeMeaning = 'conversation' | 'voicemail' | 'notReached' | 'wrongNumber';

export interface Outcome {
  readonly code: OutcomeCode;
  readonly label: string;
  readonly meaning: OutcomeMeaning;
  /** The digit that picks it while the outcome group has the focus. */
  readonly key: string;
}

export const OUTCOME_CODES = [
  'meeting',
  'callBack',
  'noInterest',
  'voicemail',
  'wrongNumber',
  'noAnswer',
  'busy',
] as const;
export type OutcomeCode = (typeof OUTCOME_CODES)[number];

/** The outcomes a rep may choose, in the order of their keys. */
export const OUTCOMES: readonly Outcome[] = [
  { code: 'meeting', label: 'Meeting', meaning: 'conversation', key: '1' },
  { code: 'callBack', label: 'Call back', meaning: 'conversation', key: '2' },
  { code: 'noInterest', label: 'No interest', meaning: 'conversation', key: '3' },
  { code: 'voicemail', label: 'Voicemail', meaning: 'voicemail', key: '4' },
  { code: 'wrongNumber', label: 'Wrong number', meaning: 'wrongNumber', key: '5' },
  { code: 'noAnswer', label: 'No answer', meaning: 'notReached', key: '6' },
  { code: 'busy', label: 'Busy', meaning: 'notReached', key: '7' },
];

/** The outcome with this code. Every code of {@link OUTCOME_CODES} has one. */
export function outcomeOf(code: OutcomeCode): Outcome {
  const outcome = OUTCOMES.find((candidate) => candidate.code === code);
  if (outcome === undefined) throw new TypeError(`No outcome has the code ${code}`);
  return outcome;
}

/** A wish to call: what was clicked or typed, and the record it belongs to. */
export interface DialRequest {
  /** Names this click, so that a double click or a repeated message dials once. */
  readonly requestId: string;
  /** As shown or typed. */
  readonly number: string;
  readonly recordId?: string | undefined;
  /** Who answers, as the record is called, e.g. `Ana Ruiz`. */
  readonly recordName?: string | undefined;
  /** Which of the record's numbers, e.g. `Mobile`. */
  readonly numberLabel?: string | undefined;
}

/**
 * What became of a dial request: `dialing` now, `waiting` until the phone is ready, or refused because a call is up
 * or its outcome is still to be chosen. A repeated request id answers as it did the first time.
 */
export type DialAnswer = 'dialing' | 'waiting' | 'refusedInCall' | 'refusedOutcomeMissing';

/** One call as the phone shows it. Times are epoch milliseconds of this computer. */
export interface PhoneCall {
  readonly callId: string;
  readonly request: DialRequest;
  readonly state: CallState | 'requesting';
  readonly startedAtMs: number;
  readonly answeredAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
  readonly muted: boolean;
  /** Set while a hold or resume waits for the switch's answer. */
  readonly holdPending: boolean;
  /** Set when the last hold or resume was refused: the state shown is the true one. */
  readonly holdRefused: boolean;
  readonly endCause?: EndCause | undefined;
  readonly endedBy?: EndedBy | undefined;
  /** Why the call could not be placed, when it could not. */
  readonly error?: ErrorName | undefined;
}

/** Where an outcome is: at the relay for good, or in this computer's outbox until the relay acknowledges it. */
export type OutcomePlace = 'relay' | 'outbox';

export interface SavedOutcome {
  readonly callId: string;
  readonly recordId?: string | undefined;
  readonly place: OutcomePlace;
  readonly savedAtMs: number;
  /** The rep's ledger position, once the relay acknowledged. */
  readonly position?: number | undefined;
}

/** Everything a screen needs to draw the phone. Replaced as a whole at every change. */
export interface PhoneSnapshot {
  readonly phoneState: PhoneState;
  readonly error?: ErrorName | undefined;
  /** The call in progress, or the ended one whose outcome is still to be chosen. */
  readonly call?: PhoneCall | undefined;
  /** A dial that waits until the phone is ready. */
  readonly waiting?: DialRequest | undefined;
  readonly lastSaved?: SavedOutcome | undefined;
  /** Events and outcomes that the relay has not acknowledged yet. */
  readonly unsent: number;
  /** Microphone level, 0 to 1, while a call is up. */
  readonly inputLevel: number;
}

export interface OutcomeChoice {
  readonly outcome: OutcomeCode;
  readonly note: string;
  /** `YYYY-MM-DD` */
  readonly followUpOn?: string | undefined;
}

export interface PhoneOptions {
  readonly relayUrl: string;
  /** Asks the org for a freshly signed token; called at start and whenever the session is renewed. */
  readonly fetchOrgToken: () => Promise<string>;
}

/** The one façade of the softphone, `globalThis.ScorelineSoftphone.startPhone(options)`. */
export interface Phone {
  readonly snapshot: PhoneSnapshot;
  /** Calls the listener now and at every change; returns what ends that. */
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
  dial(request: DialRequest): DialAnswer;
  hangUp(): void;
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  /** One of `0`–`9`, `*`, `#`. */
  sendDigit(digit: string): void;
  /** Keeps the outcome on this computer, then sends it. Resolves when it is kept; `lastSaved` tells when it is sent. */
  saveOutcome(choice: OutcomeChoice): Promise<void>;
  /** Tries again at once: microphone, relay and registration. */
  checkAgain(): void;
  /** Ends the call, unregisters and releases the microphone. */
  close(): Promise<void>;
}

export interface SoftphoneModule {
  /** Starts the page's phone, or returns the one that runs already: it outlasts the component that asked. */
  startPhone(options: PhoneOptions): Phone;
}

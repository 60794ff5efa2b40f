// Generated from contract/src by scripts/emitContract.ts: edit there, then run it again.
/* eslint-disable max-lines -- several files laid end to end */

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
  'transferred',
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

/** An inbound call came in for the rep. It stands where an outbound call has `dialed`. */
export type OfferedEvent = CallEventEnvelope & { readonly kind: 'offered' };
/** The caller whom nobody answered left a message with the switch. */
export type VoicemailEvent = CallEventEnvelope & { readonly kind: 'voicemail'; readonly seconds: number };
/**
 * What the phone measured of the whole call, once, after its end; nothing but numbers. A figure that could not be
 * measured is absent.
 */
export type MeasuredEvent = CallEventEnvelope & {
  readonly kind: 'measured';
  /** Mean opinion score over the call, 1 to 4.5. */
  readonly mos?: number | undefined;
  readonly rttMs?: number | undefined;
  readonly jitterMs?: number | undefined;
  readonly lossPercent?: number | undefined;
  /** The rep's speech as a share of all speech, 0 to 1. */
  readonly talkRatio?: number | undefined;
  /** The rep's longest stretch of speech; pauses under two seconds and the other side's "mhm" do not end it. */
  readonly longestMonologueSeconds?: number | undefined;
  /** Seconds of the silences on both sides that lasted two seconds or longer. */
  readonly deadAirSeconds?: number | undefined;
  /** Seconds in which both sides spoke. */
  readonly crosstalkSeconds?: number | undefined;
};

/** What happened on the line; any witness may report it, and each kind where it can see it. */
export type NetworkEvent =
  | DialedEvent
  | OfferedEvent
  | RingingEvent
  | AnsweredEvent
  | HeldEvent
  | ResumedEvent
  | EndedEvent
  | VoicemailEvent
  | MeasuredEvent;

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

/** Whom a call is with: in a consultation the rep asks a colleague about another call. */
export type CallPurpose = 'prospect' | 'consultation';

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

/** A row, its values in the order in which the table is read. */
export function entry(
  code: string,
  status: number,
  message: string,
  meaning: string,
  retryable: boolean,
): ErrorEntry {
  return { code, status, message, meaning, retryable };
}

/** What stands in the way of a call, or became of it. Rows of the one error table. */
export const CALL_ERRORS = {
  holdRefused: entry(
    'SC-615',
    0,
    'Could not hold the call in progress.',
    'You are still talking; the other call was not placed. Try again.',
    true,
  ),
  callForbidden: entry(
    'SC-620',
    0,
    'The phone service does not allow this call.',
    'Check the number. If it is right, ask your admin to allow it.',
    false,
  ),
  switchSilent: entry(
    'SC-621',
    0,
    'The phone service did not answer the call.',
    'Nobody was rung. Dial again; if it stays, check your network.',
    true,
  ),
  switchFault: entry(
    'SC-622',
    0,
    'The phone service has a fault.',
    'Dial again in a minute. If it stays, tell your admin.',
    true,
  ),
  switchBusy: entry(
    'SC-623',
    0,
    'The phone service is full, or has no line out.',
    'Nobody was rung. Wait a minute, then dial again.',
    true,
  ),
  numberUnallocated: entry(
    'SC-624',
    0,
    'This number is not in use.',
    'Correct it on the record, or choose another number.',
    false,
  ),
  lineBusy: entry('SC-625', 0, 'The line is busy.', 'Call again in a few minutes.', true),
  nobodyAnswered: entry(
    'SC-626',
    0,
    'Nobody answered.',
    'Call again at another time of day, or leave a message.',
    true,
  ),
  callDeclined: entry('SC-627', 0, 'The call was declined.', 'Call at another time, or write first.', true),
} as const;

/** What can go wrong with a power list. */
export const LIST_ERRORS = {
  listNotFound: entry(
    'SC-330',
    404,
    'You have no such list.',
    'It may have been ended in another window. Choose a list and start again.',
    false,
  ),
  listEnded: entry('SC-331', 409, 'This list has ended.', 'Choose a list and start again.', false),
  listIdReused: entry(
    'SC-332',
    409,
    'This list id belongs to a list of other people.',
    'Nothing was stored. Start the list again.',
    false,
  ),
  personNotReserved: entry(
    'SC-333',
    409,
    'This person is not reserved for you any more.',
    'A colleague may be calling them. Take the next person.',
    false,
  ),
  prospectReserved: entry(
    'SC-334',
    409,
    'Not called: a colleague has this person on their list and is about to call.',
    'Nobody was rung. Ask your colleague, or try again in 15 minutes.',
    false,
  ),
  reportNotFound: entry(
    'SC-335',
    404,
    'You have no such report.',
    'It may have been deleted, or its folder is not shared with you. Choose another one.',
    false,
  ),
  reportNotRun: entry(
    'SC-336',
    502,
    'Salesforce could not run this report.',
    'Open the report: Salesforce says there why. Then try again.',
    true,
  ),
  listUnavailable: entry('SC-403', 503, 'Could not load the list.', 'Nothing is lost. Try again.', true),
} as const;

/** What can be wrong with microphone, sound and line. Rows of the one error table. */
export const SOUND_ERRORS = {
  microphoneBlocked: entry(
    'SC-601',
    0,
    'Microphone blocked.',
    'Click the icon left of the address, allow Microphone, then check again.',
    true,
  ),
  microphonePolicy: entry(
    'SC-630',
    0,
    'Salesforce does not let this page use the microphone.',
    'Ask your admin to allow the microphone in the org’s Permissions-Policy and Trusted URLs, then reload.',
    false,
  ),
  microphoneBusy: entry(
    'SC-631',
    0,
    'The microphone can’t be opened.',
    'Another program may hold it. Close that, or choose another microphone, then check again.',
    true,
  ),
  microphoneSilent: entry(
    'SC-632',
    0,
    'The microphone hears nothing.',
    'Switch off the mute of the headset or the system, or choose another microphone. Speak while it is checked.',
    true,
  ),
  microphoneMissing: entry('SC-602', 0, 'No microphone found.', 'Plug in a headset, then check again.', true),
  echoRefused: entry(
    'SC-634',
    0,
    'The echo test is not available.',
    'The phone service did not answer it. Calls may still work; ask your admin if they don’t.',
    true,
  ),
  turnUnreachable: entry(
    'SC-611',
    0,
    'The media server does not answer.',
    'Calls may have no sound on this network. Try another network, or ask your admin to open it.',
    true,
  ),
  codecMissing: entry(
    'SC-612',
    0,
    'This browser and the phone service share no sound format.',
    'Update the browser. If it stays, ask your admin.',
    false,
  ),
  linePoor: entry(
    'SC-613',
    0,
    'The line is too poor for a good call.',
    'Try a cable instead of Wi-Fi, or close what uses the network.',
    true,
  ),
} as const;

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
  callEnded: entry('SC-313', 409, 'The call has ended.', 'Choose an outcome, then call again.', false),
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
  addressNotTrusted: entry(
    'SC-633',
    0,
    'Salesforce does not let this page reach the phone service.',
    'Ask your admin to add the addresses of relay and phone service to the Trusted URLs, then reload.',
    false,
  ),
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
  transferRefused: entry(
    'SC-608',
    0,
    'Could not transfer.',
    'You are still connected. Check the number.',
    true,
  ),
  conferenceRefused: entry(
    'SC-609',
    0,
    'Could not join the calls.',
    'Both calls are still up; one is on hold.',
    true,
  ),
  callLost: entry(
    'SC-610',
    0,
    'The call ended before the phone was back.',
    'Choose an outcome, then call again.',
    false,
  ),
  voicemailUnavailable: entry(
    'SC-614',
    503,
    'This message can’t be played now.',
    'It is kept with the phone service. Try again.',
    true,
  ),
  ...CALL_ERRORS,
  ...LIST_ERRORS,
  ...SOUND_ERRORS,
  phoneNotPermitted: entry(
    'SC-635',
    0,
    'You need the Scoreline Rep permission set to use the phone.',
    'Ask your Salesforce admin for it, then reload.',
    false,
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
  /** Whether somebody else is to be called after this one: the outcome may then be saved with the wish to go on. */
  readonly hasNext?: boolean | undefined;
}

/**
 * What became of a dial request: `dialing` now, `waiting` until the phone is ready, or refused because a call is up
 * or its outcome is still to be chosen. A repeated request id answers as it did the first time.
 */
export type DialAnswer = 'dialing' | 'waiting' | 'refusedInCall' | 'refusedOutcomeMissing';

/** Who began a call: the rep, or the person who rang the rep. */
export const CALL_DIRECTIONS = ['outbound', 'inbound'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/**
 * How far a transfer has come: `asked` and not answered yet, `consulting` while the rep speaks to the person who will
 * take the call, `refused` when the call stays here.
 */
export type TransferState = 'asked' | 'consulting' | 'refused';

/** What crosses its threshold now: round trip over 400 ms, jitter over 30 ms, MOS under 3.5, loss over 3 %, no sound at all. */
export type QualityWarning = 'highRtt' | 'highJitter' | 'lowMos' | 'highLoss' | 'silence';

/** How good the line is now, measured in the browser. */
export interface LineQuality {
  /** Mean opinion score 1 to 4.5, by the E-model (ITU-T G.107). */
  readonly mos: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  /** Of the packets sent to this phone, 0 to 100. */
  readonly lossPercent: number;
  readonly warnings: readonly QualityWarning[];
}

/** One call as the phone shows it. Times are epoch milliseconds of this computer. */
export interface PhoneCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** What was dialed; of an inbound call, the caller's number and, once chosen, the caller's record. */
  readonly request: DialRequest;
  /** `ringing` of an inbound call means that it rings here and waits for the rep. */
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
  /** Why the call could not be placed, or was lost, when it was. */
  readonly error?: ErrorName | undefined;
  /** Of a call that nobody took: the row of the error table that says what to do next. It owes its outcome all the same. */
  readonly advice?: ErrorName | undefined;
  /** The records that have the caller's number, at most five; absent until the relay has answered. */
  readonly matchedRecordIds?: readonly string[] | undefined;
  readonly transfer?: TransferState | undefined;
  /** Why the last transfer or conference was refused, until the next try. */
  readonly refusal?: ErrorName | undefined;
  /** The call about which the rep asks a colleague in this one. A consultation needs no outcome and counts as no dial. */
  readonly consultsFor?: string | undefined;
  /** Whether the switch mixes this call with the rep's other one. */
  readonly isInConference: boolean;
  /** Set while the phone joins its call again: after a reload, or when another tab takes over. */
  readonly isRejoining: boolean;
  readonly quality?: LineQuality | undefined;
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
  /** Why the relay will never take it. */
  readonly refusal?: ErrorName | undefined;
}

/** A microphone, loudspeaker or headset. */
export interface AudioDevice {
  readonly deviceId: string;
  readonly label: string;
}

/** What this computer can hear and sound with, and what is chosen. An empty id is the system's default. */
export interface AudioChoices {
  readonly inputs: readonly AudioDevice[];
  readonly outputs: readonly AudioDevice[];
  readonly inputId: string;
  readonly outputId: string;
  /** Where an inbound call rings; it may differ from where the voice comes out. */
  readonly ringerId: string;
  /** The device that was unplugged while it was chosen, and what is used instead, empty for none. Gone at the next choice. */
  readonly replaced?: { readonly lost: string; readonly used: string } | undefined;
}

/** What is checked before a working day, in this order. */
export const PREFLIGHT_CHECKS = ['microphone', 'socket', 'turn', 'codec', 'mos'] as const;
export type PreflightCheck = (typeof PREFLIGHT_CHECKS)[number];

export interface PreflightResult {
  readonly check: PreflightCheck;
  /** `skipped` where there is nothing to check (no TURN server is set up), or an earlier failure prevents it. */
  readonly result: 'running' | 'passed' | 'failed' | 'skipped';
  /** The row of the error table that says how to mend a failure. */
  readonly error?: ErrorName | undefined;
  /** The estimated MOS, of the check `mos`. */
  readonly mos?: number | undefined;
}

/** One of the rep's last calls, newest first in the list. Times are epoch milliseconds. */
export interface RecentCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** Absent where the caller withheld it. */
  readonly number?: string | undefined;
  readonly recordId?: string | undefined;
  /** The records that have the number, until the rep has chosen the one that was called. */
  readonly matchedRecordIds?: readonly string[] | undefined;
  readonly startedAtMs: number;
  /** 0 when nobody answered. */
  readonly talkSeconds: number;
  /** An inbound call that nobody answered. */
  readonly isMissed: boolean;
  /** How long a message the caller left; absent when none. */
  readonly voicemailSeconds?: number | undefined;
}

/** Everything a screen needs to draw the phone. Replaced as a whole at every change. */
export interface PhoneSnapshot {
  readonly phoneState: PhoneState;
  readonly error?: ErrorName | undefined;
  /** The call that the controls act on: the one in progress, or the ended one whose outcome is still to be chosen. */
  readonly call?: PhoneCall | undefined;
  /** The calls beside it, oldest first: ringing here, held, in conference, or ended and waiting for their outcome. */
  readonly otherCalls: readonly PhoneCall[];
  /** A dial that waits until the phone is ready. */
  readonly waiting?: DialRequest | undefined;
  readonly lastSaved?: SavedOutcome | undefined;
  /** Events and outcomes that the relay has not acknowledged yet; those that it refused for good are none of them. */
  readonly unsent: number;
  /** Microphone level, 0 to 1, while a call is up. */
  readonly inputLevel: number;
  /** Set in a tab that shows and controls the phone of another tab, where the sound is. */
  readonly runsElsewhere: boolean;
  readonly audio: AudioChoices;
  /** The rep's last calls, newest first; absent until they were read. */
  readonly recent?: readonly RecentCall[] | undefined;
  /** Missed calls that the rep has not looked at. */
  readonly missedUnseen: number;
  /** The results so far of the check that runs or ran last. */
  readonly preflight?: readonly PreflightResult[] | undefined;
  /** Set while the rep hears their own voice come back from the switch. */
  readonly echoTest?: 'connecting' | 'running' | undefined;
  /** Why the last echo test could not be made. */
  readonly echoTestError?: ErrorName | undefined;
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
  /**
   * Who is signed in, within the org that the page belongs to: all tabs of this user share one phone, and a page that is
   * opened later takes over what this one leaves. Without it the phone shares nothing and leaves nothing.
   */
  readonly userId?: string | undefined;
  /** Where the worklet of the talk meter is served; without it the phone measures nothing of who speaks. */
  readonly talkMeterUrl?: string | undefined;
  /** Whether the rep may place the next call without saying what came of the last; not unless the admin says so. */
  readonly isOutcomeOptional?: boolean | undefined;
}

/** The one façade of the softphone, `globalThis.ScorelineSoftphone.startPhone(options)`. */
export interface Phone {
  readonly snapshot: PhoneSnapshot;
  /** Calls the listener now and at every change; returns what ends that. */
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
  dial(request: DialRequest): DialAnswer;
  /** Holds the call in progress and places one beside it; `consultation` asks a colleague about the call that is held. */
  addCall(request: DialRequest, purpose: 'call' | 'consultation'): DialAnswer;
  /** Takes a call that rings here; the one in progress is held. */
  answer(callId: string): void;
  /** Refuses a call that rings here. */
  reject(callId: string): void;
  /** Makes another call the one in progress: holds this one, resumes that one. */
  switchTo(callId: string): void;
  /** Ends the call that the controls act on; a held one beside it is resumed when it is the only one left. */
  hangUp(): void;
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  /** One of `0`–`9`, `*`, `#`. */
  sendDigit(digit: string): void;
  /** Hands the call in progress to a number, without asking there first. */
  transfer(number: string): void;
  /** Connects the person consulted with the call that waits, and leaves both. */
  completeTransfer(): void;
  /** Ends the consultation and resumes the call that waits. */
  cancelConsultation(): void;
  /** Has the switch mix the call in progress with the one that is held. */
  startConference(): void;
  /** Says whose call this is; `recordId` absent for none of the matches. */
  chooseRecord(
    callId: string,
    record: { readonly recordId: string; readonly recordName: string } | undefined,
  ): void;
  /** Keeps the outcome on this computer, then sends it. Resolves when it is kept; `lastSaved` tells when it is sent. */
  saveOutcome(choice: OutcomeChoice): Promise<void>;
  /** Goes on without an outcome for an ended call. Nothing happens where outcomes are required. */
  leaveOutcomeOut(callId: string): void;
  /** Tries again at once: microphone, relay and registration. */
  checkAgain(): void;
  selectInput(deviceId: string): void;
  selectOutput(deviceId: string): void;
  selectRinger(deviceId: string): void;
  /** Checks microphone, connection, TURN, codec and line one after the other; the snapshot shows the results. */
  runPreflight(): void;
  /** Lets the rep hear their own voice, or ends that. */
  setEchoTest(running: boolean): void;
  /** Reads the last calls again. */
  refreshRecent(): void;
  /** The rep has looked at the missed calls. */
  markMissedSeen(): void;
  /** An address that plays the message for a few minutes. Rejects with an error whose message is a name of the error table. */
  voicemailUrl(callId: string): Promise<string>;
  /** Ends the call, unregisters and releases the microphone. */
  close(): Promise<void>;
}

export interface SoftphoneModule {
  /** Starts the page's phone, or returns the one that runs already: it outlasts the component that asked. */
  startPhone(options: PhoneOptions): Phone;
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
  /** The rep has chosen the outcome and wants to go on to the next person. */
  | { readonly kind: 'nextWanted'; readonly callId: string; readonly recordId?: string | undefined }
  | {
      readonly kind: 'callSaved';
      readonly callId: string;
      readonly recordId?: string | undefined;
      /** The ledger position a scorecard's watermark must reach to include this call. */
      readonly position: number;
    };

/** The metrics of a scorecard, in the order in which a card lists them. */
export const METRIC_NAMES = [
  'dials',
  'connects',
  'connectRate',
  'conversations',
  'talkSeconds',
  'meetingsPerConversation',
  'meetingsPerDial',
  'afterCallSeconds',
  'handleSeconds',
  'speedToLeadSeconds',
  'talkRatio',
  'attainment',
  'pipelineCoverage',
  'winRate',
  'salesVelocity',
  'commitmentsKept',
  'rampMonths',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/**
 * `seconds` is a sum over many calls, `duration` the length of one, in seconds; `share` is a fraction of 1; `times` a
 * multiple; `amountPerDay` money of the org's currency.
 */
export type MetricUnit = 'count' | 'share' | 'seconds' | 'duration' | 'times' | 'amountPerDay' | 'months';

export interface Metric {
  readonly name: MetricName;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Whether more of it is better; `neither` is shown, and gives no points. */
  readonly better: 'more' | 'less' | 'neither';
  /** Whether it grows with the working days of the period, as its target does. */
  readonly grows: boolean;
  readonly numerator: string;
  /** Absent for plain counts and sums. */
  readonly denominator?: string;
  readonly definition: string;
}

/** Talk time below which an answered call is no connect, where the org sets no other. */
export const CONNECT_MINIMUM_TALK_SECONDS = 10;
/** Talk time from which a connect is a conversation, where the org sets no other. */
export const CONVERSATION_MINIMUM_TALK_SECONDS = 60;
/** So many dials of a rep to one number count on one day, until somebody is reached; then only the one that does. */
export const MOST_DIALS_TO_A_NUMBER = 3;
/** Calls a rep needs in the period before a score is shown. */
export const SCORE_MINIMUM_DIALS = 20;
/** Peers a rep needs before a percentile is shown. */
export const PERCENTILE_MINIMUM_PEERS = 5;

export const METRICS: Readonly<Record<MetricName, Metric>> = {
  dials: {
    name: 'dials',
    label: 'Dials',
    unit: 'count',
    better: 'more',
    grows: true,
    numerator: 'calls placed to prospects',
    definition: `Every call placed to a prospect, answered or not. A call that came in is no dial, nor is one to a colleague or one that the network broke. To one number ${MOST_DIALS_TO_A_NUMBER} count a day, and none after somebody was reached.`,
  },
  connects: {
    name: 'connects',
    label: 'Connects',
    unit: 'count',
    better: 'more',
    grows: true,
    numerator: 'dials answered by a person',
    definition: `Dials answered as the switch or carrier saw it, at least ${CONNECT_MINIMUM_TALK_SECONDS} seconds of talk unless your admin set another time, and not voicemail. One number counts once a day.`,
  },
  connectRate: {
    name: 'connectRate',
    label: 'Connect rate',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'connects',
    denominator: 'dials',
    definition: 'Connects divided by dials.',
  },
  conversations: {
    name: 'conversations',
    label: 'Conversations',
    unit: 'count',
    better: 'more',
    grows: true,
    numerator: 'connects of a minute or more',
    definition: `Connects with at least ${CONVERSATION_MINIMUM_TALK_SECONDS} seconds of talk unless your admin set another time. One number counts once a day.`,
  },
  talkSeconds: {
    name: 'talkSeconds',
    label: 'Talk time',
    unit: 'seconds',
    better: 'more',
    grows: true,
    numerator: 'seconds both sides were connected',
    definition:
      'Time both sides were connected, hold excluded, in calls to and from prospects. A call that was passed on counts until the rep left it. Of several calls with one number on a day, those count that led further. Time with colleagues does not count.',
  },
  meetingsPerConversation: {
    name: 'meetingsPerConversation',
    label: 'Meetings per conversation',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'conversations that led to a meeting',
    denominator: 'conversations',
    definition:
      'Conversations with the outcome Meeting, divided by conversations. Where reps keep a calendar in Salesforce, no more of them count than it holds new meetings with prospects.',
  },
  meetingsPerDial: {
    name: 'meetingsPerDial',
    label: 'Meetings per dial',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'conversations that led to a meeting',
    denominator: 'dials',
    definition: 'Conversations that led to a meeting, divided by dials.',
  },
  afterCallSeconds: {
    name: 'afterCallSeconds',
    label: 'After-call work',
    unit: 'duration',
    better: 'less',
    grows: false,
    numerator: 'seconds from hang-up to outcome',
    denominator: 'calls with an outcome',
    definition:
      'From the end of a call until its outcome is saved, at most half an hour a call, averaged over calls with an outcome.',
  },
  handleSeconds: {
    name: 'handleSeconds',
    label: 'Handle time',
    unit: 'duration',
    better: 'less',
    grows: false,
    numerator: 'seconds of ringing, talk, hold and after-call work',
    denominator: 'dials with an outcome',
    definition:
      'Ringing, talk, hold and after-call work of the calls placed, averaged over those with an outcome.',
  },
  speedToLeadSeconds: {
    name: 'speedToLeadSeconds',
    label: 'Speed to lead',
    unit: 'duration',
    better: 'less',
    grows: false,
    numerator: 'median time to the first call',
    denominator: 'leads called',
    definition:
      'From the creation of a lead until its first call, the median over the rep’s leads created in the period that were called.',
  },
  talkRatio: {
    name: 'talkRatio',
    label: 'Talk ratio',
    unit: 'share',
    better: 'neither',
    grows: false,
    numerator: 'rep’s share of all speech, summed over conversations',
    denominator: 'conversations measured',
    definition: 'The rep’s speech divided by all speech, per conversation, then averaged.',
  },
  attainment: {
    name: 'attainment',
    label: 'Attainment',
    unit: 'share',
    better: 'more',
    grows: true,
    numerator: 'amount won in the period',
    denominator: 'quota of the period',
    definition:
      'Amount of the opportunities won with a close date in the period, divided by the period’s quota.',
  },
  pipelineCoverage: {
    name: 'pipelineCoverage',
    label: 'Pipeline coverage',
    unit: 'times',
    better: 'more',
    grows: false,
    numerator: 'open amount to close in the period',
    denominator: 'quota not yet won',
    definition:
      'Amount of the open opportunities with a close date in the period, divided by the quota that is not yet won. About 1 ÷ win rate is needed.',
  },
  winRate: {
    name: 'winRate',
    label: 'Win rate',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'opportunities won',
    denominator: 'opportunities won or lost',
    definition:
      'Of the opportunities created in the four quarters up to the period’s end that were decided by then, the share that was won.',
  },
  salesVelocity: {
    name: 'salesVelocity',
    label: 'Sales velocity',
    unit: 'amountPerDay',
    better: 'more',
    grows: false,
    numerator: 'open opportunities × win rate × average won amount',
    denominator: 'days from creation to won',
    definition:
      'Open opportunities times win rate times average won amount, divided by the average days from creation to won; all of the win rate’s opportunities.',
  },
  commitmentsKept: {
    name: 'commitmentsKept',
    label: 'Commitments kept',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'follow-ups done on or before the promised day',
    denominator: 'follow-ups due',
    definition:
      'Follow-up tasks done on or before the day first promised, divided by those whose day has passed. Moving the day later does not move the promise.',
  },
  rampMonths: {
    name: 'rampMonths',
    label: 'Ramp',
    unit: 'months',
    better: 'less',
    grows: false,
    numerator: 'months from the first call',
    definition:
      'Months from the rep’s first call to the first month with at least 80 percent of the team’s median conversations per working day.',
  },
};

/** What a power list can be made of. */
export const LIST_SOURCE_KINDS = ['campaign', 'listView', 'report'] as const;
export type ListSourceKind = (typeof LIST_SOURCE_KINDS)[number];

/** The most people of one list. */
export const LIST_MAXIMUM_PEOPLE = 2_000;

export interface SkipReason {
  readonly code: SkipReasonCode;
  readonly label: string;
}

export const SKIP_REASON_CODES = [
  'badTime',
  'alreadyInTouch',
  'notTheRightPerson',
  'noUsableNumber',
  'duplicate',
] as const;
export type SkipReasonCode = (typeof SKIP_REASON_CODES)[number];

/** Why a rep may pass over a person, in the order of the menu. */
export const SKIP_REASONS: readonly SkipReason[] = [
  { code: 'badTime', label: 'Bad time' },
  { code: 'alreadyInTouch', label: 'Already in touch' },
  { code: 'notTheRightPerson', label: 'Not the right person' },
  { code: 'noUsableNumber', label: 'No usable number' },
  { code: 'duplicate', label: 'Duplicate' },
];

/** What is predicted of a call: that a person is reached, and that a conversation ends with a meeting. */
export const CALL_GOALS = ['reach', 'convert'] as const;
export type CallGoal = (typeof CALL_GOALS)[number];

/** Why a person comes where they come. Days and counts are whole. A `goal` says what there is more of. */
export type CallReason =
  | { readonly kind: 'callBackDue' }
  | { readonly kind: 'neverCalled' }
  | { readonly kind: 'answeredAtThisHour'; readonly count: number }
  | { readonly kind: 'answeredBefore'; readonly count: number; readonly attempts: number }
  | { readonly kind: 'lastOutcome'; readonly outcome: OutcomeCode }
  | { readonly kind: 'fewAttempts'; readonly attempts: number }
  | { readonly kind: 'lastCalled'; readonly days: number }
  | { readonly kind: 'goodHour'; readonly goal: CallGoal }
  /** ISO 8601: 1 is Monday. */
  | { readonly kind: 'goodWeekday'; readonly weekday: number; readonly goal: CallGoal }
  | { readonly kind: 'goodLeadSource'; readonly leadSource: string; readonly goal: CallGoal };

/** Someone on the rep's screen, whom no colleague gets meanwhile. */
export interface ReservedPerson {
  readonly recordId: string;
  /** What is left of the reservation when the answer was made. */
  readonly reservedSeconds: number;
}

/** Why nobody can be called now although people are left. */
export interface ListWaiting {
  readonly why: 'callBack' | 'colleagues';
  /** ISO 8601 instant at which that may change. */
  readonly nextAt: string;
}

/** A list as its rep sees it. */
export interface PowerList {
  readonly listId: string;
  readonly source: { readonly kind: ListSourceKind; readonly id: string; readonly label: string };
  readonly state: 'running' | 'paused' | 'ended';
  /** What the order goes by: the models in use, both or one, or the time since the last call. */
  readonly order: 'reachAndConvert' | CallGoal | 'recency';
  readonly left: number;
  readonly called: number;
  /** Of those called. */
  readonly conversations: number;
  readonly skipped: number;
  /** Left out by themselves: without a number, or not to be called. */
  readonly unreachable: number;
  readonly next?: (ReservedPerson & { readonly reasons: readonly CallReason[] }) | undefined;
  readonly then: readonly ReservedPerson[];
  readonly waiting?: ListWaiting | undefined;
}

/** Calls with an outcome from which on a model of an org's calls is learned. */
export const FEWEST_CALLS_TO_LEARN = 2_000;

/** How well a model of an org's calls did on calls that it had not seen. */
export interface CallModelQuality {
  /** Calls that were learned from: for `convert` those that reached somebody. */
  readonly calls: number;
  /** Of those, the ones that were predicted before they were learned from, and how many had the outcome. */
  readonly predictedCalls: number;
  readonly events: number;
  /**
   * Areas under the ROC curve of the model and of what it has to beat, on the same calls: the time since the last call
   * for `reach`; for `convert` the same rate for everybody, which is 0.5. Null with too few calls.
   */
  readonly modelAuc: number | null;
  readonly baselineAuc: number | null;
  /** The 95 % interval of model minus baseline. */
  readonly differenceLow: number | null;
  readonly differenceHigh: number | null;
  /** Whether lists go by it, and if not why: too few calls to tell, or not better by more than chance would give. */
  readonly state: 'inUse' | 'tooFew' | 'noBetter';
}

/** What an org's calls have taught. */
export interface CallModelReport extends Readonly<Record<CallGoal, CallModelQuality>> {
  /** ISO 8601 instant. */
  readonly trainedAt: string;
}

/** A metric's figure of one month or week, from the rep's own calls and records alone. What it lacks is null. */
export interface ShortPeriodFigure {
  /** `YYYY-MM-DD` */
  readonly startDay: string;
  readonly numerator: number;
  readonly denominator: number | null;
  /** In the metric's unit; null where there is nothing to divide by. */
  readonly value: number | null;
  /** The ends of the 95 % range; null for a fact, which has none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** So many weeks are about a quarter. */
export const WEEKS_OF_A_CARD = 13;

/** The way the text is written; a reader leaves one that it does not know unread. */
const VERSION = '1';
const BETWEEN_PERIODS = ';';
const BETWEEN_NUMBERS = ',';
const DECIMALS = 4;

/**
 * A metric's months or weeks as the text of one field: the version, then for each period its first day, numerator,
 * denominator, value, low and high, `1;2026-10-01,142,780,0.1821,0.1566,0.2107;2026-11-01,…`. What a figure lacks is
 * empty. Null without any.
 *
 * @param figures oldest first
 */
export function writeShortPeriods(figures: readonly ShortPeriodFigure[]): string | null {
  if (figures.length === 0) return null;
  const entries = figures.map(({ startDay, numerator, denominator, value, low, high }) =>
    [startDay, ...[numerator, denominator, value, low, high].map(written)].join(BETWEEN_NUMBERS),
  );
  return [VERSION, ...entries].join(BETWEEN_PERIODS);
}

/** The figures that {@link writeShortPeriods} wrote. An entry that is none, such as of a text that was cut, is left out. */
export function readShortPeriods(text: string | null | undefined): ShortPeriodFigure[] {
  const [version, ...entries] = (text ?? '').split(BETWEEN_PERIODS);
  return version === VERSION ? entries.flatMap(figureOf) : [];
}

function figureOf(period: string): ShortPeriodFigure[] {
  const [startDay = '', ...numbers] = period.split(BETWEEN_NUMBERS);
  const [numerator, denominator, value, low, high] = numbers.map(numberIn);
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(startDay) || numerator === undefined || numerator === null) return [];
  if (denominator === undefined || value === undefined || low === undefined || high === undefined) return [];
  return [{ startDay, numerator, denominator, value, low, high }];
}

/** Null for what is empty, undefined for what is no number. */
function numberIn(text: string): number | null | undefined {
  if (text === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function written(number: number | null): string {
  return number === null ? '' : String(Number(number.toFixed(DECIMALS)));
}

/** A target for the next quarter, from what the people of a role reached in one. */
export interface SuggestedTarget {
  readonly metric: MetricName;
  readonly target: number;
  /** How many people's figures it rests on. */
  readonly people: number;
}

/** What the difference from the period before says. */
export const VERDICTS = ['improved', 'noEvidence', 'declined'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Where a score stands beside the team's median: surely above, surely below, or not to be told apart. */
export const STANDINGS = ['above', 'same', 'below'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * A doable thing that would move a score: one open opportunity won, so many more dials (or other counts) at the rep's
 * own rates, or so many commitments finished in time. Gains are points of the score, `low` to `high` likely; an
 * opportunity's gain is what winning it gives.
 */
export interface Lever {
  readonly kind: 'opportunity' | 'count' | 'commitments';
  readonly metric: MetricName;
  /** How many more; of an opportunity, its amount. */
  readonly amount: number;
  /** The opportunity. */
  readonly recordId?: string;
  readonly gain: number;
  readonly low: number;
  readonly high: number;
}

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

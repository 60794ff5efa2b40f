import { outcomeOf, type OutcomeCode } from '@scoreline/contract';

/** An earlier call to a person, as it was known before the next one. */
export interface PastCall {
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Hour of the day in the caller's zone, 0 to 23. */
  readonly hour: number;
  readonly answered: boolean;
  /** Null while none was chosen. */
  readonly outcome: OutcomeCode | null;
}

/** A moment at which somebody may be called. */
export interface CallMoment {
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** In the caller's zone, 0 to 23. */
  readonly hour: number;
  /** In the caller's zone, 1 (Monday) to 7. */
  readonly weekday: number;
}

/** What is known of a person before a call. Nothing here is learned by the call itself. */
export interface ProspectFacts {
  readonly moment: CallMoment;
  readonly attempts: number;
  /** Of the attempts, those on which a person was reached. */
  readonly answered: number;
  /** Of those, the ones at this hour of the day, an hour more or less. */
  readonly answeredAtThisHour: number;
  /** Attempts since a person was last reached. */
  readonly unansweredInARow: number;
  /** Null for who was never called. */
  readonly daysSinceLast: number | null;
  readonly lastOutcome: OutcomeCode | null;
  readonly leadSource: string | null;
}

const DAY_MS = 86_400_000;
const HOURS_PER_DAY = 24;

/** Whether a person was reached: somebody answered, and no machine, as the rep says. */
export function wasReached({ answered, outcome }: Pick<PastCall, 'answered' | 'outcome'>): boolean {
  return answered && outcome !== null && outcomeOf(outcome).meaning === 'conversation';
}

/** @param history the person's calls before the moment, oldest first */
export function factsOf(
  history: readonly PastCall[],
  moment: CallMoment,
  leadSource: string | null = null,
): ProspectFacts {
  const last = history.at(-1);
  const reached = history.filter(wasReached);
  return {
    moment,
    attempts: history.length,
    answered: reached.length,
    answeredAtThisHour: reached.filter(({ hour }) => isAboutThatHour(hour, moment.hour)).length,
    unansweredInARow: history.length - 1 - history.findLastIndex(wasReached),
    daysSinceLast: last === undefined ? null : Math.max(0, (moment.atMs - last.atMs) / DAY_MS),
    lastOutcome: last?.outcome ?? null,
    leadSource,
  };
}

/** A term of the model: the name of a feature. */
export type FeatureName =
  | 'neverCalled'
  | 'attempts'
  | 'answered'
  | 'answeredAtThisHour'
  | 'unansweredInARow'
  | 'daysSinceLast'
  | `hour:${string}`
  | `weekday:${number}`
  | `lastOutcome:${OutcomeCode}`
  | `leadSource:${string}`;

/** Counts and days go in by their logarithm: the step from none to one says more than that from ten to eleven. */
export function featuresOf(facts: ProspectFacts): ReadonlyMap<FeatureName, number> {
  const { moment, lastOutcome, leadSource } = facts;
  const features = new Map<FeatureName, number>([
    ['neverCalled', facts.attempts === 0 ? 1 : 0],
    ['attempts', Math.log1p(facts.attempts)],
    ['answered', Math.log1p(facts.answered)],
    ['answeredAtThisHour', Math.log1p(facts.answeredAtThisHour)],
    ['unansweredInARow', Math.log1p(facts.unansweredInARow)],
    ['daysSinceLast', Math.log1p(facts.daysSinceLast ?? 0)],
    [`hour:${partOfDay(moment.hour)}`, 1],
    [`weekday:${moment.weekday}`, 1],
  ]);
  if (lastOutcome !== null) features.set(`lastOutcome:${lastOutcome}`, 1);
  if (leadSource !== null) features.set(`leadSource:${leadSource}`, 1);
  return features;
}

/** How long nobody called: whoever was never called comes first, then the one whose last call is longest ago. */
export function recencyOf({ daysSinceLast }: Pick<ProspectFacts, 'daysSinceLast'>): number {
  return daysSinceLast ?? Infinity;
}

function isAboutThatHour(one: number, other: number): boolean {
  const apart = Math.abs(one - other);
  return Math.min(apart, HOURS_PER_DAY - apart) <= 1;
}

/** Parts of a working day in which people are reached alike. */
export function partOfDay(hour: number): string {
  if (hour < 9) return 'early';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'midday';
  if (hour < 16) return 'afternoon';
  return 'late';
}

import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { CALL_GOALS, FEWEST_CALLS_TO_LEARN } from 'c/callContract';
import type { CallGoal, CallModelQuality, CallModelReport } from 'c/callContract';
import { formatCount, formatSigned } from 'c/figureFormat';

/** A figure and what it is. */
export interface GoalFact {
  readonly term: string;
  readonly value: string;
}

export interface GoalView {
  readonly key: CallGoal;
  readonly title: string;
  readonly state: string;
  readonly facts: readonly GoalFact[];
}

export const NOTHING_LEARNED = `Nothing learned yet. Lists go by the time since the last call until there are ${formatCount(FEWEST_CALLS_TO_LEARN)} calls with an outcome.`;
export const EXPLANATION =
  'Of two calls of which one had the outcome, how often that one was rated higher (area under the ROC curve): 1 is always, 0.5 is chance. On calls rated before they were learned from.';

const TITLES: Readonly<Record<CallGoal, string>> = {
  reach: 'Reaching somebody',
  convert: 'Turning a conversation into a meeting',
};
const LEARNED_FROM: Readonly<Record<CallGoal, string>> = { reach: 'calls', convert: 'conversations' };
const EVENTS: Readonly<Record<CallGoal, string>> = { reach: 'reached', convert: 'with a meeting' };
/** What a model has to beat. */
const BASELINES: Readonly<Record<CallGoal, string>> = {
  reach: 'Time since the last call',
  convert: 'Same rate for everybody',
};
const NOTHING = '–';

/** What lists go by. */
export function headlineWords({ reach, convert }: CallModelReport): string {
  const parts = [
    ...(reach.state === 'inUse' ? ['be reached'] : []),
    ...(convert.state === 'inUse' ? ['agree to a meeting'] : []),
  ];
  return parts.length === 0
    ? 'Lists go by the time since the last call.'
    : `Lists go by who is likely to ${parts.join(' and to ')}.`;
}

/** `Learned on Nov 28, 2026, 6:12 AM. Looked at again each day.` */
export function trainedWords({ trainedAt }: CallModelReport): string {
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(trainedAt),
  );
  return `Learned on ${at}. Learned again on a day by which 1,000 calls have come in.`;
}

export function goalViews(report: CallModelReport): GoalView[] {
  return CALL_GOALS.map((goal) => ({
    key: goal,
    title: TITLES[goal],
    state: stateWords(goal, report[goal]),
    facts: factsOf(goal, report[goal]),
  }));
}

function stateWords(goal: CallGoal, { state }: CallModelQuality): string {
  if (state === 'inUse') return 'In use';
  return state === 'tooFew'
    ? `Not used: too few ${LEARNED_FROM[goal]} to tell`
    : `Not used: not clearly better than the ${BASELINES[goal].toLowerCase()}`;
}

function factsOf(goal: CallGoal, quality: CallModelQuality): GoalFact[] {
  const { calls, predictedCalls, events, modelAuc, baselineAuc, differenceLow, differenceHigh } = quality;
  const range =
    differenceLow === null || differenceHigh === null
      ? NOTHING
      : `${formatSigned(differenceLow, area)} to ${formatSigned(differenceHigh, area)}`;
  return [
    { term: 'Learned from', value: `${formatCount(calls)} ${LEARNED_FROM[goal]}` },
    {
      term: 'Rated beforehand',
      value: `${formatCount(events)} of ${formatCount(predictedCalls)} ${EVENTS[goal]}`,
    },
    { term: 'Model', value: modelAuc === null ? NOTHING : area(modelAuc) },
    { term: BASELINES[goal], value: baselineAuc === null ? NOTHING : area(baselineAuc) },
    { term: 'Difference, likely', value: range },
  ];
}

/** An area under a ROC curve: `0.64`. */
function area(value: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

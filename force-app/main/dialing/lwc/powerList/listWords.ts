import { LIST_MAXIMUM_PEOPLE, OUTCOMES } from 'c/callContract';
import type { CallGoal, CallReason, PowerList } from 'c/callContract';
import { formatClock, formatCount } from 'c/figureFormat';
import type { ListedPerson } from 'c/listRecords';

const SECONDS_PER_MINUTE = 60;
const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

const ORDERS: Readonly<Record<PowerList['order'], string>> = {
  reachAndConvert: 'Order: whoever is likeliest to be reached now and to agree to a meeting comes first.',
  reach: 'Order: whoever is likeliest to be reached now comes first.',
  convert: 'Order: whoever is likeliest to agree to a meeting comes first.',
  recency: 'Order: whoever was not called for longest comes first.',
};
const MORE: Readonly<Record<CallGoal, string>> = { reach: 'answer more', convert: 'agree to more meetings' };

/** Of a report with more rows than the platform gives. */
export const CUT_OFF = `The report has more rows than can be read: these are the people of its first ${formatCount(LIST_MAXIMUM_PEOPLE)}.`;

/** `14 left · 22 done` */
export function countWords({ left, called, skipped }: PowerList): string {
  return `${formatCount(left)} left · ${formatCount(called + skipped)} done`;
}

/** `List done: 22 called, 5 conversations.` */
export function doneWords({ called, conversations, skipped, unreachable, left }: PowerList): string {
  const parts = [
    `${formatCount(called)} called`,
    plural(conversations, 'conversation'),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
    ...(unreachable > 0 ? [`${formatCount(unreachable)} without a number or not to be called`] : []),
    ...(left > 0 ? [`${formatCount(left)} left`] : []),
  ];
  return `List ${left > 0 ? 'ended' : 'done'}: ${parts.join(', ')}.`;
}

/** `Ana Ruiz, Acme` */
export function nameAndCompany({ name, company }: ListedPerson): string {
  return company === undefined ? name : `${name}, ${company}`;
}

/** `Why: answered at this hour twice; called 12 days ago` */
export function reasonWords(reasons: readonly CallReason[]): string {
  const known = reasons.flatMap((reason) => wordsOf(reason) ?? []);
  return known.length === 0 ? '' : `Why: ${known.join('; ')}`;
}

/** `reserved 12 min`; rounded up, so that it never says 0 while the reservation lasts. */
export function reservationWords(secondsLeft: number): string {
  return `reserved ${formatCount(Math.ceil(secondsLeft / SECONDS_PER_MINUTE))} min`;
}

/** Why nobody can be called now, and when that may change. */
export function waitingWords({ left, waiting }: PowerList): string {
  if (waiting === undefined) return '';
  const who = left === 1 ? 'The one left' : `All ${formatCount(left)} left`;
  const when = `Next at ${formatClock(new Date(waiting.nextAt))}.`;
  return waiting.why === 'callBack'
    ? `${who} ${left === 1 ? 'is' : 'are'} to be called back later. ${when}`
    : `${who} ${left === 1 ? 'is' : 'are'} with colleagues now. ${when}`;
}

/** What the list goes by. */
export function orderWords({ order }: PowerList): string {
  return ORDERS[order];
}

/** Nothing of a reason that only a newer relay knows. */
function wordsOf(reason: CallReason): string | undefined {
  switch (reason.kind) {
    case 'callBackDue':
      return 'due to be called back';
    case 'neverCalled':
      return 'not called yet';
    case 'answeredAtThisHour':
      return `answered at this hour ${times(reason.count)}`;
    case 'answeredBefore':
      return `answered ${formatCount(reason.count)} of ${plural(reason.attempts, 'call')}`;
    case 'lastOutcome':
      return `last outcome: ${OUTCOMES.find(({ code }) => code === reason.outcome)?.label ?? reason.outcome}`;
    case 'fewAttempts':
      return `tried only ${times(reason.attempts)}`;
    case 'lastCalled':
      return reason.days === 0 ? 'last called today' : `last called ${plural(reason.days, 'day')} ago`;
    case 'goodHour':
      return `people ${MORE[reason.goal]} at this hour`;
    case 'goodWeekday':
      return `people ${MORE[reason.goal]} on ${WEEKDAYS[reason.weekday - 1] ?? 'this day'}`;
    case 'goodLeadSource':
      return `people from ${reason.leadSource} ${MORE[reason.goal]}`;
    default:
      return undefined;
  }
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${formatCount(count)} times`;
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

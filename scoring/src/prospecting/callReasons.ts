import type { CallReason } from '@scoreline/contract';
import { partOfDay, type ProspectFacts } from './callFeatures.ts';
import type { LikelihoodTerm } from './callLikelihood.ts';

/** More reasons than these are not read while the phone rings. */
const MOST_REASONS = 2;
/** A term that raises the likelihood by less than a twentieth is no reason. */
const LEAST_VALUE = 0.05;
const FEW_ATTEMPTS = 2;

/** Why a person comes where they come when the order goes by the time since the last call. */
export function recencyReasons({ daysSinceLast }: Pick<ProspectFacts, 'daysSinceLast'>): CallReason[] {
  return daysSinceLast === null
    ? [{ kind: 'neverCalled' }]
    : [{ kind: 'lastCalled', days: Math.floor(daysSinceLast) }];
}

/**
 * Why the models put a person where they do: their largest positive terms that say something of the person or the hour.
 *
 * @param terms the largest first, as `callLikelihood` gives them
 */
export function modelReasons(terms: readonly LikelihoodTerm[], facts: ProspectFacts): CallReason[] {
  const reasons: CallReason[] = [];
  for (const term of terms) {
    if (term.value < LEAST_VALUE || reasons.length === MOST_REASONS) break;
    const reason = reasonOf(term, facts);
    if (reason !== null && !reasons.some(({ kind }) => kind === reason.kind)) reasons.push(reason);
  }
  return reasons;
}

/** Null where the term is large for what the person is not: that gives no sentence. */
function reasonOf({ name, goal }: LikelihoodTerm, facts: ProspectFacts): CallReason | null {
  const { attempts, answered, answeredAtThisHour, daysSinceLast, moment } = facts;
  const [group = '', value = ''] = name.split(':');
  switch (group) {
    case 'answeredAtThisHour':
      return answeredAtThisHour > 0 ? { kind: 'answeredAtThisHour', count: answeredAtThisHour } : null;
    case 'answered':
      return answered > 0 ? { kind: 'answeredBefore', count: answered, attempts } : null;
    case 'neverCalled':
      return attempts === 0 ? { kind: 'neverCalled' } : null;
    case 'attempts':
    case 'unansweredInARow':
      return attempts > 0 && attempts <= FEW_ATTEMPTS ? { kind: 'fewAttempts', attempts } : null;
    case 'daysSinceLast':
      return daysSinceLast === null ? null : { kind: 'lastCalled', days: Math.floor(daysSinceLast) };
    case 'hour':
      return value === partOfDay(moment.hour) ? { kind: 'goodHour', goal } : null;
    case 'weekday':
      return Number(value) === moment.weekday ? { kind: 'goodWeekday', weekday: moment.weekday, goal } : null;
    case 'lastOutcome':
      return facts.lastOutcome === value ? { kind: 'lastOutcome', outcome: facts.lastOutcome } : null;
    case 'leadSource':
      return facts.leadSource === null || name !== `leadSource:${facts.leadSource}`
        ? null
        : { kind: 'goodLeadSource', leadSource: facts.leadSource, goal };
    default:
      return null;
  }
}

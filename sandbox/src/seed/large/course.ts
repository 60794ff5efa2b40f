import type { EndCause, EndedBy, OutcomeCode } from '@scoreline/contract';
import type { Chance } from './chance.ts';
import type { Rep } from './staff.ts';

/** How a call went. */
export interface Course {
  readonly ringMs: number;
  /** 0 when nobody and no machine answered. Hold excluded. */
  readonly talkMs: number;
  /** Once, in the middle of the talk. */
  readonly holdMs: number;
  readonly afterCallMs: number;
  readonly cause: EndCause;
  readonly endedBy: EndedBy;
  readonly sipStatus: number | null;
  readonly outcome: OutcomeCode;
}

/** From dialing to ringing. */
export const SETUP_MS = 900;

/** How readily people answer in those hours. */
const ANSWERED = [1.2, 1.1, 1, 0.9, 0.7, 0.85, 0.95, 1, 1.15, 1.2] as const;

/** What becomes of a call: a person, a machine, or nobody. */
export function courseOf(rep: Rep, hour: number, chance: Chance): Course {
  const answered = rep.answerRate * (ANSWERED[hour - 8] ?? 1);
  const seconds = (low: number, high: number): number => Math.round(chance.between(low, high) * 1_000);
  const unanswered = { talkMs: 0, holdMs: 0, afterCallMs: seconds(3, 12) };
  if (chance.happens(answered)) return conversation(rep, chance);
  const fate = chance.next();
  if (fate < 0.36) {
    return {
      ...unanswered,
      ringMs: seconds(15, 24),
      talkMs: seconds(8, 38),
      afterCallMs: seconds(4, 20),
      cause: 'completed',
      endedBy: 'rep',
      sipStatus: null,
      outcome: 'voicemail',
    };
  }
  if (fate < 0.42)
    return { ...unanswered, ringMs: 0, cause: 'busy', endedBy: 'prospect', sipStatus: 486, outcome: 'busy' };
  if (fate < 0.47) {
    const declined = { cause: 'declined', endedBy: 'prospect', sipStatus: 603, outcome: 'busy' } as const;
    return { ...unanswered, ringMs: seconds(3, 14), ...declined };
  }
  const isPatient = chance.happens(0.3);
  return {
    ...unanswered,
    ringMs: isPatient ? 32_000 : seconds(16, 30),
    cause: isPatient ? 'noAnswer' : 'cancelled',
    endedBy: isPatient ? 'network' : 'rep',
    sipStatus: isPatient ? 480 : 487,
    outcome: 'noAnswer',
  };
}

function conversation(rep: Rep, chance: Chance): Course {
  const isWrongNumber = chance.happens(0.03);
  const medianSeconds = isWrongNumber ? 14 : rep.medianTalkSeconds;
  const talkSeconds = Math.min(
    3_600,
    Math.max(5, chance.logNormal(medianSeconds, isWrongNumber ? 0.3 : 0.95)),
  );
  const isLong = talkSeconds >= 60;
  return {
    ringMs: Math.round(chance.between(2_500, 18_000)),
    talkMs: Math.round(talkSeconds * 1_000),
    holdMs: talkSeconds > 180 && chance.happens(0.07) ? Math.round(chance.between(8_000, 70_000)) : 0,
    afterCallMs: Math.round(Math.min(600_000, chance.logNormal(isLong ? 45_000 : 15_000, 0.7))),
    cause: 'completed',
    endedBy: chance.happens(0.6) ? 'prospect' : 'rep',
    sipStatus: null,
    outcome: isWrongNumber ? 'wrongNumber' : resultOf(rep, isLong, chance),
  };
}

function resultOf(rep: Rep, isLong: boolean, chance: Chance): OutcomeCode {
  if (isLong && chance.happens(rep.meetingRate)) return 'meeting';
  return chance.happens(0.4) ? 'callBack' : 'noInterest';
}

import type { Attendance, Contribution, Figures } from '@scoreline/scoring';
import { NO_CONTRIBUTION } from '@scoreline/scoring';
import { figuresWith } from './figures.ts';
import type { SeededRandom } from './random.ts';

/** What is true of a simulated rep, and never known. */
export interface TrueRep {
  readonly connectShare: number;
  /** Mean talk of a connect; talk is exponential, so a minute is reached with probability e^(−60 ÷ mean). */
  readonly talkSeconds: number;
  readonly dialsPerDay: number;
}

const CONVERSATION_SECONDS = 60;

/** A rep whose rates differ from the team's as much as those of real ones do. */
export function trueRep(random: SeededRandom): TrueRep {
  return {
    connectShare: 0.1 + 0.16 * middling(random),
    talkSeconds: 90 + 120 * middling(random),
    dialsPerDay: 2 + 14 * random.fraction(),
  };
}

export function conversationShare({ talkSeconds }: TrueRep): number {
  return Math.exp(-CONVERSATION_SECONDS / talkSeconds);
}

/** One quarter of such a rep. */
export function quarterOfRep(
  rep: TrueRep,
  random: SeededRandom,
  attendance: Partial<Attendance> = {},
): Figures {
  const { daysWorked = 60 } = attendance;
  const totals: Record<keyof Contribution, number> = {
    ...NO_CONTRIBUTION,
    dials: Math.max(20, random.poisson(rep.dialsPerDay * daysWorked)),
  };
  totals.connects = random.binomial(totals.dials, rep.connectShare);
  for (let connect = 0; connect < totals.connects; connect += 1) {
    const talk = Math.round(-Math.log(1 - random.fraction()) * rep.talkSeconds);
    if (talk >= CONVERSATION_SECONDS) totals.conversations += 1;
    totals.connectTalkSeconds += talk;
    totals.connectTalkSecondsSquared += talk * talk;
  }
  totals.talkSeconds = totals.connectTalkSeconds;
  totals.talkSecondsSquared = totals.connectTalkSecondsSquared;
  return figuresWith(totals, { workingDays: 60, daysAvailable: daysWorked, daysWorked });
}

/** 0 to 1, near the middle more often than at the ends. */
function middling(random: SeededRandom): number {
  return (random.fraction() + random.fraction() + random.fraction()) / 3;
}

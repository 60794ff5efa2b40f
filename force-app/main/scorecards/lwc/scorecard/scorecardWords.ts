import { SCORE_MINIMUM_DIALS } from 'c/callContract';
import { formatClock, formatCount } from 'c/figureFormat';
import type { Scorecard } from 'c/scorecardRecords';

/** `71 of 100`, in whole points, since its range is many points wide; undefined while there is no score. */
export function scoreWords({ score }: Scorecard): string | undefined {
  return score === undefined ? undefined : `${formatCount(Math.round(score))} of 100`;
}

/** `likely 63 to 78`: never a score without its range. */
export function likelyWords({ scoreLow, scoreHigh }: Scorecard): string | undefined {
  if (scoreLow === undefined || scoreHigh === undefined) return undefined;
  return `likely ${formatCount(Math.round(scoreLow))} to ${formatCount(Math.round(scoreHigh))}`;
}

/** `Q3 2026, 41 days left` */
export function periodWords({ periodLabel, daysLeft }: Scorecard): string {
  if (daysLeft === undefined) return periodLabel;
  return `${periodLabel}, ${formatCount(daysLeft)} ${daysLeft === 1 ? 'day' : 'days'} left`;
}

/** Why there is no score. `owner` is undefined for the user's own card. */
export function noScoreWords(dials: number, owner: string | undefined): string {
  if (dials >= SCORE_MINIMUM_DIALS) return 'No score yet: no targets are set for this quarter.';
  return owner === undefined
    ? `Your first score comes after ${SCORE_MINIMUM_DIALS} calls. You have ${formatCount(dials)}.`
    : `The first score comes after ${SCORE_MINIMUM_DIALS} calls. ${owner} has ${formatCount(dials)}.`;
}

/** `Evidence: 97 of 100 calls logged, 2 pending, 1 contradicted.` */
export function evidenceWords({ callsLogged, callsPending, callsContradicted }: Scorecard): string {
  const calls = callsLogged + callsPending + callsContradicted;
  return `Evidence: ${formatCount(callsLogged)} of ${formatCount(calls)} calls logged, ${formatCount(callsPending)} pending, ${formatCount(callsContradicted)} contradicted.`;
}

/** What the figures rest on, and from when they are. */
export function basisWords({ isVerified, calculatedAt }: Scorecard): string {
  const basis = isVerified
    ? 'Score uses verified calls only.'
    : 'No switch or carrier reports here: these are the phone’s own figures.';
  return calculatedAt === undefined ? basis : `${basis} Updated ${formatClock(calculatedAt)}.`;
}

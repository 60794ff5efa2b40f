import { SCORE_MINIMUM_DIALS } from 'c/callContract';
import { formatClock, formatCount, formatPoints } from 'c/figureFormat';
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

/** `Q2 2026: 64 · team 74`, as far as there is either. */
export function besideWords({ previousLabel, previousScore, teamScore }: Scorecard): string | undefined {
  const parts = [
    previousScore === undefined
      ? []
      : [`${previousLabel ?? 'Before'}: ${formatCount(Math.round(previousScore))}`],
    teamScore === undefined ? [] : [`team ${formatCount(Math.round(teamScore))}`],
  ].flat();
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** `Ramping, month 2`: a new rep is not yet measured by the same time. */
export function rampWords({ rampMonth }: Scorecard): string | undefined {
  return rampMonth === undefined ? undefined : `Ramping, month ${formatCount(rampMonth)}`;
}

/** `Points add up to 71 of 100.` */
export function pointsWords({ score }: Scorecard): string | undefined {
  return score === undefined ? undefined : `Points add up to ${formatPoints(score)} of 100.`;
}

/** Which calls count nowhere, and why; undefined where all count. */
export function leftOutWords({ callsExcused, callsExcluded }: Scorecard): string | undefined {
  const excused = callsExcused > 0 ? [`${callCount(callsExcused)} the network broke`] : [];
  const excluded =
    callsExcluded > 0 ? [`${callCount(callsExcluded)} to colleagues, or to one number again that day`] : [];
  const parts = [...excused, ...excluded];
  return parts.length === 0 ? undefined : `Not counted: ${parts.join('; ')}.`;
}

function callCount(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'call' : 'calls'}`;
}

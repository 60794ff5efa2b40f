import type { Verdict } from '@scoreline/contract';
import { changeOf, verdictsOf, type Change } from './change.ts';
import { meanEstimate, type Estimate } from './estimates.ts';
import { dayAfter, workingDaysOf } from './period.ts';
import { NORMAL_QUANTILE_95 } from './wilsonInterval.ts';

/** Days from one to another (`YYYY-MM-DD`), both included. */
export interface DriveWindow {
  readonly startDay: string;
  readonly endDay: string;
}

/** What a drive compares: its own days so far, and as many working days right before it. */
export interface DriveWindows {
  readonly drive: DriveWindow;
  readonly baseline: DriveWindow;
  readonly workingDays: number;
  /** Whether the drive's last day has passed. */
  readonly isOver: boolean;
}

/** One rep of a drive: the metric during it and before it, each null where there is nothing to go by. */
export interface DriveFigures {
  readonly now: Estimate | null;
  readonly before: Estimate | null;
}

/** How a rep's metric went in a drive. */
export interface DriveResult {
  readonly baseline: number | null;
  /** What would be expected without a drive. */
  readonly expected: number | null;
  readonly goal: number | null;
  readonly value: number | null;
  /** Value less expected value. */
  readonly change: Change | null;
  /** Null while the drive runs: to judge day by day until something shows would find what is not there. */
  readonly verdict: Verdict | null;
}

export interface DriveQuestion {
  readonly members: readonly DriveFigures[];
  /** The baselines of everybody of the members' role, the members included. */
  readonly everybody: readonly Estimate[];
  /** By how much the metric is to get better, as a share of what is expected. */
  readonly uplift: number;
  readonly better: 'more' | 'less';
  readonly isOver: boolean;
}

/** Fewer people than this tell little of how people differ. */
const FEWEST_PEOPLE = 4;

/**
 * The days a drive is judged by on a day; null before its first working day has begun.
 *
 * @param today `YYYY-MM-DD`
 */
export function driveWindowsOf(drive: DriveWindow, today: string): DriveWindows | null {
  const endDay = today < drive.endDay ? today : drive.endDay;
  if (endDay < drive.startDay) return null;
  const workingDays = workingDaysOf({ startDay: drive.startDay, endDay }).length;
  if (workingDays === 0) return null;
  let startDay = drive.startDay;
  for (let days = 0; days < workingDays;) {
    startDay = dayAfter(startDay, -1);
    days += workingDaysOf({ startDay, endDay: startDay }).length;
  }
  return {
    drive: { startDay: drive.startDay, endDay },
    baseline: { startDay, endDay: dayAfter(drive.startDay, -1) },
    workingDays,
    isOver: today > drive.endDay,
  };
}

/**
 * The results of a drive's members. Who is chosen for a low figure would come up without any drive: what is expected of
 * a member is therefore the baseline moved towards the role's mean by as much as chance explains of its distance (Efron
 * & Morris 1975, J. Am. Stat. Assoc. 70:311–319, with variances of their own), and the change is told from there. The
 * verdicts are those of a quarter's changes, all members judged together.
 */
export function driveResultsOf({ members, everybody, uplift, better, isOver }: DriveQuestion): DriveResult[] {
  const spread = spreadOf(everybody);
  const results = members.map(({ now, before }) => {
    const expected = before === null ? null : expectedOf(before, spread);
    const change = now === null || expected === null ? null : changeOf(now, expected);
    return { now, before, expected, change };
  });
  const verdicts = verdictsOf(
    results.map(({ change }) => change),
    better,
  );
  const factor = better === 'more' ? 1 + uplift : Math.max(1 - uplift, 0);
  return results.map(({ now, before, expected, change }, index) => ({
    baseline: before?.value ?? null,
    expected: expected?.value ?? null,
    goal: expected === null ? null : expected.value * factor,
    value: now?.value ?? null,
    change,
    verdict: isOver ? (verdicts[index] ?? 'noEvidence') : null,
  }));
}

interface Spread {
  readonly mean: number;
  /** Of the people's true values. */
  readonly variance: number;
}

/** How much people differ beyond chance, by the method of moments; null where too few are known to tell. */
function spreadOf(everybody: readonly Estimate[]): Spread | null {
  if (everybody.length < FEWEST_PEOPLE) return null;
  const values = everybody.map(({ value }) => value);
  const mean = meanOf(values);
  const observed = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance: Math.max(observed - meanOf(everybody.map(varianceOf)), 0) };
}

function expectedOf(before: Estimate, spread: Spread | null): Estimate {
  if (spread === null) return before;
  const variance = varianceOf(before);
  if (variance === 0) return before;
  const kept = spread.variance / (spread.variance + variance);
  return meanEstimate(spread.mean + kept * (before.value - spread.mean), Math.sqrt(kept * variance));
}

/** The variance that an estimate's 95 % range stands for. */
function varianceOf(estimate: Estimate): number {
  const { low, high } = estimate.rangeAt(NORMAL_QUANTILE_95);
  return ((high - low) / (2 * NORMAL_QUANTILE_95)) ** 2;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { formatChange, formatCount, formatFigure } from 'c/figureFormat';
import type { Drive, DriveMember } from './drive.ts';

const NOTHING = '–';

/** `Connect rate +20%` */
export function driveTitle({ metric, uplift }: Pick<Drive, 'metric' | 'uplift'>): string {
  const { label, better } = METRICS[metric];
  return `${label} ${better === 'less' ? '−' : '+'}${formatCount(uplift)}%`;
}

/** A figure of a drive's metric, or a dash. */
export function driveFigure(metric: MetricName, value: number | undefined): string {
  return value === undefined ? NOTHING : formatFigure(METRICS[metric].unit, value);
}

/** `+5.6 points (+1.2 points to +10 points)`, or a dash. */
export function driveChange(
  metric: MetricName,
  { change, changeLow, changeHigh }: Pick<DriveMember, 'change' | 'changeLow' | 'changeHigh'>,
): string {
  if (change === undefined) return NOTHING;
  const { unit } = METRICS[metric];
  const range =
    changeLow === undefined || changeHigh === undefined
      ? ''
      : ` (${formatChange(unit, changeLow)} to ${formatChange(unit, changeHigh)})`;
  return `${formatChange(unit, change)}${range}`;
}

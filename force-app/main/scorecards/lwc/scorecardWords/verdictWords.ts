import { METRICS } from 'c/callContract';
import type { MetricUnit, Verdict } from 'c/callContract';
import { formatChange, formatChangeRange, formatCount, formatFigure, formatSigned } from 'c/figureFormat';
import type { Comparison, Scorecard, ScorecardMetric } from 'c/scorecardRecords';

const WORDS: Readonly<Record<Verdict, string>> = {
  improved: 'Improved',
  noEvidence: 'No evidence',
  declined: 'Declined',
};

/** The verdict in a word or two, as a table shows it. */
export function verdictWord(verdict: Verdict): string {
  return WORDS[verdict];
}

/** `No evidence of change since Q2 2026: +7, likely −4 to +17`; undefined where there is nothing to compare with. */
export function scoreVerdictWords(card: Scorecard): string | undefined {
  const { verdict, change, changeLow, changeHigh, previousLabel } = card;
  if (verdict === undefined || change === undefined) return undefined;
  const beginning = verdict === 'noEvidence' ? 'No evidence of change' : WORDS[verdict];
  const likely =
    changeLow === undefined || changeHigh === undefined
      ? ''
      : `, likely ${wholePoints(changeLow)} to ${wholePoints(changeHigh)}`;
  return `${beginning} since ${previousLabel ?? 'the quarter before'}: ${wholePoints(change)}${likely}.`;
}

/**
 * What the change of a metric says, with the numbers it rests on: `Improved: 18.2% now, 14% in Q2 2026. Difference +4.2
 * points, likely +0.6 to +7.9.` Undefined where there is nothing to compare with.
 */
export function metricVerdictWords(
  metric: ScorecardMetric,
  { daysWorked, previousLabel = 'the quarter before' }: Pick<Scorecard, 'daysWorked' | 'previousLabel'>,
): string | undefined {
  const { verdict, change } = metric;
  if (verdict === undefined || change === undefined) return undefined;
  const { unit } = METRICS[metric.name];
  const difference = `${formatChange(unit, change)}${likelyChange(unit, metric)}`;
  if (verdict === 'noEvidence')
    return `No evidence of change: ${difference}. ${basisOf(metric)} a change this small can’t be told from luck.`;
  if (metric.name === 'attainment') return attainmentWords(metric, verdict, difference, previousLabel);
  const now = isPerDay(unit) ? perDay(metric.value, daysWorked) : metric.value;
  if (now === undefined) return `${WORDS[verdict]}: ${difference}.`;
  const written = (value: number) => `${formatFigure(unit, value)}${isPerDay(unit) ? ' a day' : ''}`;
  return `${WORDS[verdict]}: ${written(now)} now, ${written(now - change)} in ${previousLabel}. Difference ${difference}.`;
}

/**
 * Where the period before stands on the scale of a metric's value now: counts and sums as many working days of it as
 * have been worked, attainment as much of it as the target to date is of the period's.
 */
export function previousOnScale(metric: ScorecardMetric, daysWorked: number | undefined): number | undefined {
  const { name, value, change, previousValue, target, periodTarget } = metric;
  if (name === 'attainment') {
    const isKnown = previousValue !== undefined && target !== undefined && periodTarget;
    return isKnown ? previousValue * (target / periodTarget) : undefined;
  }
  if (change === undefined) return METRICS[name].grows ? undefined : previousValue;
  if (!isPerDay(METRICS[name].unit)) return value - change;
  return daysWorked === undefined ? undefined : value - change * daysWorked;
}

/** What is compared is the pace: what was won, over the quota of the days so far. */
function attainmentWords(
  { change = 0, previousValue }: ScorecardMetric,
  verdict: Verdict,
  difference: string,
  previousLabel: string,
): string {
  if (previousValue === undefined) return `${WORDS[verdict]}: ${difference}.`;
  const [pace, before] = [previousValue + change, previousValue].map((value) => formatFigure('share', value));
  return `${WORDS[verdict]}: on pace for ${pace}, ${before} in ${previousLabel}. Difference ${difference}.`;
}

function likelyChange(unit: MetricUnit, { changeLow, changeHigh }: Comparison): string {
  if (changeLow === undefined || changeHigh === undefined) return '';
  return `, likely ${formatChangeRange(unit, changeLow, changeHigh)}`;
}

/** `With 118 conversations`: what the range of a share or mean rests on. */
function basisOf({ name, denominator }: ScorecardMetric): string {
  const counted = METRICS[name].denominator;
  const isCount = counted !== undefined && denominator !== undefined && !/amount|quota|days/u.test(counted);
  return isCount ? `With ${formatCount(denominator)} ${counted}` : 'In so short a time';
}

function isPerDay(unit: MetricUnit): boolean {
  return unit === 'count' || unit === 'seconds';
}

function perDay(value: number, daysWorked: number | undefined): number | undefined {
  return daysWorked === undefined || daysWorked <= 0 ? undefined : value / daysWorked;
}

function wholePoints(points: number): string {
  return formatSigned(Math.round(points));
}

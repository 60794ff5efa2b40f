/** A metric's figure of one month or week, from the rep's own calls and records alone. What it lacks is null. */
export interface ShortPeriodFigure {
  /** `YYYY-MM-DD` */
  readonly startDay: string;
  readonly numerator: number;
  readonly denominator: number | null;
  /** In the metric's unit; null where there is nothing to divide by. */
  readonly value: number | null;
  /** The ends of the 95 % range; null for a fact, which has none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** So many weeks are about a quarter. */
export const WEEKS_OF_A_CARD = 13;

/** The way the text is written; a reader leaves one that it does not know unread. */
const VERSION = '1';
const BETWEEN_PERIODS = ';';
const BETWEEN_NUMBERS = ',';
const DECIMALS = 4;

/**
 * A metric's months or weeks as the text of one field: the version, then for each period its first day, numerator,
 * denominator, value, low and high, `1;2026-10-01,142,780,0.1821,0.1566,0.2107;2026-11-01,…`. What a figure lacks is
 * empty. Null without any.
 *
 * @param figures oldest first
 */
export function writeShortPeriods(figures: readonly ShortPeriodFigure[]): string | null {
  if (figures.length === 0) return null;
  const entries = figures.map(({ startDay, numerator, denominator, value, low, high }) =>
    [startDay, ...[numerator, denominator, value, low, high].map(written)].join(BETWEEN_NUMBERS),
  );
  return [VERSION, ...entries].join(BETWEEN_PERIODS);
}

/** The figures that {@link writeShortPeriods} wrote. An entry that is none, such as of a text that was cut, is left out. */
export function readShortPeriods(text: string | null | undefined): ShortPeriodFigure[] {
  const [version, ...entries] = (text ?? '').split(BETWEEN_PERIODS);
  return version === VERSION ? entries.flatMap(figureOf) : [];
}

function figureOf(period: string): ShortPeriodFigure[] {
  const [startDay = '', ...numbers] = period.split(BETWEEN_NUMBERS);
  const [numerator, denominator, value, low, high] = numbers.map(numberIn);
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(startDay) || numerator === undefined || numerator === null) return [];
  if (denominator === undefined || value === undefined || low === undefined || high === undefined) return [];
  return [{ startDay, numerator, denominator, value, low, high }];
}

/** Null for what is empty, undefined for what is no number. */
function numberIn(text: string): number | null | undefined {
  if (text === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function written(number: number | null): string {
  return number === null ? '' : String(Number(number.toFixed(DECIMALS)));
}

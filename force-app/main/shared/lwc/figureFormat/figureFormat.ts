import currency from '@salesforce/i18n/currency';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import type { MetricUnit } from 'c/callContract';

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3_600;
const MS_PER_DAY = 86_400_000;
/** Within so many days a weekday's name can mean one day only. */
const DAYS_NAMED = 6;
/** From here on one call's or one wait's length is told in days. */
const DAYS_FROM_SECONDS = 48 * SECONDS_PER_HOUR;
const MINUS = '\u2212';

/** Made once: a format costs as much as a hundred figures that it writes. */
const AMOUNT = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 });
const SHORT_AMOUNT = new Intl.NumberFormat(locale, {
  style: 'currency',
  currency,
  notation: 'compact',
  maximumFractionDigits: 1,
});
const COUNT = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const SHARE = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
const DAY = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric' });
const MONTH = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: 'numeric' });
const DAY_PARTS = new Intl.DateTimeFormat('en-US', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const FIGURES: Readonly<Record<MetricUnit, (value: number) => string>> = {
  count: formatCount,
  share: formatShare,
  seconds: formatTalkTime,
  duration: formatLength,
  times: (value) => `${formatCount(value)}×`,
  amountPerDay: (value) => `${formatAmount(value)} a day`,
  months: (value) => formatUnits('month', value),
};

/** A figure of a metric as it is read in a table: `118`, `18.2%`, `2 h 05 min`, `3.2×`, `$1,240 a day`. */
export function formatFigure(unit: MetricUnit, value: number): string {
  return FIGURES[unit](value);
}

/**
 * A difference of two figures of a metric with its sign: `+4.2 points` of shares, which are not their percent; counts
 * and sums are compared per working day, `−3.1 a day`.
 */
export function formatChange(unit: MetricUnit, change: number): string {
  if (unit === 'share') return `${formatSigned(change * 100, formatCount)} points`;
  const signed = formatSigned(change, FIGURES[unit]);
  return unit === 'count' || unit === 'seconds' ? `${signed} a day` : signed;
}

/** The likely range of such a difference, its unit as in {@link formatChange} understood: `+0.6 to +7.9`, `−12 s to +3 s`. */
export function formatChangeRange(unit: MetricUnit, low: number, high: number): string {
  const end = (change: number): string => {
    return unit === 'share' ? formatSigned(change * 100) : formatSigned(change, FIGURES[unit]);
  };
  return `${end(low)} to ${end(high)}`;
}

/** `+7`, `−4.5`, `0`: a difference of counts or points, or what the format makes of it. */
export function formatSigned(value: number, format: (size: number) => string = formatCount): string {
  const size = format(Math.abs(value));
  if (size === format(0)) return size;
  return `${value < 0 ? MINUS : '+'}${size}`;
}

/** Money in the org's currency, in whole units: `$9,200`. */
export function formatAmount(amount: number): string {
  return AMOUNT.format(amount);
}

/** Money where room is short: `$9.2K`. */
export function formatShortAmount(amount: number): string {
  return SHORT_AMOUNT.format(amount);
}

export function formatCount(value: number): string {
  return COUNT.format(value);
}

/** Points and scores, at most one decimal. */
export function formatPoints(value: number): string {
  return COUNT.format(value);
}

/** A share from 0 to 1 in percent, one decimal at most. */
export function formatShare(share: number): string {
  return SHARE.format(share);
}

/** The length of a call as a clock shows it: `4:12`, `1:04:12`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / SECONDS_PER_HOUR);
  const minutes = Math.floor((whole % SECONDS_PER_HOUR) / SECONDS_PER_MINUTE);
  const clock = `${twoDigits(whole % SECONDS_PER_MINUTE)}`;
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${clock}` : `${minutes}:${clock}`;
}

/** Time summed over many calls: `45 s`, `12 min 30 s`, `2 h 05 min`. */
export function formatTalkTime(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < SECONDS_PER_MINUTE) return `${whole} s`;
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE);
  if (whole < SECONDS_PER_HOUR) return `${minutes} min ${twoDigits(whole % SECONDS_PER_MINUTE)} s`;
  return `${formatCount(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`;
}

/** How long one thing took: as summed time, and in days once it took two of them. */
export function formatLength(seconds: number): string {
  return seconds < DAYS_FROM_SECONDS
    ? formatTalkTime(seconds)
    : formatUnits('day', (seconds * 1_000) / MS_PER_DAY);
}

/** A call's length as it is spoken, in its largest unit: `4 minutes`, `45 seconds`. */
export function spokenDuration(seconds: number): string {
  const inMinutes = seconds >= SECONDS_PER_MINUTE;
  const value = Math.round(inMinutes ? seconds / SECONDS_PER_MINUTE : seconds);
  return formatUnits(inMinutes ? 'minute' : 'second', value);
}

/** Hours and minutes of an instant in the user's zone, as the locale writes them: `9:42 AM`. */
export function formatClock(at: Date): string {
  return CLOCK.format(at);
}

/** When something was, as short as it stays clear: `9:42 AM` today, `Tue 9:42 AM` within six days, else `Aug 12, 9:42 AM`. */
export function formatMoment(at: Date, now: Date): string {
  const clock = formatClock(at);
  if (dayInUserZone(at) === dayInUserZone(now)) return clock;
  const isThisWeek = now.getTime() - at.getTime() < DAYS_NAMED * MS_PER_DAY;
  const day = new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(isThisWeek ? { weekday: 'short' } : { month: 'short', day: 'numeric' }),
  }).format(at);
  return isThisWeek ? `${day} ${clock}` : `${day}, ${clock}`;
}

/** A day `YYYY-MM-DD` as a list shows it: `Aug 12`. */
export function formatDay(day: string): string {
  return DAY.format(startOf(day));
}

/** The month of its first day `YYYY-MM-DD`: `Nov 2026`. */
export function formatMonth(firstDay: string): string {
  return MONTH.format(startOf(firstDay));
}

/** Days `YYYY-MM-DD` from one to another as the locale writes them: `Nov 23 – 29`. */
export function formatDays(firstDay: string, lastDay: string): string {
  return DAY.formatRange(startOf(firstDay), startOf(lastDay));
}

/** The day of an instant in the user's zone, `YYYY-MM-DD`. */
export function dayInUserZone(at: Date): string {
  const parts = DAY_PARTS.formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The day so many days after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return new Date(startOf(day).getTime() + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days without a zone are written as those of UTC. */
function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function formatUnits(unit: 'second' | 'minute' | 'day' | 'month', value: number): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(value);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

import { METRICS } from 'c/callContract';
import type { Lever } from 'c/callContract';
import { formatFigure, formatPoints, formatShortAmount } from 'c/figureFormat';

/** What to do: `Close the Acme renewal ($9K, open)`, `About 130 more dials at your rate`. */
export function leverWords(lever: Lever, dealName: string | undefined): string {
  const { kind, metric, amount } = lever;
  if (kind === 'opportunity')
    return `Close ${dealName ?? 'an open deal'} (${formatShortAmount(amount)}, open)`;
  if (kind === 'commitments')
    return `Finish ${formatFigure('count', amount)} ${amount === 1 ? 'commitment' : 'commitments'} in time`;
  const { unit, label } = METRICS[metric];
  return `About ${formatFigure(unit, amount)} more ${label.toLowerCase()} at your rate`;
}

/** What it gives: `+4.5 if won`, `+2.7 (1.9 to 3.4)` points. */
export function gainWords({ kind, gain, low, high }: Lever): string {
  const most = `+${formatPoints(gain)}`;
  return kind === 'opportunity'
    ? `${most} if won`
    : `${most} (${formatPoints(low)} to ${formatPoints(high)})`;
}

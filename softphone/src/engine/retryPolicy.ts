/** How long to wait before the next try, in milliseconds; `failures` counts those since the last success. */
export type RetryPolicy = (failures: number, fraction: number) => number;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/**
 * Doubles from half a second to thirty seconds. Half of each delay is random (`fraction` in [0, 1)),
 * so that the phones of a company do not return all at once after an outage.
 */
export const doublingRetry: RetryPolicy = (failures, fraction) => {
  const fullMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures, 16));
  return fullMs / 2 + (fullMs / 2) * fraction;
};

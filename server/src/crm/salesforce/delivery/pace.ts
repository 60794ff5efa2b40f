/** How the relay stands with an org's daily requests. */
export interface ApiBudget {
  /** The relay's own requests of the last 24 hours. */
  readonly ownRequests: number;
  /** Those of all the org's clients, as its last answer told; null before the first. */
  readonly usedRequests: number | null;
  /** What the org allows in 24 hours; null before the first answer. */
  readonly dailyRequests: number | null;
  /** The fraction of it that the admin leaves to the relay. */
  readonly share: number;
}

/** While there is plenty: a saved call is in the org within five seconds. */
export const FRESH_SECONDS = 2;
/** With nothing left: six requests an hour, whatever happens. */
export const COARSE_SECONDS = 600;
/** Up to this part of the share, requests are not counted. */
const PLENTY = 0.5;
/** Of all clients' requests together: the rest is not the relay's to take. */
const RESERVE = 0.05;

/**
 * Seconds between two requests. Fresh until half of the share is used, then longer by the same factor for every
 * further part of it, up to the coarsest. When all clients together have nearly used the org's day, the coarsest.
 */
export function requestIntervalSeconds({
  ownRequests,
  usedRequests,
  dailyRequests,
  share,
}: ApiBudget): number {
  if (dailyRequests === null) return FRESH_SECONDS;
  if ((usedRequests ?? 0) >= dailyRequests * (1 - RESERVE)) return COARSE_SECONDS;
  const allowance = dailyRequests * share;
  if (allowance <= 0) return COARSE_SECONDS;
  const scarcity = Math.min(1, Math.max(0, (ownRequests / allowance - PLENTY) / (1 - PLENTY)));
  return FRESH_SECONDS * (COARSE_SECONDS / FRESH_SECONDS) ** scarcity;
}

const LONGEST_PAUSE_SECONDS = 60;
/** The org counts its requests over 24 hours, so its limit does not open again within a minute. */
const LIMIT_PAUSE_SECONDS = 300;
const LONGEST_RETRY_SECONDS = 900;

/**
 * Seconds for which an org is left alone after so many requests in a row failed as a whole (a circuit breaker: the
 * first request after the pause is a small one).
 *
 * @param random from 0 to 1: relays that failed together do not come back together
 */
export function pauseSeconds(failures: number, code: string, random: number): number {
  if (code === 'REQUEST_LIMIT_EXCEEDED') return LIMIT_PAUSE_SECONDS * (1 + random / 10);
  return Math.min(LONGEST_PAUSE_SECONDS, 2 ** (failures - 1)) * (0.5 + random / 2);
}

/** Seconds until a refused record is tried again, growing with its attempts and never twice the same. */
export function retrySeconds(attempts: number, random: number): number {
  return Math.min(LONGEST_RETRY_SECONDS, 2 ** attempts) * (0.5 + random / 2);
}

/** A request that failed or timed out may have been too much for the org: the next one asks for less. */
export function rowsPerRequest(failures: number, most: number): number {
  return Math.max(1, Math.floor(most / 2 ** failures));
}

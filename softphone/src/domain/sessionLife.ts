/** The share of a session's life after which it is renewed, as the contract of `POST /v1/sessions` asks. */
const RENEWAL_SHARE = 0.7;
const SHORTEST_LIFE_MS = 60_000;
const LONGEST_LIFE_MS = 600_000;

/**
 * Milliseconds from now until a session is renewed. The life left is read on this computer's clock, which may be
 * wrong by hours: it is held between one and ten minutes, the longest the relay grants.
 */
export function renewalDelayMs(nowEpochMs: number, expiresAtEpochSeconds: number): number {
  const lifeMs = expiresAtEpochSeconds * 1_000 - nowEpochMs;
  return Math.min(LONGEST_LIFE_MS, Math.max(SHORTEST_LIFE_MS, lifeMs)) * RENEWAL_SHARE;
}

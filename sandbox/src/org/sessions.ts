import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Gives out access tokens and reads them back. */
export interface Sessions {
  open(userId: string): string;
  /** The user of a token, or null where it is forged, expired, revoked or another org's. */
  userOf(token: string): string | null;
  revoke(token: string): void;
}

const SESSION_SECONDS = 12 * 60 * 60;

/**
 * Tokens that carry their user and expiry under a signature, so that a restart of the org ends no session. Revoked
 * ones are remembered while the org runs.
 */
export function createSessions(orgId: string, secret: string, nowMs: () => number): Sessions {
  const revoked = new Set<string>();
  const signatureOf = (payload: string): string =>
    createHmac('sha256', secret).update(`session|${orgId}|${payload}`).digest('base64url');
  return {
    open(userId) {
      const expiresAt = Math.floor(nowMs() / 1_000) + SESSION_SECONDS;
      const payload = Buffer.from(`${userId}|${expiresAt}|${randomBytes(9).toString('base64url')}`);
      const text = payload.toString('base64url');
      return `${orgId.slice(0, 15)}!${text}.${signatureOf(text)}`;
    },
    userOf(token) {
      const parts = /^[0-9A-Za-z]{15}!([\w-]+)\.([\w-]+)$/.exec(token);
      const [, payload = '', signature = ''] = parts ?? [];
      if (!parts || revoked.has(token) || !isSame(signature, signatureOf(payload))) return null;
      const [userId = '', expiresAt = '0'] = Buffer.from(payload, 'base64url').toString().split('|');
      return Number(expiresAt) * 1_000 > nowMs() ? userId : null;
    },
    revoke(token) {
      revoked.add(token);
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

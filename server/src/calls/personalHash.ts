import { createHmac } from 'node:crypto';

/**
 * What stands for a phone number where the number itself may not be kept: HMAC-SHA256 in hex, keyed so that nobody
 * without the key can try all numbers, and salted with the org so that two orgs' entries cannot be matched.
 */
export function hashNumber(personalDataKey: Buffer, orgId: string, numberE164: string): string {
  return keyedHash(personalDataKey, ['number', orgId, numberE164]);
}

/** The same for an e-mail address, of which case and surrounding blanks say nothing. */
export function hashEmail(personalDataKey: Buffer, orgId: string, email: string): string {
  return keyedHash(personalDataKey, ['email', orgId, email.trim().toLowerCase()]);
}

/** The same for any list of texts; the list is encoded as JSON so that no two lists read alike. */
export function keyedHash(personalDataKey: Buffer, parts: readonly (string | null)[]): string {
  return createHmac('sha256', personalDataKey).update(JSON.stringify(parts)).digest('hex');
}

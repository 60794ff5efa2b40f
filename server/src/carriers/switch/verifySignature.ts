import { createHmac, timingSafeEqual } from 'node:crypto';
import { SWITCH_SIGNATURE_TOLERANCE_SECONDS, switchSignatureText } from '@scoreline/contract';

const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/u;

/**
 * Whether one of the keys signed this very body, at a time near the relay's. Without keys, or with a header that is
 * not exactly `t=<epoch seconds>,v1=<hex HMAC-SHA256>`, it never is.
 */
export function isSignedBySwitch(
  header: string | undefined,
  rawBody: string,
  switchKeys: readonly string[],
  nowMs: number,
): boolean {
  const [, time, signature] = SIGNATURE.exec(header ?? '') ?? [];
  if (time === undefined || signature === undefined) return false;
  if (Math.abs(nowMs / 1_000 - Number(time)) > SWITCH_SIGNATURE_TOLERANCE_SECONDS) return false;
  const given = Buffer.from(signature, 'hex');
  return switchKeys.some((key) => {
    const expected = createHmac('sha256', key)
      .update(switchSignatureText(Number(time), rawBody))
      .digest();
    return timingSafeEqual(given, expected);
  });
}

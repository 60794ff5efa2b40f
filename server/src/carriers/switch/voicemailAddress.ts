import { createHmac } from 'node:crypto';
import { voicemailClaimText } from '@scoreline/contract';
import type { CallDetail } from '../../calls/index.ts';
import type { Organization } from '../../config.ts';
import { Refusal } from '../../refusal.ts';

const PLAYABLE_SECONDS = 300;

/**
 * Where the switch plays the message that a caller left, for the next minutes. Refuses with `voicemailUnavailable`
 * where there is none, or the switch's HTTP side is not known.
 *
 * @param now epoch milliseconds
 */
export function voicemailAddress(
  { sip }: Organization,
  { callId, voicemailSeconds }: CallDetail,
  now: number,
): string {
  if (voicemailSeconds === null || sip.httpUrl === undefined) throw new Refusal('voicemailUnavailable');
  const expiresAtEpochSeconds = Math.floor(now / 1_000) + PLAYABLE_SECONDS;
  const mac = createHmac('sha256', sip.permitSecret)
    .update(voicemailClaimText(callId, expiresAtEpochSeconds))
    .digest('base64url');
  const address = new URL(`voicemails/${callId}`, sip.httpUrl.replace(/\/*$/u, '/'));
  address.search = new URLSearchParams({ expires: String(expiresAtEpochSeconds), mac }).toString();
  return address.href;
}

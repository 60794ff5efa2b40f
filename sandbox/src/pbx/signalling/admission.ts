import { CALL_ID_HEADER, PERMIT_HEADER } from '@scoreline/contract';
import type { Core } from 'sip.js';
import { type AddressBook, isAddressOfRecord } from './addressOfRecord.ts';
import type { DigestAuthenticator } from './digest.ts';
import type { PermitCheck } from './permitCheck.ts';
import type { Registrar } from './registrar.ts';
import { expiredCredential, refusal, type Reply } from './reply.ts';
import { offersUsableAudio } from './sessionDescription.ts';

/** A call that may be placed. */
export interface AdmittedCall {
  readonly callId: string;
  readonly userId: string;
  readonly numberE164: string;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly call: AdmittedCall }
  | { readonly kind: 'refused'; readonly reply: Reply };

export interface AdmissionOptions {
  readonly addresses: AddressBook;
  readonly digest: DigestAuthenticator;
  readonly registrar: Registrar;
  readonly permits: PermitCheck;
}

/**
 * Judges an INVITE that would begin a call. It is refused without a transaction, so a flood leaves nothing behind:
 *
 * 1. no permit at all (`403` `permitMissing`), before anything costs more than a look
 * 2. an extension that the switch does not have (`420`)
 * 3. the digest (`407`), which must be of the caller's own address of record, registered on this connection (`403`)
 * 4. the permit (`403` `permitInvalid`)
 * 5. sound the switch can't answer (`488`); only now is the permit used up
 */
export function admit(
  message: Core.IncomingRequestMessage,
  connectionId: string,
  { addresses, digest, permits, registrar }: AdmissionOptions,
): Admission {
  const callId = message.getHeader(CALL_ID_HEADER);
  const permit = message.getHeader(PERMIT_HEADER);
  if (callId === undefined || permit === undefined) return refused(refusal('permitMissing'));
  const required = message.getHeaders('require').join(', ');
  if (required !== '') return refused({ statusCode: 420, headers: [`Unsupported: ${required}`] });

  const verdict = digest.verify(message, message.getHeader('proxy-authorization'), connectionId);
  if (verdict.kind === 'challenge')
    return refused({
      statusCode: 407,
      headers: [`Proxy-Authenticate: ${digest.challenge(connectionId, verdict.stale)}`],
    });
  if (verdict.kind === 'expired') return refused(expiredCredential());
  const { userId } = verdict.credential;
  const isRegistered = registrar.bindings(userId).some((binding) => binding.connectionId === connectionId);
  if (!isRegistered || !isAddressOfRecord(message.from.uri, userId, addresses))
    return refused({ statusCode: 403, headers: [] });

  const numberE164 = message.ruri?.user ?? '';
  const permitVerdict = permits.judge({ userId, numberE164, callId, permit });
  if (permitVerdict !== 'granted') return refused(refusal(permitVerdict));
  if (!offersUsableAudio(message.body)) return refused({ statusCode: 488, headers: [] });
  permits.spend(callId);
  return { kind: 'admitted', call: { callId, userId, numberE164 } };
}

function refused(reply: Reply): Admission {
  return { kind: 'refused', reply };
}

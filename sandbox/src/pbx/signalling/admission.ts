import { CALL_ID_HEADER, ECHO_USER, PERMIT_HEADER } from '@scoreline/contract';
import { callIdSchema } from '@scoreline/contract/wire';
import type { Core } from 'sip.js';
import { type AddressBook, isAddressOfRecord } from './addressOfRecord.ts';
import type { DigestAuthenticator } from './digest.ts';
import type { PermitCheck } from './permitCheck.ts';
import type { Registrar } from './registrar.ts';
import { expiredCredential, refusal, type Reply } from './reply.ts';
import { offersUsableAudio } from './sessionDescription.ts';

/** What an INVITE may do. */
export interface AdmittedCall {
  /** `place` a call, `rejoin` one that is up, or hear oneself. */
  readonly purpose: 'place' | 'rejoin' | 'echo';
  readonly callId: string;
  readonly userId: string;
  /** The user part of the address: a number in E.164, `anonymous`, `echo`. */
  readonly destination: string;
}

/** What the switch knows of a call id: a call of this user that is up, where an INVITE rejoins it; one that is over. */
export type CallStanding =
  | { readonly kind: 'running'; readonly destination: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'unknown' };

export type Admission =
  | { readonly kind: 'admitted'; readonly call: AdmittedCall }
  | { readonly kind: 'refused'; readonly reply: Reply };

export interface AdmissionOptions {
  readonly addresses: AddressBook;
  readonly digest: DigestAuthenticator;
  readonly registrar: Registrar;
  readonly permits: PermitCheck;
  readonly standingOf: (callId: string, userId: string) => CallStanding;
}

/**
 * Judges an INVITE that would begin a call. It is refused without a transaction, so a flood leaves nothing behind:
 *
 * 1. no permit at all (`403` `permitMissing`), before anything costs more than a look
 * 2. an extension that the switch does not have (`420`)
 * 3. the digest (`407`), which must be of the caller's own address of record, registered on this connection (`403`)
 * 4. the permit (`403` `permitInvalid`); to rejoin a call that is over is refused with `481`
 * 5. sound the switch can't answer (`488`); only now is the permit used up
 */
export function admit(
  message: Core.IncomingRequestMessage,
  connectionId: string,
  options: AdmissionOptions,
): Admission {
  const { addresses, digest, permits, registrar } = options;
  const destination = message.ruri?.user ?? '';
  const isEcho = destination === ECHO_USER;
  const callId = message.getHeader(CALL_ID_HEADER);
  const permit = message.getHeader(PERMIT_HEADER);
  if (callId === undefined || (permit === undefined && !isEcho)) return refused(refusal('permitMissing'));
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

  const purpose = isEcho ? 'echo' : judgePermit({ callId, permit, userId, destination }, options);
  if (typeof purpose !== 'string') return refused(purpose);
  if (!callIdSchema.safeParse(callId).success) return refused({ statusCode: 400, headers: [] });
  if (!offersUsableAudio(message.body)) return refused({ statusCode: 488, headers: [] });
  if (purpose === 'place') permits.spend(callId);
  return { kind: 'admitted', call: { purpose, callId, userId, destination } };
}

/** What the permit allows, or the refusal. */
function judgePermit(
  asked: {
    readonly callId: string;
    readonly permit: string | undefined;
    readonly userId: string;
    readonly destination: string;
  },
  { permits, standingOf }: AdmissionOptions,
): 'place' | 'rejoin' | Reply {
  const request = { ...asked, numberE164: asked.destination };
  const standing = standingOf(asked.callId, asked.userId);
  const isKnown = standing.kind !== 'unknown';
  const verdict = isKnown ? permits.judgeRunning(request) : permits.judge(request);
  if (verdict !== 'granted') return refusal(verdict);
  if (standing.kind === 'over') return { statusCode: 481, headers: [] };
  if (standing.kind === 'unknown') return 'place';
  return standing.destination === asked.destination ? 'rejoin' : refusal('permitInvalid');
}

function refused(reply: Reply): Admission {
  return { kind: 'refused', reply };
}

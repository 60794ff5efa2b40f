import type { Core } from 'sip.js';
import { admit, type AdmissionOptions } from './admission.ts';
import type { Screening } from './agent.ts';
import { createDigestAuthenticator } from './digest.ts';
import { createPermitCheck, type PermitCheck } from './permitCheck.ts';
import { type Binding, createRegistrar } from './registrar.ts';
import { register, type RegistrationOptions } from './registration.ts';

export interface ScreenOptions {
  readonly orgId: string;
  readonly domain: string;
  readonly credentialSecret: string;
  readonly permitSecret: string;
}

export interface Screen {
  judge(message: Core.IncomingRequestMessage, connectionId: string): Screening;
  /** Where a user's phones are now. */
  phonesOf(userId: string): readonly Binding[];
  readonly permits: PermitCheck;
  forgetConnection(connectionId: string): void;
}

/** What may happen outside a call: registering, calling, and asking whether the switch is there. */
export function createScreen(
  { credentialSecret, domain, orgId, permitSecret }: ScreenOptions,
  standingOf: AdmissionOptions['standingOf'],
  onBound: RegistrationOptions['onBound'],
): Screen {
  const nowMs = (): number => Date.now();
  const nowEpochSeconds = (): number => Math.floor(nowMs() / 1_000);
  const registrar = createRegistrar(nowMs);
  const digest = createDigestAuthenticator({ realm: domain, orgId, credentialSecret, nowEpochSeconds });
  const permits = createPermitCheck({ orgId, permitSecret, nowEpochSeconds });
  const shared = { addresses: { domain }, digest, registrar };
  return {
    forgetConnection: registrar.unbindConnection,
    phonesOf: registrar.bindings,
    permits,
    judge(message, connectionId) {
      switch (message.method) {
        case 'REGISTER':
          return { kind: 'reply', reply: register(message, connectionId, { ...shared, nowMs, onBound }) };
        case 'INVITE': {
          const admission = admit(message, connectionId, { ...shared, permits, standingOf });
          return admission.kind === 'refused'
            ? { kind: 'reply', reply: admission.reply }
            : { kind: 'call', call: admission.call };
        }
        case 'ACK':
        case 'CANCEL':
        case 'OPTIONS':
          return { kind: 'pass' };
        default:
          return {
            kind: 'reply',
            reply: {
              statusCode: 405,
              headers: ['Allow: INVITE, ACK, CANCEL, BYE, INFO, OPTIONS, REFER, REGISTER'],
            },
          };
      }
    },
  };
}

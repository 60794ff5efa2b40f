import { NameAddrHeader, type Core } from 'sip.js';
import { type AddressBook, isAddressOfRecord } from './addressOfRecord.ts';
import type { DigestAuthenticator } from './digest.ts';
import type { Registrar } from './registrar.ts';
import { expiredCredential, type Reply } from './reply.ts';

const LONGEST_BINDING_SECONDS = 600;
/** A wish for all of the user's phones to be forgotten. */
const EVERY_CONTACT = /^(?:contact|m)[ \t]*:[ \t]*\*[ \t]*$/imu;

export interface RegistrationOptions {
  readonly addresses: AddressBook;
  readonly digest: DigestAuthenticator;
  readonly registrar: Registrar;
  readonly nowMs: () => number;
  /** Called once a user's phone is bound to a connection, new or known. */
  readonly onBound: (phone: { userId: string; contactKey: string; connectionId: string }) => void;
}

/**
 * Handles a REGISTER (RFC 3261, section 10.3). The answer needs no transaction: a WebSocket repeats nothing.
 * A binding never outlives the credential that made it.
 */
export function register(
  message: Core.IncomingRequestMessage,
  connectionId: string,
  options: RegistrationOptions,
): Reply {
  const { addresses, digest, registrar } = options;
  const verdict = digest.verify(message, message.getHeader('authorization'), connectionId);
  if (verdict.kind === 'challenge')
    return {
      statusCode: 401,
      headers: [`WWW-Authenticate: ${digest.challenge(connectionId, verdict.stale)}`],
    };
  if (verdict.kind === 'expired') return expiredCredential();
  const { userId, expiresAtEpochSeconds } = verdict.credential;
  if (
    !isAddressOfRecord(message.from.uri, userId, addresses) ||
    !isAddressOfRecord(message.to.uri, userId, addresses)
  )
    return { statusCode: 403, headers: [] };

  if (EVERY_CONTACT.test(message.data)) {
    if (message.getHeader('expires') !== '0') return { statusCode: 400, headers: [] };
    registrar.unbindUser(userId);
  }
  const leftSeconds = expiresAtEpochSeconds - Math.floor(options.nowMs() / 1_000);
  for (const contact of contactsOf(message)) {
    const contactKey = contact.uri.aor;
    const wishedSeconds = secondsWished(contact, message);
    if (wishedSeconds === 0) registrar.unbind(userId, contactKey);
    else {
      const seconds = Math.min(wishedSeconds, LONGEST_BINDING_SECONDS, leftSeconds);
      registrar.bind(userId, {
        contactUri: contact.uri.toString(),
        contactKey,
        connectionId,
        expiresAtMs: options.nowMs() + seconds * 1_000,
      });
      options.onBound({ userId, contactKey, connectionId });
    }
  }
  return { statusCode: 200, headers: bindingHeaders(userId, options) };
}

function bindingHeaders(userId: string, { nowMs, registrar }: RegistrationOptions): string[] {
  const contacts = registrar
    .bindings(userId)
    .map(
      ({ contactUri, expiresAtMs }) =>
        `Contact: <${contactUri}>;expires=${Math.max(1, Math.round((expiresAtMs - nowMs()) / 1_000))}`,
    );
  return [...contacts, `Date: ${new Date(nowMs()).toUTCString()}`];
}

function contactsOf(message: Core.IncomingRequestMessage): NameAddrHeader[] {
  return message
    .getHeaders('contact')
    .map((_, index): unknown => message.parseHeader('contact', index))
    .filter((contact) => contact instanceof NameAddrHeader);
}

function secondsWished(contact: NameAddrHeader, message: Core.IncomingRequestMessage): number {
  const wished = contact.getParam('expires') ?? message.getHeader('expires') ?? '';
  return /^\d{1,9}$/u.test(wished) ? Number(wished) : LONGEST_BINDING_SECONDS;
}

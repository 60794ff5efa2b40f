import type { ErrorName } from '@scoreline/contract';
import type { URI, UserAgent } from 'sip.js';
import type { IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import { PhoneError } from '../domain/phoneError.ts';
import type { Clock } from '../ports/clock.ts';

/** The registrar may grant less; it never outlives the credentials of ten minutes for long. */
const ASKED_SECONDS = 600;
const REFRESH_SHARE = 0.8;
/** SIP's own timer F waits 32 s (RFC 3261, 17.1.2.2), far longer than anything that still works. */
const ANSWER_TIMEOUT_MS = 8_000;

export interface Registration {
  /** Registers, after any request that is in flight; resolves when the registrar has accepted. */
  register(): Promise<void>;
  /** Takes the registration back; resolves when that is answered or has failed. */
  unregister(): Promise<void>;
  /** By the wall clock: timers stand still while the computer sleeps, and the registrar's do not. */
  isCurrent(): boolean;
  /** The connection is gone, and the registration with it. Returns whether one stood. */
  drop(): boolean;
}

export interface RegistrationListener {
  /** A registration that stood is over, or could not be renewed. */
  readonly onLapsed: (error: ErrorName) => void;
  /** The registrar says nothing at all: the connection is dead, whatever it claims. */
  readonly onSilent: () => void;
}

/**
 * REGISTER, built on SIP.js's core. Its `Registerer` stays Registered after a drop, throws while a request is in
 * flight and leaves some answers unreported; here a registration is true only while it is.
 */
export function createRegistration(
  userAgent: UserAgent,
  clock: Clock,
  { onLapsed, onSilent }: RegistrationListener,
): Registration {
  const address = userAgent.configuration.uri;
  let callId: string | undefined;
  let sequence = 0;
  let tail: Promise<unknown> = Promise.resolve();
  let isCurrent = false;
  let expiresAtMs = 0;
  let stopRefresh = (): void => undefined;
  let stopExpiry = (): void => undefined;
  let failPending = (): void => undefined;

  function end(): boolean {
    const stood = isCurrent;
    isCurrent = false;
    stopRefresh();
    stopExpiry();
    return stood;
  }

  function hold(grantedSeconds: number): void {
    end();
    isCurrent = true;
    expiresAtMs = clock.now() + grantedSeconds * 1_000;
    stopRefresh = clock.after(grantedSeconds * 1_000 * REFRESH_SHARE, refresh);
    stopExpiry = clock.after(grantedSeconds * 1_000, () => {
      if (end()) onLapsed('switchUnreachable');
    });
  }

  function refresh(): void {
    register().catch((error: unknown) => {
      onLapsed(error instanceof PhoneError ? error.errorName : 'switchUnreachable');
    });
  }

  async function attempt(): Promise<void> {
    let answer = await request(ASKED_SECONDS);
    const shortest = Number(answer.getHeader('min-expires'));
    if (answer.statusCode === 423 && shortest > ASKED_SECONDS) answer = await request(shortest);
    const granted = isAccepted(answer) ? grantedSeconds(answer, userAgent.contact.uri) : 0;
    if (granted > 0) return hold(granted);
    end();
    throw new PhoneError(isServerFault(answer) ? 'switchUnreachable' : 'registrationRefused');
  }

  function request(expiresSeconds: number): Promise<IncomingResponseMessage> {
    const core = userAgent.userAgentCore;
    const registrar = address.clone();
    registrar.user = undefined;
    const contact = `${userAgent.contact.toString({ register: true })};expires=${expiresSeconds}`;
    sequence += 1;
    const options = { cseq: sequence, ...(callId === undefined ? {} : { callId }) };
    const headers = [`Contact: ${contact}`, 'Allow: ACK, BYE, CANCEL, INFO, INVITE, NOTIFY, OPTIONS'];
    const message = core.makeOutgoingRequestMessage(
      'REGISTER',
      registrar,
      address,
      address,
      options,
      headers,
    );
    // All registrations of a page are one series (RFC 3261, 10.2).
    callId = message.callId;
    return new Promise((resolve, reject) => {
      failPending = () => reject(new PhoneError('switchUnreachable'));
      const stopTimeout = clock.after(ANSWER_TIMEOUT_MS, () => {
        failPending();
        onSilent();
      });
      const settle = ({ message: answer }: { message: IncomingResponseMessage }): void => {
        stopTimeout();
        // A challenge was answered under the next number.
        sequence = Math.max(sequence, message.cseq);
        resolve(answer);
      };
      core.register(message, { onAccept: settle, onReject: settle, onRedirect: settle });
    });
  }

  function inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = tail.then(action);
    tail = result.catch(() => undefined);
    return result;
  }

  const register = (): Promise<void> => inTurn(attempt);

  return {
    register,
    unregister: () =>
      inTurn(async () => {
        if (end()) await request(0).catch(() => undefined);
      }),
    isCurrent: () => isCurrent && clock.now() < expiresAtMs,
    drop() {
      const stood = end();
      failPending();
      return stood;
    },
  };
}

function isAccepted(answer: IncomingResponseMessage): boolean {
  return answer.statusCode !== undefined && answer.statusCode >= 200 && answer.statusCode < 300;
}

/** SIP.js answers 408 itself when nobody does, and 503 when the connection is closed. */
function isServerFault({ statusCode = 503 }: IncomingResponseMessage): boolean {
  return statusCode === 408 || (statusCode >= 500 && statusCode < 600);
}

/** How long the registrar keeps this phone's contact; 0 when its answer does not list it (RFC 3261, 10.3, step 8). */
function grantedSeconds(answer: IncomingResponseMessage, own: URI): number {
  const contacts = answer.getHeaders('contact');
  const mine = contacts.findIndex((contact) => own.user !== undefined && contact.includes(own.user));
  if (mine < 0) return 0;
  const expires = /;\s*expires=(\d+)/iu.exec(contacts[mine] ?? '')?.[1] ?? answer.getHeader('expires');
  return expires === undefined ? ASKED_SECONDS : Number(expires);
}

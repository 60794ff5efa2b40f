import type { ErrorName } from '@scoreline/contract';
import type { SessionResponse } from '@scoreline/contract/wire';
import { ERROR_ROWS } from '../domain/errorRows.ts';
import { errorNameOf, PhoneError } from '../domain/phoneError.ts';
import type { PhoneChange } from '../domain/phoneReducer.ts';
import { renewalDelayMs } from '../domain/sessionLife.ts';
import type { CallGateway, SipAccount } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Relay } from '../ports/relay.ts';
import type { RetryPolicy } from './retryPolicy.ts';

export interface ConnectionParts {
  readonly fetchOrgToken: () => Promise<string>;
  readonly relay: Relay;
  readonly gateway: CallGateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly retryPolicy: RetryPolicy;
  readonly dispatch: (change: PhoneChange) => void;
  /** Called each time the phone has a session and is registered. */
  readonly onReady: () => void;
}

export interface Connection {
  /** Connects now, without regard to the backoff. */
  connectNow(): void;
  /** The page may have missed something: finds out what still stands, and mends the rest without backoff. */
  verify(isNetworkNew: boolean): void;
  isRegistered(): boolean;
  /** Resolves when the phone is registered, now or later. */
  whenRegistered(): Promise<void>;
  /** Who the relay says this phone belongs to, `<org>:<user>`; undefined before the first session. */
  owner(): string | undefined;
  /** Those that the session brought; undefined before the first one. */
  iceServers(): SipAccount['iceServers'] | undefined;
  /** Runs a request with the relay token; once more with a new one where the relay no longer takes it. */
  withToken<Answer>(send: (relayToken: string) => Promise<Answer>): Promise<Answer>;
  /** Ends all timers. The gateway is closed by its owner. */
  close(): void;
}

/**
 * Keeps a session at the relay and a registration at the switch: token of the org → session → register; again with
 * backoff after a fault, and with new credentials after 70 % of the session's life.
 */
export function createConnection(parts: ConnectionParts): Connection {
  const { gateway, clock } = parts;
  let session: SessionResponse | undefined;
  let renewAtMs = 0;
  /** The same by the wall clock: the other one stands still while some computers sleep. */
  let renewAtWallMs = 0;
  let opening: Promise<SessionResponse> | undefined;
  let isConnecting = false;
  let connectAgain = false;
  let isClosed = false;
  let failures = 0;
  let waiting: (() => void)[] = [];
  let stopRetry = (): void => undefined;
  let stopRenewal = (): void => undefined;

  function openSession(): Promise<SessionResponse> {
    opening ??= requestSession().finally(() => {
      opening = undefined;
    });
    return opening;
  }

  async function requestSession(): Promise<SessionResponse> {
    const opened = await parts.relay.openSession(await orgToken(parts.fetchOrgToken));
    session = opened;
    const delayMs = renewalDelayMs(clock.now(), opened.expiresAtEpochSeconds);
    renewAtMs = clock.elapsed() + delayMs;
    renewAtWallMs = clock.now() + delayMs;
    stopRenewal();
    if (!isClosed) stopRenewal = clock.after(delayMs, connectNow);
    return opened;
  }

  async function connect(): Promise<void> {
    const isFresh = session !== undefined && clock.elapsed() < renewAtMs && clock.now() < renewAtWallMs;
    const { sip } = isFresh && session !== undefined ? session : await openSession();
    if (!isClosed) await gateway.connect(sip);
  }

  function retryLater(): void {
    stopRetry();
    if (!isClosed) stopRetry = clock.after(parts.retryPolicy(failures, parts.random.fraction()), connectNow);
  }

  function failed(error: unknown): void {
    const isAskedAgain = connectAgain;
    isConnecting = false;
    connectAgain = false;
    if (isClosed) return;
    const name = errorNameOf(error, 'unexpected');
    failures += 1;
    if (name === 'registrationRefused') renewAtMs = 0;
    // A renewal that fails leaves a registration that still stands: nothing has changed for the rep.
    if (!gateway.isRegistered()) parts.dispatch({ kind: 'connectFailed', error: name });
    // What was asked for meanwhile may find another network than this attempt did.
    if (isAskedAgain) connectNow();
    else retryLater();
  }

  function succeeded(): void {
    if (!gateway.isRegistered()) {
      failed(new PhoneError('switchUnreachable'));
      return;
    }
    isConnecting = false;
    failures = 0;
    if (isClosed) return;
    parts.dispatch({ kind: 'registered' });
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
    parts.onReady();
    if (connectAgain) connectNow();
  }

  function connectNow(): void {
    if (isClosed) return;
    // What is under way may have begun with credentials that are not the newest.
    connectAgain = isConnecting;
    if (isConnecting) return;
    isConnecting = true;
    stopRetry();
    connect().then(succeeded, failed);
  }

  gateway.onLost((error: ErrorName) => {
    if (isClosed) return;
    if (error === 'registrationRefused') renewAtMs = 0;
    parts.dispatch({ kind: 'connectionLost', error });
    retryLater();
  });

  return {
    connectNow,
    verify(isNetworkNew) {
      if (isClosed) return;
      gateway.verify(isNetworkNew);
      if (!gateway.isRegistered()) connectNow();
    },
    isRegistered: () => gateway.isRegistered(),
    whenRegistered: () =>
      gateway.isRegistered()
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
    owner: () => (session === undefined ? undefined : `${session.orgId}:${session.userId}`),
    iceServers: () => session?.sip.iceServers,
    async withToken(send) {
      const used = session ?? (await openSession());
      try {
        return await send(used.relayToken);
      } catch (error) {
        if (ERROR_ROWS[errorNameOf(error, 'unexpected')].status !== 401) throw error;
        const renewed = session === used || session === undefined ? await openSession() : session;
        // The switch must learn the new credentials too.
        connectNow();
        return send(renewed.relayToken);
      }
    },
    close() {
      isClosed = true;
      stopRetry();
      stopRenewal();
    },
  };
}

/** The org's token. The page's own network failing is no fault of the set-up; anything else the org says is. */
async function orgToken(fetchOrgToken: () => Promise<string>): Promise<string> {
  try {
    return await fetchOrgToken();
  } catch (error) {
    if (error instanceof PhoneError) throw error;
    throw new PhoneError(error instanceof TypeError ? 'relayUnreachable' : 'phoneNotSetUp', { cause: error });
  }
}

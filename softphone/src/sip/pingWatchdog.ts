import type { UserAgent } from 'sip.js';
import type { Clock } from '../ports/clock.ts';

const INTERVAL_MS = 20_000;
const ANSWER_TIMEOUT_MS = 5_000;

/** Where there is reason to doubt the connection: a switch that is there answers long before. */
const DOUBT_TIMEOUT_MS = 1_000;

export interface PingWatchdog {
  /** Asks now, and gives the connection up unless the answer comes soon. */
  check(): void;
  start(): void;
  stop(): void;
}

/**
 * Finds out that a connection is dead though no close ever came: a suspended laptop, a changed network. SIP.js's
 * keep-alive never misses its pong. Any answer to OPTIONS will do, a refusal included.
 */
export function createPingWatchdog(userAgent: UserAgent, clock: Clock, onDead: () => void): PingWatchdog {
  let stopInterval = (): void => undefined;
  let stopTimeout = (): void => undefined;

  function ping(timeoutMs: number): void {
    const address = userAgent.configuration.uri;
    const target = address.clone();
    target.user = undefined;
    const core = userAgent.userAgentCore;
    const message = core.makeOutgoingRequestMessage('OPTIONS', target, address, target, {});
    stopTimeout();
    stopTimeout = clock.after(timeoutMs, onDead);
    const answered = (): void => stopTimeout();
    core.request(message, { onAccept: answered, onRedirect: answered, onReject: answered });
  }

  function stop(): void {
    stopInterval();
    stopTimeout();
  }

  return {
    check: () => ping(DOUBT_TIMEOUT_MS),
    start() {
      stop();
      stopInterval = clock.every(INTERVAL_MS, () => ping(ANSWER_TIMEOUT_MS));
    },
    stop,
  };
}

import type { UserAgent } from 'sip.js';
import type { Clock } from '../ports/clock.ts';

const INTERVAL_MS = 20_000;
const ANSWER_TIMEOUT_MS = 5_000;

export interface PingWatchdog {
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

  function ping(): void {
    const address = userAgent.configuration.uri;
    const target = address.clone();
    target.user = undefined;
    const core = userAgent.userAgentCore;
    const message = core.makeOutgoingRequestMessage('OPTIONS', target, address, target, {});
    stopTimeout();
    stopTimeout = clock.after(ANSWER_TIMEOUT_MS, onDead);
    const answered = (): void => stopTimeout();
    core.request(message, { onAccept: answered, onRedirect: answered, onReject: answered });
  }

  function stop(): void {
    stopInterval();
    stopTimeout();
  }

  return {
    start() {
      stop();
      stopInterval = clock.every(INTERVAL_MS, ping);
    },
    stop,
  };
}

import type { ErrorName, PhoneSnapshot, PreflightCheck, PreflightResult } from '@scoreline/contract';
import { lineMeans, NEW_LINE, readLine } from '../domain/lineQuality.ts';
import { PhoneError } from '../domain/phoneError.ts';
import type { Line, SipAccount } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaChecks } from '../ports/mediaChecks.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface PreflightParts {
  readonly screen: SnapshotStore;
  readonly clock: Clock;
  readonly media: MediaChecks;
  /** How loud the microphone is now, 0 to 1; it is open for the whole check. */
  readonly inputLevel: () => number;
  readonly openMicrophone: () => Promise<void>;
  readonly connectNow: () => void;
  /** Those of the session; undefined before there is one. */
  readonly iceServers: () => SipAccount['iceServers'] | undefined;
  readonly placeEchoCall: () => Promise<Line>;
}

type Outcome = Omit<PreflightResult, 'check'>;

const PASSED: Outcome = { result: 'passed' };
const SKIPPED: Outcome = { result: 'skipped' };
/** Softer than any room: a switch on the headset, or in the system, is off. */
const SILENT_LEVEL = 0.001;
const SOUND_TIMEOUT_MS = 4_000;
const CONNECT_TIMEOUT_MS = 8_000;
const POLL_MS = 100;
const ECHO_SECONDS = 3;
const POOR_MOS = 3.5;

/** What a check needs from those before it: without a microphone or a connection there is no line to measure. */
const NEEDS: Readonly<Record<PreflightCheck, readonly PreflightCheck[]>> = {
  microphone: [],
  socket: [],
  turn: ['socket'],
  codec: [],
  mos: ['microphone', 'socket', 'codec'],
};

/** Runs one check after those before it. Resolves with its result, never rejects. */
export async function runCheck(
  parts: PreflightParts,
  check: PreflightCheck,
  earlier: readonly PreflightResult[],
): Promise<PreflightResult> {
  const isPrevented = earlier.some(
    ({ check: name, result }) => result === 'failed' && NEEDS[check].includes(name),
  );
  if (isPrevented) return { check, ...SKIPPED };
  try {
    return { check, ...(await CHECKS[check](parts)) };
  } catch (error) {
    return { check, result: 'failed', error: error instanceof PhoneError ? error.errorName : 'unexpected' };
  }
}

const CHECKS: Readonly<Record<PreflightCheck, (parts: PreflightParts) => Promise<Outcome>>> = {
  async microphone({ openMicrophone, inputLevel, clock }) {
    await openMicrophone();
    const hears = await until(clock, SOUND_TIMEOUT_MS, () => inputLevel() > SILENT_LEVEL);
    return hears ? PASSED : failed('microphoneSilent');
  },
  async socket({ screen, clock, connectNow }) {
    const isReady = ({ phoneState }: PhoneSnapshot): boolean => phoneState === 'ready';
    if (!isReady(screen.get())) connectNow();
    const connects = await until(clock, CONNECT_TIMEOUT_MS, () => isReady(screen.get()));
    return connects ? PASSED : failed(screen.get().error ?? 'switchUnreachable');
  },
  async turn({ iceServers, media }) {
    const servers = (iceServers() ?? []).filter(({ urls }) => urls.some((url) => /^turns?:/u.test(url)));
    if (servers.length === 0) return SKIPPED;
    return (await media.reachesTurn(servers)) ? PASSED : failed('turnUnreachable');
  },
  async codec({ media }) {
    return (await media.offersCodec()) ? PASSED : failed('codecMissing');
  },
  async mos({ placeEchoCall, clock }) {
    const line = await placeEchoCall();
    let history = NEW_LINE;
    for (let second = 0; second <= ECHO_SECONDS; second += 1) {
      if (second > 0) await passed(clock, 1_000);
      const reading = await line.measure();
      if (reading !== undefined) history = readLine(history, reading);
    }
    line.hangUp();
    const { mos = 1 } = lineMeans(history);
    return { ...(mos < POOR_MOS ? failed('linePoor') : PASSED), mos };
  },
};

function failed(error: ErrorName): Outcome {
  return { result: 'failed', error };
}

function until(clock: Clock, timeoutMs: number, isSo: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const endsAtMs = clock.elapsed() + timeoutMs;
    const look = (): void => {
      if (!isSo() && clock.elapsed() < endsAtMs) return;
      stop();
      resolve(isSo());
    };
    const stop = clock.every(POLL_MS, look);
    look();
  });
}

function passed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}

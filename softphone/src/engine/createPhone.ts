import type { DialAnswer, DialRequest, PhoneOptions } from '@scoreline/contract';
import type { Acknowledgement } from '@scoreline/contract/wire';
import type { OutboxBatch } from '../domain/outbox.ts';
import { errorNameOf, isMicrophoneFault, PhoneError } from '../domain/phoneError.ts';
import { answerDial } from '../domain/phoneReducer.ts';
import type { LeftCalls } from '../domain/runningCall.ts';
import type { AudioDevices } from '../ports/audioDevices.ts';
import type { CallGateway } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeftCallsStore } from '../ports/leftCallsStore.ts';
import type { MediaChecks } from '../ports/mediaChecks.ts';
import type { OutboxStore } from '../ports/outboxStore.ts';
import type { Random } from '../ports/random.ts';
import type { Relay } from '../ports/relay.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { keepCalls } from './callKeeper.ts';
import { createCallerRecords } from './callerRecords.ts';
import type { CallerRecords } from './callerRecords.ts';
import type { Calls } from './calls.ts';
import { createCalls } from './calls.ts';
import type { Connection } from './connection.ts';
import { createConnection } from './connection.ts';
import type { OutboxSender } from './outboxSender.ts';
import { createOutboxSender } from './outboxSender.ts';
import type { LeadingPhone } from './leadingPhone.ts';
import type { RecentCalls } from './recentCalls.ts';
import { createRecentCalls } from './recentCalls.ts';
import type { RetryPolicy } from './retryPolicy.ts';
import { createSoundChecks } from './soundChecks.ts';
import type { SnapshotStore } from './snapshotStore.ts';
import { createSnapshotStore } from './snapshotStore.ts';

export interface PhoneParts {
  readonly gateway: CallGateway;
  readonly relay: Relay;
  readonly store: OutboxStore;
  /** Where calls are written down for the page or tab after this one; absent where they are not. */
  readonly leftCalls?: LeftCallsStore | undefined;
  readonly audio: AudioDevices;
  readonly media: MediaChecks;
  readonly clock: Clock;
  readonly random: Random;
  readonly retryPolicy: RetryPolicy;
  readonly reportFault: ReportFault;
}

/** How many clicks are remembered, so that a repeated message is answered as it was the first time. */
const REMEMBERED_REQUESTS = 100;

/** A phone whose calls can be left to another page or tab, and taken over from it. */
export type EnginePhone = LeadingPhone & Pick<Calls, 'running' | 'rejoin'>;

/** Puts the phone together and starts it, with the calls that an earlier page or another tab has left to it. */
export function createPhone(options: PhoneOptions, parts: PhoneParts, left?: LeftCalls): EnginePhone {
  const { clock, random, retryPolicy, reportFault, relay, gateway } = parts;
  const { isOutcomeOptional = false } = options;
  const screen = createSnapshotStore(reportFault);
  const connection: Connection = createConnection({
    fetchOrgToken: options.fetchOrgToken,
    relay,
    gateway,
    clock,
    random,
    retryPolicy,
    dispatch: screen.dispatch,
    onReady: () => {
      outbox.sendNow();
      records.sendNow();
      recent.refresh();
      dialWaiting(screen, calls, isOutcomeOptional);
    },
  });
  const recent: RecentCalls = createRecentCalls({ screen, connection, relay, clock, reportFault });
  const records: CallerRecords = createCallerRecords({ screen, connection, relay, reportFault });
  const outbox: OutboxSender = createOutboxSender({
    store: parts.store,
    clock,
    random,
    retryPolicy,
    owner: connection.owner,
    deliver: (batch) => deliver(connection, relay, batch),
    onAcknowledged: ({ callId, recordId, event }, position) => {
      if (event.kind === 'ended') recent.refresh();
      if (event.kind !== 'outcome') return;
      const saved = { callId, recordId, place: 'relay', savedAtMs: clock.now(), position } as const;
      screen.dispatch({ kind: 'outcomeAcknowledged', saved });
    },
    onRefused: ({ callId, event }, error) => {
      if (event.kind === 'outcome') screen.dispatch({ kind: 'outcomeRefused', callId, error });
    },
    onDelivered: records.sendNow,
    onCounted: (unsent) => screen.dispatch({ kind: 'unsentCounted', unsent }),
    reportFault,
  });
  const calls: Calls = createCalls({
    screen,
    gateway,
    devices: parts.audio,
    isOutcomeOptional,
    clock,
    random,
    owner: connection.owner,
    requestPermit: (request) => connection.withToken((token) => relay.requestPermit(token, request)),
    requestTransfer: (callId, number) =>
      connection.withToken((token) => relay.requestTransfer(token, callId, { number })),
    whenRegistered: connection.whenRegistered,
    requestRejoin: (callId) => connection.withToken((token) => relay.requestRejoin(token, callId)),
    keep: outbox.add,
    send: outbox.sendNow,
    onOffered: records.find,
    onMissed: recent.missed,
    reportFault,
  });
  if (left !== undefined) calls.restore(left);
  const stopKeeping =
    parts.leftCalls &&
    keepCalls({ screen, records: calls.running, store: parts.leftCalls, clock, reportFault });
  parts.audio.onChoices((audio) => screen.dispatch({ kind: 'audioChanged', audio }));
  outbox.load().catch(reportFault).finally(connection.connectNow);
  return facade(parts, {
    screen,
    connection,
    outbox,
    calls,
    recent,
    records,
    left,
    stopKeeping,
    isOutcomeOptional,
  });
}

interface Engine {
  readonly screen: SnapshotStore;
  readonly connection: Connection;
  readonly outbox: OutboxSender;
  readonly calls: Calls;
  readonly recent: RecentCalls;
  readonly records: CallerRecords;
  readonly left: LeftCalls | undefined;
  readonly stopKeeping: (() => void) | undefined;
  readonly isOutcomeOptional: boolean;
}

function facade(parts: PhoneParts, engine: Engine): EnginePhone {
  const { screen, connection, outbox, calls, recent } = engine;
  const { start, hangUpAll, ...ofCalls } = calls;
  const answers = new Map<string, DialAnswer>();
  for (const { call } of engine.left?.records ?? []) answers.set(call.request.requestId, 'dialing');

  function once({ requestId }: DialRequest, ask: () => DialAnswer): DialAnswer {
    const answer = answers.get(requestId) ?? ask();
    remember(answers, requestId, answer);
    return answer;
  }

  function checkAgain(): void {
    checkMicrophone(parts, engine)
      .then((isUsable) => {
        outbox.sendNow();
        if (isUsable) connection.connectNow();
      })
      .catch(parts.reportFault);
  }

  return {
    get snapshot() {
      return screen.get();
    },
    subscribe: screen.subscribe,
    ...ofCalls,
    dial: (request) =>
      once(request, () => {
        const answer = answerDial(screen.get(), engine.isOutcomeOptional);
        if (answer === 'dialing') start(request);
        if (answer === 'waiting') {
          screen.dispatch({ kind: 'dialWaits', request });
          // The click is the rep's wish to call now: what stood in the way may be gone.
          if (screen.get().phoneState !== 'starting') checkAgain();
        }
        return answer;
      }),
    addCall: (request, purpose) => once(request, () => calls.addCall(request, purpose)),
    selectInput: (deviceId) => parts.audio.choose('input', deviceId),
    selectOutput: (deviceId) => parts.audio.choose('output', deviceId),
    selectRinger: (deviceId) => parts.audio.choose('ringer', deviceId),
    ...createSoundChecks({ ...parts, screen, calls, connection }),
    hangUp() {
      if (!screen.dispatch({ kind: 'waitingDropped' })) calls.hangUp();
    },
    chooseRecord: engine.records.choose,
    refreshRecent: recent.refresh,
    markMissedSeen: recent.markMissedSeen,
    async voicemailUrl(callId) {
      try {
        const { url } = await connection.withToken((token) => parts.relay.findVoicemail(token, callId));
        return url;
      } catch (error) {
        throw new PhoneError(errorNameOf(error, 'voicemailUnavailable'), { cause: error });
      }
    },
    checkAgain,
    verify(isNetworkNew) {
      outbox.sendNow();
      connection.verify(isNetworkNew);
    },
    abandon() {
      engine.stopKeeping?.();
      connection.close();
      recent.close();
      outbox.close();
      calls.abandon();
      parts.gateway.abandon();
    },
    async close() {
      connection.close();
      recent.close();
      hangUpAll();
      engine.stopKeeping?.();
      outbox.close();
      parts.audio.close();
      await parts.gateway.close();
    },
  };
}

/** Opens the microphone for a moment if it was what stood in the way; true when it does not any more. */
async function checkMicrophone(parts: PhoneParts, { screen }: Engine): Promise<boolean> {
  const { phoneState, error } = screen.get();
  if (phoneState !== 'notReady' || !isMicrophoneFault(error)) return true;
  try {
    await parts.audio.open();
    parts.audio.close();
    return true;
  } catch (fault) {
    screen.dispatch({ kind: 'microphoneFailed', error: errorNameOf(fault, error) });
    return false;
  }
}

function dialWaiting(screen: SnapshotStore, calls: Calls, isOutcomeOptional: boolean): void {
  const phone = screen.get();
  if (phone.waiting !== undefined && answerDial(phone, isOutcomeOptional) === 'dialing')
    calls.start(phone.waiting);
}

function deliver(connection: Connection, relay: Relay, batch: OutboxBatch): Promise<Acknowledgement> {
  return connection.withToken((relayToken) =>
    batch.kind === 'events'
      ? relay.sendEvents(relayToken, batch.callId, {
          events: batch.events,
          ...(batch.inbound === undefined ? {} : { inbound: batch.inbound }),
        })
      : relay.sendOutcome(relayToken, batch.callId, batch.outcome),
  );
}

function remember(answers: Map<string, DialAnswer>, requestId: string, answer: DialAnswer): void {
  answers.set(requestId, answer);
  const [oldest] = answers.keys();
  if (answers.size > REMEMBERED_REQUESTS && oldest !== undefined) answers.delete(oldest);
}

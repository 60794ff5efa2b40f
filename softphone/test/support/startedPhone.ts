import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { PhoneSnapshot } from '@scoreline/contract';
import { createRelayClient } from '../../src/browser/relayClient.ts';

import type { EnginePhone } from '../../src/engine/createPhone.ts';
import { createPhone } from '../../src/engine/createPhone.ts';
import { doublingRetry } from '../../src/engine/retryPolicy.ts';
import type { LineEvent } from '../../src/ports/callGateway.ts';
import type { LeftCalls } from '../../src/domain/runningCall.ts';
import type { LeftCallsStore } from '../../src/ports/leftCallsStore.ts';
import type { OutboxStore } from '../../src/ports/outboxStore.ts';
import type { ManualClock } from './manualClock.ts';
import { createManualClock } from './manualClock.ts';
import type { MemoryAudio } from './memoryAudio.ts';
import { createMemoryAudio } from './memoryAudio.ts';
import type { MemoryGateway, PlacedCall } from './memoryGateway.ts';
import { createMemoryGateway } from './memoryGateway.ts';
import { createMemoryOutboxStore } from './memoryOutboxStore.ts';
import type { RelayServer } from './relayServer.ts';
import { startRelayServer } from './relayServer.ts';
import { dialRequest } from './samples.ts';

export interface StartedPhone {
  readonly phone: EnginePhone;
  readonly relay: RelayServer;
  readonly gateway: MemoryGateway;
  readonly audio: MemoryAudio;
  /** What the browser finds out about sound. */
  readonly media: { hasTurn: boolean; hasCodec: boolean };
  readonly clock: ManualClock;
  readonly store: OutboxStore;
  readonly faults: unknown[];
  /** Resolves with the first snapshot that fits, now or later. */
  until(fits: (snapshot: PhoneSnapshot) => boolean): Promise<PhoneSnapshot>;
  /** Resolves with the call that the phone places next, or has placed. */
  placedCall(): Promise<PlacedCall>;
}

export interface StartingPhone {
  readonly relay?: RelayServer;
  readonly store?: OutboxStore;
  readonly gateway?: MemoryGateway;
  readonly audio?: MemoryAudio;
  readonly fetchOrgToken?: () => Promise<string>;
  readonly leftCalls?: LeftCallsStore;
  readonly isOutcomeOptional?: boolean;
  /** What an earlier page left to this one. */
  readonly left?: LeftCalls | undefined;
}

let hexCounter = 0;

/** A phone over a real HTTP relay, with a switch, a microphone and a clock in memory. Ends with the test. */
export async function startPhone(context: TestContext, parts: StartingPhone = {}): Promise<StartedPhone> {
  const relay = parts.relay ?? (await startRelayServer());
  const gateway = parts.gateway ?? createMemoryGateway();
  const audio = parts.audio ?? createMemoryAudio();
  const media = { hasTurn: true, hasCodec: true };
  const store = parts.store ?? createMemoryOutboxStore();
  const clock = createManualClock();
  const faults: unknown[] = [];
  const fetchOrgToken = parts.fetchOrgToken ?? (() => Promise.resolve('org token'));
  const phone = createPhone(
    { relayUrl: relay.url, fetchOrgToken, isOutcomeOptional: parts.isOutcomeOptional },
    {
      gateway,
      relay: createRelayClient(relay.url),
      store,
      audio,
      media: {
        reachesTurn: () => Promise.resolve(media.hasTurn),
        offersCodec: () => Promise.resolve(media.hasCodec),
      },
      clock,
      random: { hex32: nextHex, fraction: () => 0.5 },
      retryPolicy: doublingRetry,
      leftCalls: parts.leftCalls,
      reportFault: (error) => faults.push(error),
    },
    parts.left,
  );
  context.after(async () => {
    await phone.close();
    if (parts.relay === undefined) await relay.close();
  });

  function until(fits: (snapshot: PhoneSnapshot) => boolean): Promise<PhoneSnapshot> {
    return new Promise((resolve) => {
      const stop = phone.subscribe((snapshot) => {
        if (!fits(snapshot)) return;
        resolve(snapshot);
        // The first snapshot comes while subscribing.
        queueMicrotask(() => stop());
      });
    });
  }

  return {
    phone,
    relay,
    gateway,
    audio,
    media,
    clock,
    store,
    faults,
    until,
    async placedCall() {
      await until(({ call }) => call?.state === 'permitted');
      const call = gateway.placed.at(-1);
      if (call === undefined) throw new Error('The phone placed no call');
      return call;
    },
  };
}

/** Lets a second call be placed beside the first, which is held, and answered. */
export async function addAndAnswer(
  started: StartedPhone,
  first: PlacedCall,
  purpose: 'call' | 'consultation' = 'call',
): Promise<PlacedCall> {
  assert.equal(
    started.phone.addCall(dialRequest(`beside: ${purpose}`, '+1 303 555 0100'), purpose),
    'dialing',
  );
  first.report({ kind: 'held' });
  const call = await started.placedCall();
  call.report({ kind: 'dialing' });
  call.report({ kind: 'answered' });
  return call;
}

export const PROSPECT_ENDS: LineEvent = { kind: 'ended', endedBy: 'prospect', cause: 'completed' };

/** Dials once the phone is ready, and lets the prospect answer. */
export async function dialAndAnswer(started: StartedPhone, requestId = 'click 1'): Promise<PlacedCall> {
  await started.until(({ phoneState }) => phoneState === 'ready');
  assert.equal(started.phone.dial(dialRequest(requestId)), 'dialing');
  const call = await started.placedCall();
  call.report({ kind: 'dialing' });
  call.report({ kind: 'ringing', bringsSound: false });
  call.report({ kind: 'answered' });
  return call;
}

function nextHex(): string {
  hexCounter += 1;
  return hexCounter.toString(16).padStart(32, '0');
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneSnapshot } from '@scoreline/contract';
import fc from 'fast-check';
import { isUp, needsOutcome } from '../../src/domain/callReducer.ts';
import type { OutboxItem } from '../../src/domain/outbox.ts';
import { answerDial } from '../../src/domain/phoneReducer.ts';
import { allCalls, findCall } from '../../src/domain/shownCalls.ts';
import type { Calls } from '../../src/engine/calls.ts';
import { createCalls } from '../../src/engine/calls.ts';
import { createSnapshotStore } from '../../src/engine/snapshotStore.ts';
import type { LineModel } from '../support/lineModel.ts';
import { happen } from '../support/lineModel.ts';
import { createManualClock } from '../support/manualClock.ts';
import { createMemoryAudio } from '../support/memoryAudio.ts';
import type { MemoryAudio } from '../support/memoryAudio.ts';
import { createMemoryGateway } from '../support/memoryGateway.ts';
import { callIdOf, dialRequest, OWNER, sessionResponse } from '../support/samples.ts';

/** What the rep, or the switch, does next; the number picks the call it concerns. */
const anyStep = fc.tuple(
  fc.constantFrom(
    'dial',
    'add',
    'consult',
    'offer',
    'answer',
    'reject',
    'hangUp',
    'hold',
    'switch',
    'transfer',
    'complete',
    'cancel',
    'conference',
    'mute',
    'outcome',
    'leaveOut',
    'line',
    'line',
    'line',
    'line',
    'line',
    'line',
  ),
  fc.nat(7),
  fc.nat(7),
);
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

interface World {
  readonly isOutcomeOptional: boolean;
  readonly calls: Calls;
  readonly lines: LineModel[];
  readonly kept: OutboxItem[];
  readonly audio: MemoryAudio;
  readonly faults: unknown[];
  phone(): PhoneSnapshot;
  step(step: Step): Promise<void>;
}

async function createWorld(isOutcomeOptional: boolean): Promise<World> {
  const faults: unknown[] = [];
  const kept: OutboxItem[] = [];
  const lines: LineModel[] = [];
  const clock = createManualClock(1_800_000_000_000);
  const screen = createSnapshotStore((error) => faults.push(error));
  const gateway = createMemoryGateway();
  const audio = createMemoryAudio();
  let minted = 0;
  await gateway.connect(sessionResponse().sip);
  screen.dispatch({ kind: 'registered' });
  const permitFor = (
    callId: string,
  ): Promise<{ callId: string; permit: string; numberE164: string; expiresAtEpochSeconds: number }> =>
    Promise.resolve({ callId, permit: 'v1.1.mac', numberE164: '+13035550142', expiresAtEpochSeconds: 1 });
  const calls = createCalls({
    screen,
    gateway,
    devices: audio,
    isOutcomeOptional,
    clock,
    random: { hex32: () => String((minted += 1)).padStart(32, '0'), fraction: () => 0.5 },
    owner: () => OWNER,
    whenRegistered: () => Promise.resolve(),
    requestPermit: ({ callId }) => permitFor(callId),
    requestTransfer: permitFor,
    requestRejoin: permitFor,
    keep: (item) => Promise.resolve(void kept.push(item)),
    send: () => undefined,
    onOffered: () => undefined,
    onMissed: () => undefined,
    reportFault: (error) => faults.push(error),
  });

  function noticeLines(): void {
    for (const placed of gateway.placed.slice(lines.filter(({ isInbound }) => !isInbound).length))
      lines.push({
        callId: placed.order.callId,
        isInbound: false,
        line: placed,
        state: 'new',
        isHeld: false,
      });
    for (const line of lines) if (line.line.asked.includes('hangUp')) line.state = 'ended';
  }

  function act([kind, which, choice]: Step): void {
    const shown = allCalls(screen.get());
    const callId = shown[which % Math.max(1, shown.length)]?.callId ?? '';
    switch (kind) {
      case 'dial':
        if (answerDial(screen.get(), isOutcomeOptional) === 'dialing') calls.start(dialRequest('click'));
        break;
      case 'add':
      case 'consult':
        calls.addCall(dialRequest('beside'), kind === 'add' ? 'call' : 'consultation');
        break;
      case 'offer': {
        const id = callIdOf((minted += 1));
        const line = gateway.offer(id, '+13035550142');
        if (line !== undefined)
          lines.push({ callId: id, isInbound: true, line, state: 'ringing', isHeld: false });
        break;
      }
      case 'answer':
        return calls.answer(callId);
      case 'reject':
        return calls.reject(callId);
      case 'hangUp':
        return calls.hangUp();
      case 'hold':
        return calls.setHeld(choice % 2 === 0);
      case 'switch':
        return calls.switchTo(callId);
      case 'transfer':
        return calls.transfer('+1 303 555 0199');
      case 'complete':
        return calls.completeTransfer();
      case 'cancel':
        return calls.cancelConsultation();
      case 'conference':
        return calls.startConference();
      case 'mute':
        return calls.setMuted(choice % 2 === 0);
      case 'outcome':
        calls.saveOutcome({ outcome: 'meeting', note: '' }).catch(() => undefined);
        break;
      case 'leaveOut':
        return calls.leaveOutcomeOut(callId);
      case 'line': {
        const open = lines.filter(({ state }) => state !== 'ended');
        const model = open[which % Math.max(1, open.length)];
        if (model !== undefined) happen(model, choice, lines);
      }
    }
  }

  return {
    isOutcomeOptional,
    calls,
    lines,
    kept,
    audio,
    faults,
    phone: screen.get,
    async step(step) {
      clock.advance(10);
      act(step);
      // Everything here settles in promises: no timer is involved.
      await new Promise(setImmediate);
      noticeLines();
    },
  };
}

function check({ lines, audio, faults, phone }: World): void {
  const snapshot = phone();
  assert.deepEqual(faults, []);
  const ids = allCalls(snapshot).map(({ callId }) => callId);
  assert.equal(new Set(ids).size, ids.length, 'no call is shown twice');
  for (const { callId, state, isHeld } of lines) {
    const call = findCall(snapshot, callId);
    if (state === 'ended') assert.ok(call === undefined || call.state === 'ended', `${callId} has ended`);
    else {
      assert.ok(call !== undefined && call.state !== 'ended', `${callId} is ${state}, and is not shown`);
      assert.equal(isUp(call), state === 'up');
      if (state === 'up') assert.equal(call.state === 'held', isHeld, 'hold is what the switch says');
    }
  }
  const open = lines.filter(({ state }) => state !== 'ended');
  const speaking = open.filter(({ line }) => line.isTransmitting);
  assert.ok(speaking.length <= 1, 'only one far end hears the rep');
  for (const { callId, isHeld } of speaking) {
    assert.equal(callId, snapshot.call?.callId, 'the rep speaks in the call that is shown');
    assert.ok(!isHeld && snapshot.call?.muted === false);
  }
  const isIdle = allCalls(snapshot).every(({ state, direction }) =>
    ['ended', direction === 'inbound' ? 'ringing' : 'ended'].includes(state),
  );
  if (!isIdle) assert.ok(audio.isOpen || snapshot.call?.state === 'requesting');
}

function checkLedger({ lines, kept, phone, isOutcomeOptional }: World): void {
  for (const { callId, state } of lines) {
    const events = kept.filter((item) => item.callId === callId).map(({ event }) => event);
    const kinds = events.map(({ kind }) => kind);
    assert.deepEqual(
      events.map(({ sequence }) => sequence),
      kinds.map((_kind, index) => index + 1),
    );
    const isPlaced = kinds.length > 0;
    assert.equal(kinds.filter((kind) => kind === 'ended').length, state === 'ended' && isPlaced ? 1 : 0);
    const call = findCall(phone(), callId);
    // Where outcomes are required, a call that was spoken in leaves the screen with its own, a consultation without one.
    if (!isOutcomeOptional && kinds.includes('answered') && call === undefined) {
      const isConsultation = !kinds.includes('outcome');
      assert.ok(!isConsultation || events.every(({ kind }) => kind !== 'offered'));
    }
    if (call !== undefined && needsOutcome(call)) assert.ok(!kinds.includes('outcome'));
  }
}

test(
  'no order of clicks and events loses a call, doubles one, or shows what the line is not',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 5, maxLength: 60 }),
        fc.boolean(),
        async (steps, isOptional) => {
          const world = await createWorld(isOptional);
          for (const step of steps) {
            await world.step(step);
            check(world);
          }
          checkLedger(world);
        },
      ),
      { numRuns: 300 },
    );
  },
);

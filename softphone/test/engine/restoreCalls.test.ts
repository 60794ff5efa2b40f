import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { LeftCalls } from '../../src/domain/runningCall.ts';
import { SEQUENCE_GAP } from '../../src/domain/runningCall.ts';
import { createCallJournal } from '../../src/engine/callJournal.ts';
import { createManualClock } from '../support/manualClock.ts';
import { createMemoryLeftCalls } from '../support/memoryLeftCalls.ts';
import { createMemoryOutboxStore } from '../support/memoryOutboxStore.ts';
import type { RelayServer } from '../support/relayServer.ts';
import { startRelayServer } from '../support/relayServer.ts';
import { callIdOf, dialRequest, OWNER, requestedCall } from '../support/samples.ts';
import type { StartedPhone } from '../support/startedPhone.ts';
import { dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 10_000 };

interface Pages {
  readonly relay: RelayServer;
  /** A page that writes its calls down. */
  open(left?: LeftCalls): Promise<StartedPhone>;
  left(): LeftCalls | undefined;
}

async function startPages(context: TestContext): Promise<Pages> {
  const relay = await startRelayServer();
  context.after(() => relay.close());
  const store = createMemoryOutboxStore();
  const leftCalls = createMemoryLeftCalls();
  return {
    relay,
    left: leftCalls.left,
    open: (left) => startPhone(context, { relay, store, leftCalls, left }),
  };
}

function aged(left: LeftCalls | undefined, byMs: number): LeftCalls {
  assert.ok(left !== undefined);
  return { ...left, aliveAtMs: left.aliveAtMs - byMs };
}

test(
  'complaint 9: the page after a reload shows the call at once and joins it again',
  LIMIT,
  async (context) => {
    const pages = await startPages(context);
    const before = await pages.open();
    const { order } = await dialAndAnswer(before);
    before.phone.setMuted(true);
    const left = pages.left();
    before.phone.abandon();
    assert.equal(before.audio.isOpen, false);
    assert.deepEqual(pages.left(), left, 'what leaves the phone must not forget the call');

    const after = await pages.open(left);
    const shown = after.phone.snapshot.call;
    assert.deepEqual([shown?.state, shown?.isRejoining, shown?.muted], ['talking', true, true]);
    assert.equal(
      after.phone.dial(dialRequest('click 1')),
      'dialing',
      'this click was dialed by the page before',
    );
    await after.until(() => after.gateway.placed.length === 1);
    const [line] = after.gateway.placed;
    assert.equal(line?.order.callId, order.callId);
    line?.report({ kind: 'answered' });
    assert.equal(after.phone.snapshot.call?.isRejoining, false);
    line?.report(PROSPECT_ENDS);
    await after.phone.saveOutcome({ outcome: 'meeting', note: '' });
    await after.until(({ unsent }) => unsent === 0);
    assert.deepEqual(pages.relay.storedKinds(order.callId), [
      'dialed',
      'ringing',
      'answered',
      'ended',
      'outcome',
    ]);
    assert.deepEqual(pages.left()?.records, []);
  },
);

test('an ended call goes on owing its outcome in the next page', LIMIT, async (context) => {
  const pages = await startPages(context);
  const before = await pages.open();
  const call = await dialAndAnswer(before);
  call.report(PROSPECT_ENDS);
  const left = aged(pages.left(), 3_600_000);
  before.phone.abandon();

  const after = await pages.open(left);
  assert.equal(after.phone.snapshot.call?.state, 'ended');
  await after.until(({ phoneState }) => phoneState === 'ready');
  assert.equal(after.phone.dial(dialRequest('next')), 'refusedOutcomeMissing');
  await after.phone.saveOutcome({ outcome: 'callBack', note: 'Kept' });
  await after.until(({ unsent }) => unsent === 0);
  assert.equal(pages.relay.storedKinds(call.order.callId).at(-1), 'outcome');
  assert.deepEqual(after.gateway.placed, []);
});

test(
  'a call whose phone was gone for too long ended when that was last alive, and owes its outcome',
  LIMIT,
  async (context) => {
    const pages = await startPages(context);
    const before = await pages.open();
    const { order } = await dialAndAnswer(before);
    const left = aged(pages.left(), 50_000);
    before.phone.abandon();

    const after = await pages.open(left);
    const { call } = after.phone.snapshot;
    assert.deepEqual([call?.state, call?.error, call?.endedAtMs], ['ended', 'callLost', left.aliveAtMs]);
    await after.until(({ phoneState, unsent }) => phoneState === 'ready' && unsent === 0);
    assert.equal(pages.relay.storedKinds(order.callId).at(-1), 'ended');
    await after.phone.saveOutcome({ outcome: 'callBack', note: '' });
    assert.deepEqual(after.gateway.placed, []);
  },
);

test('what is noticed only later is dated by when it happened, and numbered behind a gap', () => {
  const clock = createManualClock();
  const journal = createCallJournal(clock, { lastSequence: 3, firstEventAtMs: clock.now() - 600_000 });
  const ended = { kind: 'ended', cause: 'failed', endedBy: 'network' } as const;
  const event = journal.network(ended, clock.now() - 500_000);
  assert.deepEqual(
    [event.sequence, event.elapsedMs, Date.parse(event.at)],
    [3 + SEQUENCE_GAP + 1, 100_000, clock.now() - 500_000],
  );
});

test('a call that still rang out there is joined again, and answered', LIMIT, async (context) => {
  const pages = await startPages(context);
  const before = await pages.open();
  await before.until(({ phoneState }) => phoneState === 'ready');
  before.phone.dial(dialRequest('click 1'));
  const call = await before.placedCall();
  call.report({ kind: 'dialing' });
  call.report({ kind: 'ringing', bringsSound: false });
  const left = pages.left();
  before.phone.abandon();

  const after = await pages.open(left);
  await after.until(() => after.gateway.placed.length === 1);
  const [line] = after.gateway.placed;
  line?.report({ kind: 'answered' });
  const shown = after.phone.snapshot.call;
  assert.deepEqual([shown?.state, shown?.isRejoining], ['talking', false]);
});

test('a click that had not left yet is dialed by the next page, once', LIMIT, async (context) => {
  const pages = await startPages(context);
  const call = requestedCall(callIdOf(7));
  const record = { call, owner: OWNER, lastSequence: 0, firstEventAtMs: Date.now() };
  const after = await pages.open({ aliveAtMs: Date.now(), records: [record] });
  const placed = await after.placedCall();
  assert.equal(after.phone.snapshot.call?.request.requestId, call.request.requestId);
  assert.notEqual(placed.order.callId, call.callId);
  assert.equal(after.gateway.placed.length, 1);
});

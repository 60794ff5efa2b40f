import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineEvent } from '../../src/ports/callGateway.ts';
import type { PlacedCall } from '../support/memoryGateway.ts';
import { createMemoryOutboxStore } from '../support/memoryOutboxStore.ts';
import { startRelayServer } from '../support/relayServer.ts';
import type { StartedPhone } from '../support/startedPhone.ts';
import { dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';
import { when } from '../support/when.ts';

const LIMIT = { timeout: 10_000 };
const GONE: LineEvent = {
  kind: 'ended',
  cause: 'failed',
  endedBy: 'network',
  sipStatus: 481,
  error: 'callLost',
};

async function placedAgain({ gateway }: StartedPhone, times: number): Promise<PlacedCall> {
  await when(() => gateway.placed.length === times);
  return gateway.placed.at(-1) ?? assert.fail();
}

test(
  'complaint 9: a call goes on in the next page, under its id, and in the ledger once',
  LIMIT,
  async (context) => {
    const relay = await startRelayServer();
    context.after(() => relay.close());
    const store = createMemoryOutboxStore();
    const before = await startPhone(context, { relay, store });
    const call = await dialAndAnswer(before);
    const [record] = before.phone.running();
    assert.ok(record !== undefined);
    await before.until(({ unsent }) => unsent === 0);

    const after = await startPhone(context, { relay, store });
    await after.until(({ phoneState }) => phoneState === 'ready');
    after.phone.rejoin(JSON.parse(JSON.stringify(record)) as typeof record);
    after.phone.rejoin(record);
    const shown = after.phone.snapshot.call;
    assert.deepEqual(
      [shown?.state, shown?.isRejoining, shown?.answeredAtMs],
      ['talking', true, record.call.answeredAtMs],
    );
    const line = await placedAgain(after, 1);
    assert.deepEqual(line.order.callId, call.order.callId);
    line.report({ kind: 'dialing' });
    line.report({ kind: 'answered' });
    assert.deepEqual([after.phone.snapshot.call?.isRejoining, line.isTransmitting], [false, true]);
    line.report(PROSPECT_ENDS);
    await after.phone.saveOutcome({ outcome: 'meeting', note: '' });
    await after.until(({ unsent }) => unsent === 0);
    assert.deepEqual(relay.storedKinds(call.order.callId), [
      'dialed',
      'ringing',
      'answered',
      'ended',
      'outcome',
    ]);
  },
);

test(
  'a call that was on hold is on hold again; if the switch refuses that, the state shown is true',
  LIMIT,
  async (context) => {
    for (const answer of ['held', 'holdRefused'] as const) {
      const before = await startPhone(context);
      const call = await dialAndAnswer(before);
      before.phone.setHeld(true);
      call.report({ kind: 'held' });
      const [record] = before.phone.running();
      const after = await startPhone(context);
      await after.until(({ phoneState }) => phoneState === 'ready');
      if (record !== undefined) after.phone.rejoin(record);
      const line = await placedAgain(after, 1);
      line.report({ kind: 'answered' });
      assert.deepEqual([line.asked, line.isTransmitting], [['hold'], false]);
      line.report({ kind: answer });
      assert.equal(after.phone.snapshot.call?.state, answer === 'held' ? 'held' : 'talking');
    }
  },
);

test(
  'a call that the switch no longer keeps is lost, says so, and owes its outcome',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone } = started;
    const call = await dialAndAnswer(started);
    call.report(GONE);
    assert.deepEqual([phone.snapshot.call?.state, phone.snapshot.call?.isRejoining], ['talking', true]);
    const again = await placedAgain(started, 2);
    again.report(GONE);
    assert.deepEqual([phone.snapshot.call?.state, phone.snapshot.call?.error], ['ended', 'callLost']);
    await phone.saveOutcome({ outcome: 'callBack', note: '' });
    assert.equal(phone.snapshot.call, undefined);
  },
);

test(
  'a call that has ended by what the relay knows is lost at once, not after the time to join it',
  LIMIT,
  async (context) => {
    const relay = await startRelayServer();
    context.after(() => relay.close());
    const started = await startPhone(context, { relay });
    const call = await dialAndAnswer(started);
    relay.refuse('/rejoin', 'callEnded');
    call.report(GONE);
    await started.until(({ call: shown }) => shown?.state === 'ended');
    assert.equal(started.phone.snapshot.call?.error, 'callLost');
    assert.equal(started.gateway.placed.length, 1);
  },
);

test('joining is tried again while the switch keeps the call, and no longer', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, clock, gateway } = started;
  const call = await dialAndAnswer(started);
  call.report(GONE);
  let tries = 2;
  while (phone.snapshot.call?.state !== 'ended' && tries < 100) {
    const again = await placedAgain(started, tries);
    again.report({ kind: 'ended', cause: 'failed', endedBy: 'network', sipStatus: 503, error: 'switchBusy' });
    await new Promise(setImmediate);
    clock.advance(500);
    tries += 1;
  }
  assert.equal(phone.snapshot.call?.error, 'callLost');
  assert.ok(clock.elapsed() <= 20_000 && gateway.placed.length > 20);
});

test('hanging up while joining again ends the call as completed', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone } = started;
  const call = await dialAndAnswer(started);
  call.report(GONE);
  phone.hangUp();
  assert.deepEqual([phone.snapshot.call?.endCause, phone.snapshot.call?.endedBy], ['completed', 'rep']);
  await new Promise(setImmediate);
  assert.equal(started.gateway.placed.length, 1);
});

test(
  'an answer that comes too late finds nobody: the line is given up with the call',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const call = await dialAndAnswer(started);
    call.report(GONE);
    const again = await placedAgain(started, 2);
    again.report({ kind: 'dialing' });
    started.clock.advance(20_000);
    assert.equal(started.phone.snapshot.call?.error, 'callLost');
    assert.deepEqual(again.asked, ['hangUp']);
  },
);

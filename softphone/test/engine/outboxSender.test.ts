import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startRelayServer } from '../support/relayServer.ts';
import { dialRequest, RECORD_ID } from '../support/samples.ts';
import { dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 10_000 };

test(
  'events carry their number and the time since the first on the monotonic clock',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, clock, until } = started;
    relay.refuse('/events', 'databaseUnavailable');
    const call = await dialAndAnswer(started);
    clock.advance(61_250);
    call.report(PROSPECT_ENDS);
    relay.accept('/events');
    phone.checkAgain();
    await until(({ unsent }) => unsent === 0);
    const sent = relay.received.filter(({ path }) => path.endsWith('/events')).at(-1)?.body;
    assert.deepEqual(
      (sent as { events: { kind: string; sequence: number; elapsedMs: number }[] }).events.map(
        ({ kind, sequence, elapsedMs }) => [kind, sequence, elapsedMs],
      ),
      [
        ['dialed', 1, 0],
        ['ringing', 2, 0],
        ['answered', 3, 0],
        ['ended', 4, 61_250],
      ],
    );
  },
);

test(
  'the relay being away loses nothing: the outcome is kept and sent when it is back',
  LIMIT,
  async (context) => {
    const relay = await startRelayServer();
    context.after(() => relay.close());
    const started = await startPhone(context, { relay });
    const { phone, clock, store, until } = started;
    const call = await dialAndAnswer(started);
    await until(({ unsent }) => unsent === 0);
    relay.refuse('/v1/', 'databaseUnavailable');
    call.report(PROSPECT_ENDS);
    await phone.saveOutcome({ outcome: 'callBack', note: 'kept' });
    assert.equal(phone.snapshot.lastSaved?.place, 'outbox');
    assert.equal(phone.snapshot.unsent, 2);
    assert.equal((await store.list()).length, 2);
    relay.accept('/v1/');
    clock.advance(30_000);
    await until(({ lastSaved }) => lastSaved?.place === 'relay');
    assert.deepEqual(relay.storedKinds(call.order.callId).slice(-2), ['ended', 'outcome']);
  },
);

test('what an earlier page left behind is sent, and only in its own name', LIMIT, async (context) => {
  const relay = await startRelayServer();
  context.after(() => relay.close());
  const first = await startPhone(context, { relay });
  relay.refuse('/outcome', 'databaseUnavailable');
  const call = await dialAndAnswer(first);
  call.report(PROSPECT_ENDS);
  await first.phone.saveOutcome({ outcome: 'meeting', note: 'before the reload' });
  await first.phone.close();
  const [left] = await first.store.list();
  assert.ok(left !== undefined);
  await first.store.put({ ...left, owner: 'someone else', event: { ...left.event, sequence: 99 } });
  relay.accept('/outcome');
  const second = await startPhone(context, { relay, store: first.store });
  await second.until(({ lastSaved }) => lastSaved?.place === 'relay');
  assert.equal(second.phone.snapshot.lastSaved?.recordId, RECORD_ID);
  assert.equal(relay.storedKinds(call.order.callId).at(-1), 'outcome');
  assert.deepEqual(
    (await first.store.list()).map(({ owner }) => owner),
    ['someone else'],
  );
});

test('events that the relay refuses for good are set aside and hold up no other', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, store, until } = started;
  await until(({ phoneState }) => phoneState === 'ready');
  const first = await dialAndAnswer(started, 'first');
  relay.refuse(`/v1/calls/${first.order.callId}/events`, 'callNotFound');
  first.report(PROSPECT_ENDS);
  await phone.saveOutcome({ outcome: 'meeting', note: '' });
  await until(({ lastSaved }) => lastSaved?.place === 'relay');
  const kept = await store.list();
  assert.ok(kept.length > 0);
  assert.deepEqual(new Set(kept.map(({ refusal }) => refusal)), new Set(['callNotFound']));
  await until(({ unsent }) => unsent === 0);
  const second = await dialAndAnswer(started, 'second');
  second.report(PROSPECT_ENDS);
  await until(({ unsent }) => unsent === 0);
  assert.deepEqual(relay.storedKinds(second.order.callId), ['dialed', 'ringing', 'answered', 'ended']);
});

test('an outcome that the relay refuses for good is not said to be on its way', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, store, until } = started;
  const call = await dialAndAnswer(started);
  relay.refuse('/outcome', 'callNotFound');
  call.report(PROSPECT_ENDS);
  await phone.saveOutcome({ outcome: 'meeting', note: 'Ask again' });
  const { lastSaved } = await until(({ lastSaved: saved }) => saved?.refusal !== undefined);
  assert.deepEqual([lastSaved?.place, lastSaved?.refusal], ['outbox', 'callNotFound']);
  await until(({ unsent }) => unsent === 0);
  assert.deepEqual(
    (await store.list()).map(({ event, refusal }) => [event.kind, refusal]),
    [['outcome', 'callNotFound']],
  );
});

test('an outcome is saved once however often Save is pressed', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, until } = started;
  const call = await dialAndAnswer(started);
  call.report(PROSPECT_ENDS);
  const choice = { outcome: 'meeting', note: '' } as const;
  await Promise.all([phone.saveOutcome(choice), phone.saveOutcome(choice)]);
  await until(({ unsent }) => unsent === 0);
  assert.equal(relay.storedKinds(call.order.callId).filter((kind) => kind === 'outcome').length, 1);
});

test('a browser that stores nothing keeps nobody from saving and calling on', LIMIT, async (context) => {
  const fault = new Error('QuotaExceededError');
  const store = {
    list: () => Promise.reject(fault),
    put: () => Promise.reject(fault),
    remove: () => Promise.reject(fault),
  };
  const started = await startPhone(context, { store });
  const call = await dialAndAnswer(started);
  call.report(PROSPECT_ENDS);
  await started.phone.saveOutcome({ outcome: 'meeting', note: '' });
  await started.until(({ lastSaved, unsent }) => lastSaved?.place === 'relay' && unsent === 0);
  assert.equal(started.relay.storedKinds(call.order.callId).at(-1), 'outcome');
  assert.ok(started.faults.includes(fault));
  assert.equal(started.phone.dial(dialRequest('next')), 'dialing');
});

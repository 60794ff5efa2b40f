import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineEvent } from '../../src/ports/callGateway.ts';
import { createMemoryAudio } from '../support/memoryAudio.ts';
import type { PlacedCall } from '../support/memoryGateway.ts';
import { createMemoryGateway } from '../support/memoryGateway.ts';
import { startRelayServer } from '../support/relayServer.ts';
import { dialRequest, RECORD_ID } from '../support/samples.ts';
import type { StartedPhone } from '../support/startedPhone.ts';
import { startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 10_000 };
const PROSPECT_ENDS: LineEvent = { kind: 'ended', endedBy: 'prospect', cause: 'completed' };

async function dialAndAnswer(started: StartedPhone, requestId = 'click 1'): Promise<PlacedCall> {
  await started.until(({ phoneState }) => phoneState === 'ready');
  assert.equal(started.phone.dial(dialRequest(requestId)), 'dialing');
  const call = await started.placedCall();
  call.report({ kind: 'dialing' });
  call.report({ kind: 'ringing', bringsSound: false });
  call.report({ kind: 'answered' });
  return call;
}

test('a call goes from the click to a saved outcome', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, until } = started;
  const call = await dialAndAnswer(started);
  assert.equal(phone.snapshot.call?.state, 'talking');
  assert.match(call.order.permit, /^v1\./u);
  assert.equal(call.order.numberE164, '+13035550142');
  call.report(PROSPECT_ENDS);
  const { callId } = call.order;

  await phone.saveOutcome({ outcome: 'meeting', note: 'Tuesday', followUpOn: '2026-12-01' });
  assert.equal(phone.snapshot.call, undefined);
  assert.equal(phone.snapshot.lastSaved?.place, 'outbox');
  const saved = await until(({ lastSaved }) => lastSaved?.place === 'relay');
  assert.deepEqual(
    [saved.lastSaved?.callId, saved.lastSaved?.recordId, saved.lastSaved?.position],
    [callId, RECORD_ID, 5],
  );
  await until(({ unsent }) => unsent === 0);
  assert.deepEqual(relay.storedKinds(callId), ['dialed', 'ringing', 'answered', 'ended', 'outcome']);
  assert.deepEqual(await started.store.list(), []);
  assert.deepEqual(started.faults, []);
});

test(
  'ready only when registered, and the microphone is not asked for before the first dial',
  LIMIT,
  async (context) => {
    const gateway = createMemoryGateway();
    gateway.refusal = 'registrationRefused';
    const { phone, until, audio } = await startPhone(context, { gateway });
    assert.equal(phone.snapshot.phoneState, 'starting');
    const refused = await until(({ phoneState }) => phoneState !== 'starting');
    assert.deepEqual([refused.phoneState, refused.error], ['notReady', 'registrationRefused']);
    gateway.refusal = undefined;
    phone.checkAgain();
    await until(({ phoneState }) => phoneState === 'ready');
    assert.equal(audio.asked, 0);
  },
);

test('a dial before the phone is ready waits, and only the newest is dialed', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, gateway } = started;
  assert.equal(phone.dial(dialRequest('early')), 'waiting');
  assert.equal(phone.dial(dialRequest('later')), 'waiting');
  assert.equal(phone.snapshot.waiting?.requestId, 'later');
  await started.placedCall();
  assert.equal(phone.snapshot.call?.request.requestId, 'later');
  assert.equal(phone.snapshot.waiting, undefined);
  assert.equal(gateway.placed.length, 1);
});

test('hanging up before the phone is ready takes the wish back', LIMIT, async (context) => {
  const { phone, until } = await startPhone(context);
  phone.dial(dialRequest('early'));
  phone.hangUp();
  const { call, waiting } = await until(({ phoneState }) => phoneState === 'ready');
  assert.deepEqual([call, waiting], [undefined, undefined]);
});

test(
  'one request dials once; a second one during a call, or before its outcome, is refused',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, gateway } = started;
    const call = await dialAndAnswer(started, 'once');
    assert.equal(phone.dial(dialRequest('once')), 'dialing');
    assert.equal(phone.dial(dialRequest('second')), 'refusedInCall');
    call.report(PROSPECT_ENDS);
    assert.equal(phone.dial(dialRequest('third')), 'refusedOutcomeMissing');
    await phone.saveOutcome({ outcome: 'noInterest', note: '' });
    assert.equal(phone.dial(dialRequest('second')), 'refusedInCall');
    assert.equal(gateway.placed.length, 1);
    assert.equal(phone.dial(dialRequest('fourth')), 'dialing');
  },
);

test(
  'a refused permit is shown, leaves nothing in the ledger and asks for no outcome',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, gateway, audio, until } = started;
    await until(({ phoneState }) => phoneState === 'ready');
    relay.refuse('/v1/calls', 'doNotCall');
    phone.dial(dialRequest('blocked'));
    const { call } = await until((snapshot) => snapshot.call?.state === 'ended');
    assert.equal(call?.error, 'doNotCall');
    assert.equal(audio.isOpen, false);
    assert.equal(gateway.placed.length, 0);
    await assert.rejects(phone.saveOutcome({ outcome: 'meeting', note: '' }));
    assert.deepEqual([phone.snapshot.unsent, relay.storedKinds(call?.callId ?? '')], [0, []]);
    relay.accept('/v1/calls');
    await dialAndAnswer(started, 'allowed');
    assert.equal(phone.snapshot.call?.error, undefined);
  },
);

test(
  'the switch refusing with an error of the table shows it, and the ledger hears of the try',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, until } = started;
    await until(({ phoneState }) => phoneState === 'ready');
    phone.dial(dialRequest('late'));
    const call = await started.placedCall();
    call.report({ kind: 'dialing' });
    call.report({
      kind: 'ended',
      cause: 'failed',
      endedBy: 'network',
      sipStatus: 403,
      error: 'permitInvalid',
    });
    assert.deepEqual([phone.snapshot.call?.state, phone.snapshot.call?.error], ['ended', 'permitInvalid']);
    await until(({ unsent }) => unsent === 0);
    assert.deepEqual(relay.storedKinds(call.order.callId), ['dialed', 'ended']);
    assert.equal(phone.dial(dialRequest('again')), 'dialing');
  },
);

test('hanging up before the permit has come leaves no trace', LIMIT, async (context) => {
  const { phone, relay, audio, gateway, until } = await startPhone(context);
  await until(({ phoneState }) => phoneState === 'ready');
  phone.dial(dialRequest('slip'));
  phone.hangUp();
  assert.equal(phone.snapshot.call, undefined);
  assert.equal(phone.dial(dialRequest('meant')), 'dialing');
  await until(({ call }) => call?.state === 'permitted');
  assert.equal(gateway.placed.length, 1);
  phone.hangUp();
  assert.deepEqual([phone.snapshot.call, audio.isOpen], [undefined, false]);
  assert.ok(!relay.received.some(({ path }) => path.endsWith('/events')));
});

test('a blocked microphone is named; after Check again the waiting dial goes out', LIMIT, async (context) => {
  const audio = createMemoryAudio();
  audio.refusal = 'microphoneBlocked';
  const started = await startPhone(context, { audio });
  const { phone, until } = started;
  await until(({ phoneState }) => phoneState === 'ready');
  phone.dial(dialRequest('first'));
  const blocked = await until(({ phoneState }) => phoneState === 'notReady');
  assert.deepEqual([blocked.error, blocked.call?.error], ['microphoneBlocked', 'microphoneBlocked']);
  audio.refusal = undefined;
  assert.equal(phone.dial(dialRequest('second')), 'waiting');
  await started.placedCall();
  assert.equal(phone.snapshot.phoneState, 'ready');
});

test(
  'mute and hold keep the microphone silent, and a refused hold opens it again',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, audio } = started;
    const call = await dialAndAnswer(started);
    assert.equal(audio.isTransmitting, true);
    phone.setMuted(true);
    assert.deepEqual([phone.snapshot.call?.muted, audio.isTransmitting], [true, false]);
    phone.setMuted(false);
    phone.setHeld(true);
    phone.setHeld(true);
    assert.deepEqual([phone.snapshot.call?.holdPending, audio.isTransmitting], [true, false]);
    call.report({ kind: 'holdRefused' });
    assert.deepEqual([phone.snapshot.call?.holdRefused, audio.isTransmitting], [true, true]);
    phone.setHeld(true);
    call.report({ kind: 'held' });
    assert.deepEqual([phone.snapshot.call?.state, audio.isTransmitting], ['held', false]);
    phone.setHeld(false);
    call.report({ kind: 'resumed' });
    assert.equal(audio.isTransmitting, true);
    assert.deepEqual(call.asked, ['hold', 'hold', 'resume']);
  },
);

test(
  'the ringing tone is heard while it rings, unless the exchange brings its own',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, audio, until } = started;
    await until(({ phoneState }) => phoneState === 'ready');
    for (const bringsSound of [false, true]) {
      phone.dial(dialRequest(`brings sound: ${bringsSound}`));
      const call = await started.placedCall();
      call.report({ kind: 'dialing' });
      assert.equal(audio.isRinging, false);
      call.report({ kind: 'ringing', bringsSound });
      assert.equal(audio.isRinging, !bringsSound);
      call.report({ kind: 'answered' });
      assert.equal(audio.isRinging, false);
      call.report(PROSPECT_ENDS);
      await phone.saveOutcome({ outcome: 'meeting', note: '' });
    }
  },
);

test('digits go out during a call and only digits do', LIMIT, async (context) => {
  const started = await startPhone(context);
  started.phone.sendDigit('1');
  const call = await dialAndAnswer(started);
  for (const digit of ['1', '#', '12', 'A', '']) started.phone.sendDigit(digit);
  assert.deepEqual(call.asked, ['1', '#']);
});

test('the level is measured during the call and falls to zero after it', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, audio, clock } = started;
  const call = await dialAndAnswer(started);
  audio.level = 0.514;
  clock.advance(200);
  assert.equal(phone.snapshot.inputLevel, 0.52);
  phone.setMuted(true);
  clock.advance(200);
  assert.equal(phone.snapshot.inputLevel, 0);
  phone.setMuted(false);
  clock.advance(200);
  call.report(PROSPECT_ENDS);
  clock.advance(1_000);
  assert.deepEqual([phone.snapshot.inputLevel, audio.isOpen], [0, false]);
});

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
  assert.equal(phone.snapshot.unsent, kept.length);
  const second = await dialAndAnswer(started, 'second');
  second.report(PROSPECT_ENDS);
  await until(({ unsent }) => unsent === kept.length);
  assert.deepEqual(relay.storedKinds(second.order.callId), ['dialed', 'ringing', 'answered', 'ended']);
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

test('a listener that throws harms neither the others nor the phone', LIMIT, async (context) => {
  const { phone, until, faults } = await startPhone(context);
  const fault = new Error('listener');
  const stop = phone.subscribe(() => {
    throw fault;
  });
  await until(({ phoneState }) => phoneState === 'ready');
  assert.ok(faults.includes(fault));
  stop();
  const before = faults.length;
  phone.dial(dialRequest('after'));
  assert.equal(faults.length, before);
});

test('close ends the call, the registration and the microphone', LIMIT, async (context) => {
  const started = await startPhone(context);
  const call = await dialAndAnswer(started);
  await started.phone.close();
  assert.deepEqual(call.asked, ['hangUp']);
  assert.deepEqual([started.gateway.isClosed, started.audio.isOpen], [true, false]);
  assert.equal(
    (await started.store.list()).some(({ event }) => event.kind === 'ended'),
    true,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PhoneError } from '../../src/domain/phoneError.ts';
import { createMemoryAudio } from '../support/memoryAudio.ts';
import { createMemoryGateway } from '../support/memoryGateway.ts';
import { dialRequest, RECORD_ID } from '../support/samples.ts';
import { dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';
import { when } from '../support/when.ts';

const LIMIT = { timeout: 10_000 };

test('a call goes from the click to a saved outcome', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, until } = started;
  const call = await dialAndAnswer(started);
  assert.equal(phone.snapshot.call?.state, 'talking');
  assert.match(call.order.permit ?? '', /^v1\./u);
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

test('a microphone allowed after the permit has aged brings a fresh permit', LIMIT, async (context) => {
  const audio = createMemoryAudio();
  const started = await startPhone(context, { audio });
  const { phone, relay, clock, until } = started;
  const openAtOnce = audio.open;
  audio.open = () => {
    clock.advance(50_000);
    return openAtOnce();
  };
  await until(({ phoneState }) => phoneState === 'ready');
  phone.dial(dialRequest('slow prompt'));
  const call = await started.placedCall();
  const wishes = relay.received.filter(({ path }) => path === '/v1/calls');
  assert.equal(wishes.length, 2);
  assert.deepEqual(wishes[0]?.body, wishes[1]?.body);
  assert.match(call.order.permit ?? '', /^v1\./u);
});

test('where the microphone opens unasked, the call leaves first', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { audio, until } = started;
  audio.isAllowed = true;
  const { open } = audio;
  const wasPlaced: boolean[] = [];
  audio.open = () => {
    wasPlaced.push(started.gateway.placed.length > 0);
    return open();
  };
  await until(({ phoneState }) => phoneState === 'ready');
  started.phone.dial(dialRequest('allowed'));
  const call = await started.placedCall();
  await when(() => call.asked.includes('takeMicrophone'));
  assert.deepEqual([wasPlaced, audio.isOpen], [[true], true]);
});

test('a microphone that is refused after the call has left takes the call back', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { audio, gateway, relay, until } = started;
  audio.isAllowed = true;
  audio.open = () => {
    gateway.placed[0]?.report({ kind: 'dialing' });
    return Promise.reject(new PhoneError('microphoneBusy'));
  };
  await until(({ phoneState }) => phoneState === 'ready');
  started.phone.dial(dialRequest('busy elsewhere'));
  const { error, call } = await until(({ phoneState }) => phoneState === 'notReady');
  assert.deepEqual([error, call?.state, call?.error], ['microphoneBusy', 'ended', 'microphoneBusy']);
  const [placed] = gateway.placed;
  assert.deepEqual(placed?.asked, ['hangUp']);
  await when(() => relay.storedKinds(placed?.order.callId ?? '').length === 2);
  assert.deepEqual(relay.storedKinds(placed?.order.callId ?? ''), ['dialed', 'ended']);
  assert.equal(audio.isOpen, false);
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
      assert.equal(audio.tone, undefined);
      call.report({ kind: 'ringing', bringsSound });
      assert.equal(audio.tone, bringsSound ? undefined : 'ringBack');
      call.report({ kind: 'answered' });
      assert.equal(audio.tone, undefined);
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

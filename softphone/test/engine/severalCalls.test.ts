import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialRequest } from '../support/samples.ts';
import { addAndAnswer, dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';
import { when } from '../support/when.ts';

const LIMIT = { timeout: 10_000 };

test('a call is added beside the held one, and only one far end hears the rep', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, audio, gateway } = started;
  const first = await dialAndAnswer(started);
  assert.equal(phone.addCall(dialRequest('second'), 'call'), 'dialing');
  assert.deepEqual(
    [phone.snapshot.call?.state, phone.snapshot.otherCalls[0]?.holdPending],
    ['requesting', true],
  );
  assert.equal(first.isTransmitting, false, 'silent from the moment the hold is asked for');
  first.report({ kind: 'held' });
  const second = await started.placedCall();
  assert.deepEqual([first.isTransmitting, second.isTransmitting, audio.isTransmitting], [false, true, true]);
  assert.equal(gateway.heard, second.order.callId);
  second.report({ kind: 'dialing' });
  second.report({ kind: 'answered' });
  assert.equal(phone.addCall(dialRequest('third'), 'call'), 'refusedInCall');

  phone.switchTo(first.order.callId);
  assert.deepEqual(second.asked, ['hold']);
  assert.deepEqual(first.asked, ['hold'], 'resumed only when the other is really on hold');
  second.report({ kind: 'held' });
  await when(() => first.asked.includes('resume'));
  first.report({ kind: 'resumed' });
  assert.equal(phone.snapshot.call?.callId, first.order.callId);
  assert.deepEqual([first.isTransmitting, second.isTransmitting], [true, false]);
  assert.equal(gateway.heard, first.order.callId);

  phone.hangUp();
  assert.equal(phone.snapshot.call?.callId, second.order.callId);
  assert.deepEqual(second.asked, ['hold', 'resume'], 'the only one left is resumed');
  second.report({ kind: 'resumed' });
  assert.equal(audio.isOpen, true);
  started.clock.advance(1_000);
  second.report(PROSPECT_ENDS);
  assert.deepEqual([audio.isOpen, phone.snapshot.call?.callId], [false, first.order.callId]);
});

test('complaint 4: a refused hold keeps the call, and places no other', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, gateway, until } = started;
  const first = await dialAndAnswer(started);
  phone.addCall(dialRequest('second'), 'consultation');
  first.report({ kind: 'holdRefused' });
  const { call, otherCalls } = await until(
    (snapshot) => snapshot.call?.callId === first.order.callId && snapshot.call.transfer === undefined,
  );
  assert.deepEqual([call?.state, call?.holdRefused, call?.transfer], ['talking', true, undefined]);
  assert.deepEqual([otherCalls[0]?.state, otherCalls[0]?.error], ['ended', 'holdRefused']);
  assert.equal(gateway.placed.length, 1);
  assert.equal(first.isTransmitting, true);
});

test('a call is handed to a number: permit, REFER, and the rep is free', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, until } = started;
  const call = await dialAndAnswer(started);
  phone.transfer('+1 303 555 0199');
  phone.transfer('+1 303 555 0198');
  assert.equal(phone.snapshot.call?.transfer, 'asked');
  await when(() => call.asked.length > 0);
  assert.deepEqual(call.asked, ['transfer +13035550199']);
  call.report({ kind: 'ended', cause: 'transferred', endedBy: 'rep' });
  const { call: ended } = phone.snapshot;
  assert.deepEqual([ended?.endCause, ended?.transfer], ['transferred', undefined]);
  await phone.saveOutcome({ outcome: 'callBack', note: '' });
  await until(({ unsent }) => unsent === 0);
  assert.deepEqual(relay.storedKinds(call.order.callId).slice(-2), ['ended', 'outcome']);
});

test(
  'a transfer that is refused, by the relay or by the switch, says why and keeps the call',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, until } = started;
    const call = await dialAndAnswer(started);
    relay.refuse('/transfers', 'countryNotAllowed');
    phone.transfer('+881 1234 5678');
    const refused = await until((snapshot) => snapshot.call?.transfer === 'refused');
    assert.deepEqual([refused.call?.state, refused.call?.refusal], ['talking', 'countryNotAllowed']);
    relay.accept('/transfers');
    phone.transfer('+1 303 555 0199');
    assert.equal(phone.snapshot.call?.refusal, undefined);
    await when(() => call.asked.length > 0);
    call.report({ kind: 'transferRefused', error: 'transferRefused' });
    assert.deepEqual(
      [phone.snapshot.call?.state, phone.snapshot.call?.refusal],
      ['talking', 'transferRefused'],
    );
    assert.equal(call.isTransmitting, true);
  },
);

test(
  'a colleague is asked, then connected: both legs end, and only the call owes an outcome',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, until } = started;
    const call = await dialAndAnswer(started);
    const consult = await addAndAnswer(started, call, 'consultation');
    const wish = relay.received.findLast(({ path }) => path === '/v1/calls')?.body;
    assert.ok(wish instanceof Object && 'consultsFor' in wish && wish.consultsFor === call.order.callId);
    assert.equal(phone.snapshot.otherCalls[0]?.transfer, 'consulting');
    assert.equal(phone.snapshot.call?.consultsFor, call.order.callId);
    phone.completeTransfer();
    phone.completeTransfer();
    assert.deepEqual(call.asked, ['hold', `transferTo ${consult.order.callId}`]);
    call.report({ kind: 'ended', cause: 'transferred', endedBy: 'rep' });
    consult.report({ kind: 'ended', cause: 'transferred', endedBy: 'rep' });
    assert.deepEqual([phone.snapshot.call?.callId, phone.snapshot.otherCalls], [call.order.callId, []]);
    await phone.saveOutcome({ outcome: 'meeting', note: '' });
    await until(({ unsent }) => unsent === 0);
    assert.deepEqual(relay.storedKinds(consult.order.callId), ['dialed', 'answered', 'ended']);
  },
);

test('complaint 5: nobody is connected before the colleague has answered', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone } = started;
  const call = await dialAndAnswer(started);
  phone.completeTransfer();
  phone.addCall(dialRequest('colleague'), 'consultation');
  call.report({ kind: 'held' });
  const consult = await started.placedCall();
  consult.report({ kind: 'dialing' });
  consult.report({ kind: 'ringing', bringsSound: false });
  phone.completeTransfer();
  assert.deepEqual(call.asked, ['hold']);
});

test('a consultation is given up, and the call that waits goes on', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone } = started;
  const call = await dialAndAnswer(started);
  const consult = await addAndAnswer(started, call, 'consultation');
  phone.cancelConsultation();
  assert.deepEqual([consult.asked, call.asked], [['hangUp'], ['hold', 'resume']]);
  call.report({ kind: 'resumed' });
  const { call: shown, otherCalls } = phone.snapshot;
  assert.deepEqual([shown?.state, shown?.transfer, otherCalls], ['talking', undefined, []]);
  assert.equal(call.isTransmitting, true);
});

test('two calls are mixed; when the one on the line leaves, the other is resumed', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone } = started;
  const first = await dialAndAnswer(started);
  const second = await addAndAnswer(started, first);
  phone.startConference();
  phone.startConference();
  assert.deepEqual(second.asked, [`join ${first.order.callId}`]);
  second.report({ kind: 'joinRefused', error: 'conferenceRefused' });
  assert.equal(phone.snapshot.call?.refusal, 'conferenceRefused');
  phone.startConference();
  second.report({ kind: 'joined' });
  const { call, otherCalls } = phone.snapshot;
  assert.deepEqual(
    [call?.isInConference, call?.refusal, otherCalls[0]?.isInConference, otherCalls[0]?.state],
    [true, undefined, true, 'held'],
  );
  assert.deepEqual([first.isTransmitting, second.isTransmitting], [false, true]);
  phone.switchTo(first.order.callId);
  assert.deepEqual(first.asked, ['hold'], 'nobody is taken out of a conference');
  second.report(PROSPECT_ENDS);
  assert.deepEqual(first.asked, ['hold', 'resume']);
  first.report({ kind: 'resumed' });
  assert.deepEqual(
    [phone.snapshot.call?.callId, phone.snapshot.call?.isInConference],
    [first.order.callId, false],
  );
});

test(
  'each ended call keeps owing its own outcome, the one that ended first is asked for first',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, until } = started;
    const first = await dialAndAnswer(started);
    const second = await addAndAnswer(started, first);
    second.report(PROSPECT_ENDS);
    assert.equal(phone.snapshot.call?.callId, first.order.callId, 'the call on hold comes before a wrap-up');
    started.clock.advance(1_000);
    first.report(PROSPECT_ENDS);
    assert.equal(phone.snapshot.call?.callId, second.order.callId);
    assert.equal(phone.dial(dialRequest('next')), 'refusedOutcomeMissing');
    await phone.saveOutcome({ outcome: 'noInterest', note: '' });
    assert.equal(phone.snapshot.call?.callId, first.order.callId);
    await phone.saveOutcome({ outcome: 'meeting', note: '' });
    assert.deepEqual([phone.snapshot.call, phone.snapshot.otherCalls], [undefined, []]);
    await until(({ unsent }) => unsent === 0);
    for (const { order } of [first, second]) assert.equal(relay.storedKinds(order.callId).at(-1), 'outcome');
  },
);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialRequest } from '../support/samples.ts';
import { addAndAnswer, dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 10_000 };
const OPTIONAL = { isOutcomeOptional: true };

test('where the outcome may be left out, the next dial leaves it out', LIMIT, async (context) => {
  const started = await startPhone(context, OPTIONAL);
  const { phone, relay, until } = started;
  (await dialAndAnswer(started, 'first')).report(PROSPECT_ENDS);
  const first = phone.snapshot.call?.callId ?? '';
  (await dialAndAnswer(started, 'second')).report(PROSPECT_ENDS);
  const { call, otherCalls } = phone.snapshot;
  assert.equal(call?.request.requestId, 'second');
  assert.deepEqual(otherCalls, []);
  await phone.saveOutcome({ outcome: 'meeting', note: '' });
  await until(({ unsent }) => unsent === 0);
  assert.equal(relay.storedKinds(first).includes('ended'), true);
  assert.equal(relay.storedKinds(first).includes('outcome'), false);
  assert.equal(relay.storedKinds(call.callId).includes('outcome'), true);
});

test('an outcome that is being saved while the next call is dialed arrives', LIMIT, async (context) => {
  const started = await startPhone(context, OPTIONAL);
  const { phone, relay, until } = started;
  (await dialAndAnswer(started, 'first')).report(PROSPECT_ENDS);
  const first = phone.snapshot.call?.callId ?? '';
  const saved = phone.saveOutcome({ outcome: 'meeting', note: '' });
  assert.equal(phone.dial(dialRequest('second')), 'dialing');
  await saved;
  await until(({ unsent }) => unsent === 0);
  assert.equal(relay.storedKinds(first).filter((kind) => kind === 'outcome').length, 1);
});

test('one click leaves an outcome out, and never where it is required', LIMIT, async (context) => {
  const optional = await startPhone(context, OPTIONAL);
  (await dialAndAnswer(optional)).report(PROSPECT_ENDS);
  optional.phone.leaveOutcomeOut(optional.phone.snapshot.call?.callId ?? '');
  assert.equal(optional.phone.snapshot.call, undefined);

  const required = await startPhone(context);
  const talking = await dialAndAnswer(required);
  const callId = required.phone.snapshot.call?.callId ?? '';
  required.phone.leaveOutcomeOut(callId);
  assert.equal(required.phone.snapshot.call?.state, 'talking');
  talking.report(PROSPECT_ENDS);
  required.phone.leaveOutcomeOut(callId);
  assert.equal(required.phone.snapshot.call?.callId, callId);
});

test(
  'a call that is up is not left out, and a question to a colleague takes no outcome away',
  LIMIT,
  async (context) => {
    const started = await startPhone(context, OPTIONAL);
    const { phone } = started;
    const first = await dialAndAnswer(started);
    const second = await addAndAnswer(started, first);
    first.report(PROSPECT_ENDS);
    const ended = phone.snapshot.otherCalls[0]?.callId;
    phone.leaveOutcomeOut(phone.snapshot.call?.callId ?? '');
    assert.equal(phone.snapshot.call?.state, 'talking');
    await addAndAnswer(started, second, 'consultation');
    assert.equal(
      phone.snapshot.otherCalls.some(({ callId }) => callId === ended),
      true,
    );
  },
);

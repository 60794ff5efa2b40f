import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryAudio } from '../support/memoryAudio.ts';
import type { MemoryLine } from '../support/memoryGateway.ts';
import { callIdOf, dialRequest, RECORD_ID } from '../support/samples.ts';
import type { StartedPhone } from '../support/startedPhone.ts';
import { dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';
import { when } from '../support/when.ts';

const LIMIT = { timeout: 10_000 };
const CALLER = '+13035550142';
const INBOUND_ID = callIdOf(7);

/** Lets a call ring once the phone is ready. */
async function ring(
  started: StartedPhone,
  callId = INBOUND_ID,
  number: string | undefined = CALLER,
): Promise<MemoryLine> {
  await started.until(({ phoneState }) => phoneState === 'ready');
  return started.gateway.offer(callId, number) ?? assert.fail('The phone refused the call');
}

test('an inbound call rings, is answered, and leaves its events and outcome', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, audio, until } = started;
  relay.callers.set(CALLER, [RECORD_ID]);
  const line = await ring(started);
  assert.deepEqual([phone.snapshot.call?.direction, phone.snapshot.call?.state], ['inbound', 'ringing']);
  assert.equal(audio.isOpen, false, 'the microphone stays shut while it rings');
  const matched = await until(({ call }) => call?.matchedRecordIds !== undefined);
  assert.deepEqual(
    [matched.call?.matchedRecordIds, matched.call?.request.recordId],
    [[RECORD_ID], RECORD_ID],
  );
  phone.answer(INBOUND_ID);
  phone.answer(INBOUND_ID);
  await when(() => line.asked.length > 0);
  assert.deepEqual(line.asked, ['answer']);
  line.report({ kind: 'answered' });
  assert.deepEqual([phone.snapshot.call?.state, line.isTransmitting], ['talking', true]);
  line.report(PROSPECT_ENDS);
  await phone.saveOutcome({ outcome: 'callBack', note: '' });
  await until(({ unsent }) => unsent === 0);
  assert.deepEqual(relay.storedKinds(INBOUND_ID), ['offered', 'ringing', 'answered', 'ended', 'outcome']);
  const batches = relay.received.filter(({ path }) => path.endsWith('/events')).map(({ body }) => body);
  for (const body of batches)
    assert.deepEqual((body as { inbound: unknown }).inbound, { numberE164: CALLER });
});

test(
  'a rejected call, and one given up, need no outcome; what was missed is read',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, clock, until } = started;
    const rejected = await ring(started);
    phone.reject(INBOUND_ID);
    assert.deepEqual([rejected.asked, phone.snapshot.call], [['hangUp'], undefined]);
    const missed = await ring(started, callIdOf(8));
    relay.recent = {
      calls: [
        {
          callId: callIdOf(8),
          direction: 'inbound',
          numberE164: CALLER,
          startedAt: '2026-11-28T14:00:00.000Z',
          talkSeconds: 0,
          isMissed: true,
        },
      ],
      missedUnseen: 1,
    };
    missed.report({ kind: 'ended', cause: 'cancelled', endedBy: 'prospect' });
    assert.equal(phone.snapshot.call, undefined);
    const read = await until(({ missedUnseen }) => missedUnseen === 1);
    assert.deepEqual(
      read.recent?.map(({ callId, number, startedAtMs }) => [callId, number, startedAtMs]),
      [[callIdOf(8), CALLER, Date.parse('2026-11-28T14:00:00.000Z')]],
    );
    const [call] = relay.recent.calls;
    relay.recent = { ...relay.recent, calls: call === undefined ? [] : [{ ...call, voicemailSeconds: 9 }] };
    clock.advance(30_000);
    await until(({ recent }) => recent?.[0]?.voicemailSeconds === 9);
    assert.match(await phone.voicemailUrl(callIdOf(8)), /^https:/u);
    phone.markMissedSeen();
    assert.equal(phone.snapshot.missedUnseen, 0);
    relay.refuse('/voicemail', 'callNotFound');
    await assert.rejects(phone.voicemailUrl(callIdOf(8)), { message: 'callNotFound' });
    await until(({ unsent }) => unsent === 0);
    assert.deepEqual(relay.storedKinds(callIdOf(8)), ['offered', 'ringing', 'ended']);
  },
);

test('a call that another phone of the rep took is reported by that phone alone', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, until } = started;
  relay.refuse(`${INBOUND_ID}/events`, 'eventConflict');
  const line = await ring(started);
  line.report({ kind: 'ended', cause: 'cancelled', endedBy: 'prospect', isElsewhere: true });
  assert.equal(phone.snapshot.call, undefined);
  await until(({ unsent }) => unsent === 0);
  assert.deepEqual(relay.storedKinds(INBOUND_ID), []);
});

test('during a call a second one rings beside it; answering holds the first', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone } = started;
  const first = await dialAndAnswer(started);
  const line = await ring(started);
  assert.deepEqual(
    [phone.snapshot.call?.callId, phone.snapshot.otherCalls[0]?.state],
    [first.order.callId, 'ringing'],
  );
  phone.answer(INBOUND_ID);
  await when(() => first.asked.includes('hold'));
  assert.deepEqual(line.asked, []);
  first.report({ kind: 'holdRefused' });
  assert.equal(phone.snapshot.call?.holdRefused, true);
  await new Promise(setImmediate);
  phone.answer(INBOUND_ID);
  await when(() => first.asked.length === 2);
  first.report({ kind: 'held' });
  await when(() => line.asked.length > 0);
  line.report({ kind: 'answered' });
  assert.deepEqual(
    [phone.snapshot.call?.callId, first.isTransmitting, line.isTransmitting],
    [INBOUND_ID, false, true],
  );
});

test('an outcome that is owed keeps nobody from answering, and stays owed', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, clock } = started;
  const first = await dialAndAnswer(started);
  first.report(PROSPECT_ENDS);
  const line = await ring(started);
  assert.equal(phone.snapshot.call?.callId, first.order.callId, 'a ring wipes no form');
  phone.answer(INBOUND_ID);
  await when(() => line.asked.length > 0);
  line.report({ kind: 'answered' });
  assert.equal(phone.snapshot.call?.callId, INBOUND_ID);
  clock.advance(1_000);
  line.report(PROSPECT_ENDS);
  assert.equal(phone.snapshot.call?.callId, first.order.callId);
  assert.equal(phone.dial(dialRequest('next')), 'refusedOutcomeMissing');
});

test('answering with a blocked microphone says so, and the call rings on', LIMIT, async (context) => {
  const audio = createMemoryAudio();
  const started = await startPhone(context, { audio });
  const { phone, until } = started;
  const line = await ring(started);
  audio.refusal = 'microphoneBlocked';
  phone.answer(INBOUND_ID);
  const blocked = await until(({ phoneState }) => phoneState === 'notReady');
  assert.deepEqual([blocked.error, blocked.call?.state], ['microphoneBlocked', 'ringing']);
  audio.refusal = undefined;
  phone.answer(INBOUND_ID);
  await when(() => line.asked.length > 0);
  assert.deepEqual(line.asked, ['answer']);
});

test('the rep says whose call it is, before or after the ledger knows of it', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, relay, until } = started;
  relay.callers.set(CALLER, [RECORD_ID, '003xx000004TmiRAAS']);
  relay.refuse('/events', 'databaseUnavailable');
  await ring(started);
  const several = await until(({ call }) => call?.matchedRecordIds?.length === 2);
  assert.equal(several.call?.request.recordId, undefined);
  phone.chooseRecord(INBOUND_ID, undefined);
  assert.deepEqual(phone.snapshot.call?.matchedRecordIds, []);
  phone.chooseRecord(INBOUND_ID, { recordId: RECORD_ID, recordName: 'Ana Ruiz' });
  assert.deepEqual(
    [phone.snapshot.call?.request.recordId, phone.snapshot.call?.request.recordName],
    [RECORD_ID, 'Ana Ruiz'],
  );
  relay.accept('/events');
  const taken = relay.whenAnswered(`/v1/calls/${INBOUND_ID}/record`);
  phone.checkAgain();
  await taken;
});

test(
  'of a call that is over, the rep says later whose it was, once for the number',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, relay, until } = started;
    const shared = {
      direction: 'outbound' as const,
      numberE164: '+13035550100',
      matchedRecordIds: [RECORD_ID, '003xx000004TmiRAAS'],
      startedAt: '2026-11-28T14:00:00.000Z',
      talkSeconds: 60,
      isMissed: false,
    };
    const [newer, older] = [
      { ...shared, callId: INBOUND_ID },
      { ...shared, callId: callIdOf(8) },
    ];
    relay.recent = { calls: [newer, older], missedUnseen: 0 };
    phone.refreshRecent();
    await until(({ recent }) => recent?.length === 2);
    phone.chooseRecord(INBOUND_ID, { recordId: RECORD_ID, recordName: 'Ana Ruiz' });
    assert.deepEqual(
      phone.snapshot.recent?.map(({ recordId, matchedRecordIds }) => [recordId, matchedRecordIds]),
      [
        [RECORD_ID, undefined],
        [RECORD_ID, undefined],
      ],
    );
    const isAsked = ({ path }: { path: string }): boolean => path.endsWith('/record');
    await when(() => relay.received.some(isAsked));
    const { path, body } = relay.received.find(isAsked) ?? {};
    assert.deepEqual([path, body], [`/v1/calls/${INBOUND_ID}/record`, { recordId: RECORD_ID }]);
  },
);

test('a withheld number is nobody’s, and is not asked about', LIMIT, async (context) => {
  const started = await startPhone(context);
  await started.until(({ phoneState }) => phoneState === 'ready');
  started.gateway.offer(INBOUND_ID);
  assert.deepEqual(started.phone.snapshot.call?.matchedRecordIds, []);
  await started.until(({ unsent }) => unsent === 0);
  const batch = started.relay.received.find(({ path }) => path.endsWith('/events'))?.body;
  assert.deepEqual((batch as { inbound: unknown }).inbound, {});
  assert.ok(!started.relay.received.some(({ path }) => path === '/v1/callers'));
});

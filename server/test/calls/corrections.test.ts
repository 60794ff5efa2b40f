import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findCalls } from '../../src/calls/index.ts';
import { logByHand } from '../../src/dialing/logByHand.ts';
import { rollUpBatch } from '../../src/performance/startPerformance.ts';
import { Refusal } from '../../src/refusal.ts';
import { answeredCall, newCallId, outcomeEvent } from '../callEvents.ts';
import { deliverCards, deliverDue } from '../crm/deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../crm/orgUnderTest.ts';
import { syncOnce } from '../crm/syncOnce.ts';
import { makeOrganization, ORIGIN } from '../testOrganizations.ts';

/** The calls of `callEvents.ts` are of 5 October 2026. */
const NOW = new Date('2026-11-23T17:00:00Z');
const HOUR_MS = 3_600_000;
let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

async function callWithOutcome(): Promise<string> {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(95_000));
  await under.report(callId, 'softphone', [outcomeEvent(5, 100_000, { outcome: 'noInterest', note: 'No.' })]);
  return callId;
}

const correct = (callId: string, elapsedMs: number, reason?: string): Promise<void> =>
  under.report(callId, 'softphone', [
    outcomeEvent(6, elapsedMs, { outcome: 'meeting', note: 'Yes after all.', reason }),
  ]);

async function taskOf(callId: string): Promise<Record<string, unknown>> {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT Subject, Description, Call_Outcome__c, Call_Evidence__c, Talk_Seconds__c FROM Task
     WHERE Call_Id__c = '${callId}'`,
  );
  assert.equal(records.length, 1);
  const { attributes, ...task } = records[0] ?? {};
  assert.ok(attributes);
  return task;
}

async function cardOf(userId: string): Promise<Record<string, unknown> | undefined> {
  const { database } = under.ledger;
  const { orgId } = under;
  assert.deepEqual(await rollUpBatch({ database, networkReports: () => true }, [{ orgId, userId }]), []);
  await deliverCards(under, [userId], NOW);
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT Calls_Logged__c, Dials__c, Conversations__c, Talk_Seconds__c, Watermark__c FROM Rep_Scorecard__c
     WHERE Scorecard_Key__c = '${userId}:2026-10-01'`,
  );
  return records[0];
}

test('within an hour a rep may think again without a word', async () => {
  const callId = await callWithOutcome();
  await correct(callId, 100_000 + HOUR_MS);
  const [call] = await findCalls(under.ledger.database, under.orgId, [callId]);
  assert.deepEqual([call?.outcome, call?.reason], ['meeting', null]);
});

test('SC-321: after an hour a correction needs its reason, and without one nothing changes', async () => {
  const callId = await callWithOutcome();
  await assert.rejects(
    correct(callId, 101_000 + HOUR_MS),
    (error) => error instanceof Refusal && error.errorName === 'correctionNeedsReason',
  );
  const [call] = await findCalls(under.ledger.database, under.orgId, [callId]);
  assert.deepEqual([call?.outcome, call?.version], ['noInterest', 2]);
});

test('the hour counts from the first outcome, however often it was corrected since', async () => {
  const callId = await callWithOutcome();
  await correct(callId, 100_000 + HOUR_MS / 2);
  await assert.rejects(
    under.report(callId, 'softphone', [outcomeEvent(7, 110_000 + HOUR_MS, { outcome: 'callBack' })]),
    Refusal,
  );
});

test('a correction with its reason is on the Task, under what the rep wrote', async () => {
  const callId = await callWithOutcome();
  await deliverDue(under, [callId]);
  await correct(callId, 100_000 + 2 * HOUR_MS, 'She called back.');
  await deliverDue(under, [callId]);
  assert.deepEqual(await taskOf(callId), {
    Subject: 'Call: Meeting',
    Description: 'Yes after all.\nReason: She called back.',
    Call_Outcome__c: 'meeting',
    Call_Evidence__c: 'verified',
    Talk_Seconds__c: 95,
  });
});

test('a corrected call is counted again on the card, once', async () => {
  const userId = under.otherRepId;
  const callId = await under.placeCall({ userId, numberE164: '+13035550199' });
  await under.report(callId, 'switch', answeredCall(95_000), userId);
  const machine = outcomeEvent(5, 100_000, { outcome: 'voicemail' });
  await under.report(callId, 'softphone', [machine], userId);
  const before = await cardOf(userId);
  assert.deepEqual([before?.['Calls_Logged__c'], before?.['Conversations__c']], [1, 0]);
  const corrected = outcomeEvent(6, 101_000 + HOUR_MS, { outcome: 'meeting', reason: 'Wrong button.' });
  await under.report(callId, 'softphone', [corrected], userId);
  const card = await cardOf(userId);
  assert.deepEqual(
    [card?.['Calls_Logged__c'], card?.['Dials__c'], card?.['Conversations__c'], card?.['Talk_Seconds__c']],
    [1, 1, 1, 95],
  );
  assert.equal(card?.['Watermark__c'], Number(before?.['Watermark__c']) + 1);
});

test('logged by hand: one Task, reported, its reason on it; where a switch reports it moves no figure', async () => {
  const callId = newCallId();
  const organization = { ...makeOrganization(under.orgId, ORIGIN, ['a-key']), orgId: under.orgId };
  const request = {
    number: '+1 303 555 0142',
    recordId: under.contactId,
    startedAt: '2026-10-05T15:00:00.000Z',
    talkSeconds: 1_200,
    outcome: 'meeting',
    note: 'Met her.',
    reason: 'Made from my mobile.',
  } as const;
  const before = await cardOf(under.repId);
  for (let times = 0; times < 2; times += 1)
    await logByHand(under.ledger, organization, under.repId, callId, { request, nowMs: Date.now() });
  await deliverDue(under, [callId]);
  assert.deepEqual(await taskOf(callId), {
    Subject: 'Call: Meeting',
    Description: 'Met her.\nReason: Made from my mobile.',
    Call_Outcome__c: 'meeting',
    Call_Evidence__c: 'reported',
    Talk_Seconds__c: 1_200,
  });
  const card = await cardOf(under.repId);
  assert.deepEqual(
    [card?.['Dials__c'], card?.['Conversations__c'], card?.['Talk_Seconds__c']],
    [before?.['Dials__c'], before?.['Conversations__c'], before?.['Talk_Seconds__c']],
  );
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  answeredCall,
  endedEvent,
  inboundCall,
  measuredEvent,
  missedCall,
  outcomeEvent,
  voicemailEvent,
} from '../../../callEvents.ts';
import { deliverDue } from '../../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

const CONTACTS_NUMBER = '+13035550142';
let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

const FIELDS = [
  'WhoId',
  'OwnerId',
  'Subject',
  'Status',
  'CallType',
  'CallDurationInSeconds',
  'Description',
  'Call_Outcome__c',
  'Voicemail_Seconds__c',
  'Mean_Opinion_Score__c',
  'Round_Trip_Milliseconds__c',
  'Jitter_Milliseconds__c',
  'Packet_Loss_Percent__c',
  'Talk_Ratio__c',
  'Longest_Monologue_Seconds__c',
  'Dead_Air_Seconds__c',
  'Crosstalk_Seconds__c',
];

async function tasksOf(callId: string): Promise<Record<string, unknown>[]> {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT ${FIELDS.join(', ')} FROM Task WHERE Call_Id__c = '${callId}'`,
  );
  return records;
}

/** Delivers the call and checks these fields of its only Task. */
async function delivers(callId: string, expected: Record<string, unknown>): Promise<void> {
  assert.deepEqual((await deliverDue(under, [callId])).faults, []);
  const tasks = await tasksOf(callId);
  assert.equal(tasks.length, 1);
  const named = Object.keys(expected).map((field) => [field, tasks[0]?.[field]]);
  assert.deepEqual(Object.fromEntries(named), expected);
}

test('a call that came in becomes one Task on the record that has the number', async () => {
  const callId = await under.receiveCall(inboundCall(95_000), CONTACTS_NUMBER);
  await under.report(callId, 'softphone', [outcomeEvent(5, 112_000, { outcome: 'callBack' })]);
  await delivers(callId, {
    WhoId: under.contactId,
    OwnerId: under.repId,
    Subject: 'Inbound call: Call back',
    CallType: 'Inbound',
    CallDurationInSeconds: 95,
    Call_Outcome__c: 'callBack',
  });
});

test('a missed call is a Task without an outcome, and a late message is added to it', async () => {
  const callId = await under.receiveCall(missedCall(), CONTACTS_NUMBER);
  const missed = { Subject: 'Missed call', Status: 'Completed', Call_Outcome__c: null };
  await delivers(callId, { ...missed, WhoId: under.contactId, Voicemail_Seconds__c: null });
  await under.report(callId, 'switch', [voicemailEvent(4, 60_000, 21)]);
  await delivers(callId, { ...missed, Voicemail_Seconds__c: 21 });
});

test('a caller who withheld the number is nobody’s, and none the less logged', async () => {
  const callId = await under.receiveCall([...missedCall(), voicemailEvent(4, 40_000, 9)]);
  await delivers(callId, {
    WhoId: null,
    Subject: 'Missed call',
    Description: 'The caller left a message of 9 seconds.',
  });
});

test('what the phone measured late amends the same Task', async () => {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(95_000));
  await delivers(callId, { Mean_Opinion_Score__c: null, Talk_Ratio__c: null });
  await under.report(callId, 'softphone', [
    measuredEvent(9, 120_000, {
      mos: 4.137,
      rttMs: 83,
      jitterMs: 6,
      lossPercent: 0.4167,
      talkRatio: 0.61803,
      longestMonologueSeconds: 38,
      deadAirSeconds: 11,
      crosstalkSeconds: 3,
    }),
  ]);
  await delivers(callId, {
    Mean_Opinion_Score__c: 4.14,
    Round_Trip_Milliseconds__c: 83,
    Jitter_Milliseconds__c: 6,
    Packet_Loss_Percent__c: 0.42,
    Talk_Ratio__c: 0.618,
    Longest_Monologue_Seconds__c: 38,
    Dead_Air_Seconds__c: 11,
    Crosstalk_Seconds__c: 3,
    Subject: 'Call',
  });
});

test('a consultation becomes no Task; the call that was passed on says so', async () => {
  const callId = await under.placeCall();
  const consultation = await under.placeCall({
    recordId: null,
    numberE164: '+13035550111',
    consultsFor: callId,
  });
  await under.report(consultation, 'switch', answeredCall(20_000));
  await under.report(callId, 'switch', [
    ...answeredCall(95_000).slice(0, 3),
    endedEvent(4, 100_000, 'transferred'),
  ]);
  await deliverDue(under, [consultation]);
  await delivers(callId, { Description: 'The call was transferred.', CallDurationInSeconds: 95 });
  assert.deepEqual(await tasksOf(consultation), []);
});

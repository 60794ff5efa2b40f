import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CallDetail } from '../../../../src/calls/index.ts';
import { taskOf, withoutParent } from '../../../../src/crm/salesforce/delivery/taskOf.ts';
import { newCallId } from '../../../callEvents.ts';
import { ORG_ID, REP_ID } from '../../../testOrganizations.ts';

const CONTACT_ID = '003000000000001AAA';
const call: CallDetail = {
  orgId: ORG_ID,
  callId: newCallId(),
  userId: REP_ID,
  version: 4,
  position: 9,
  state: 'ended',
  evidence: 'verified',
  direction: 'outbound',
  purpose: 'prospect',
  isMissed: false,
  startedAt: '2026-11-23T23:30:00.000Z',
  endedAt: '2026-11-23T23:34:30.000Z',
  answered: true,
  ringSeconds: 6,
  talkSeconds: 252,
  holdSeconds: 12,
  afterCallSeconds: 20,
  endCause: 'completed',
  endedBy: 'rep',
  outcome: 'callBack',
  outcomeVersion: 4,
  recordVersion: null,
  networkWitness: 'switch',
  voicemailSeconds: null,
  measured: null,
  numberE164: '+13035550142',
  recordId: CONTACT_ID,
  note: 'Wants the winter list.',
  followUpOn: null,
  reason: null,
  outcomeWitness: 'softphone',
};

test('a record that the rep chose later is sent once, without what else only a new Task gets', () => {
  const chosen = { ...call, recordVersion: 6, version: 6 };
  const amended = taskOf(chosen, 'UTC', 5);
  assert.deepEqual([amended['WhoId'], amended['WhatId']], [call.recordId, null]);
  assert.equal('OwnerId' in amended, false);
  assert.equal('WhoId' in taskOf({ ...chosen, version: 7 }, 'UTC', 6), false);
});

test('a new Task has every field, dated in the zone of the rep', () => {
  assert.deepEqual(taskOf(call, 'Europe/Berlin', null), {
    Call_Id__c: call.callId,
    Call_Version__c: 4,
    Call_Evidence__c: 'verified',
    Talk_Seconds__c: 252,
    Ring_Seconds__c: 6,
    Hold_Seconds__c: 12,
    After_Call_Seconds__c: 20,
    CallDurationInSeconds: 264,
    Voicemail_Seconds__c: null,
    Mean_Opinion_Score__c: null,
    Round_Trip_Milliseconds__c: null,
    Jitter_Milliseconds__c: null,
    Packet_Loss_Percent__c: null,
    Talk_Ratio__c: null,
    Longest_Monologue_Seconds__c: null,
    Dead_Air_Seconds__c: null,
    Crosstalk_Seconds__c: null,
    Subject: 'Call: Call back',
    Call_Outcome__c: 'callBack',
    CallDisposition: 'Call back',
    Description: 'Wants the winter list.',
    ActivityDate: '2026-11-24',
    OwnerId: REP_ID,
    WhoId: CONTACT_ID,
    WhatId: null,
    TaskSubtype: 'Call',
    Status: 'Completed',
    Priority: 'Normal',
    CallType: 'Outbound',
    CallObject: call.callId,
  });
  assert.equal(taskOf(call, 'America/Denver', null)['ActivityDate'], '2026-11-23');
});

test('a contact or lead is who, an account is what, another record is neither', () => {
  const parents = (recordId: string | null) => {
    const { WhoId, WhatId } = taskOf({ ...call, recordId }, 'UTC', null);
    return [WhoId, WhatId];
  };
  assert.deepEqual(parents('00Q000000000001AAA'), ['00Q000000000001AAA', null]);
  assert.deepEqual(parents('001000000000001AAA'), [null, '001000000000001AAA']);
  assert.deepEqual(parents('a0X000000000001AAA'), [null, null]);
  assert.deepEqual(parents(null), [null, null]);
});

test('a call without outcome is called a call', () => {
  const task = taskOf({ ...call, outcome: null, outcomeVersion: null, note: null }, 'UTC', null);
  assert.deepEqual([task['Subject'], task['Call_Outcome__c'], task['Description']], ['Call', null, null]);
});

test('a call that came in is called so, and a missed one is a Task without outcome', () => {
  const inbound: CallDetail = { ...call, direction: 'inbound' };
  const answered = taskOf(inbound, 'UTC', null);
  assert.deepEqual([answered['Subject'], answered['CallType']], ['Inbound call: Call back', 'Inbound']);
  const missed = taskOf(
    { ...inbound, isMissed: true, answered: false, outcome: null, note: null, voicemailSeconds: 14 },
    'UTC',
    null,
  );
  assert.deepEqual(
    [missed['Subject'], missed['Call_Outcome__c'], missed['Status'], missed['Voicemail_Seconds__c']],
    ['Missed call', null, 'Completed', 14],
  );
  assert.equal(missed['Description'], 'The caller left a message of 14 seconds.');
});

test('a transferred call says so under the note', () => {
  const description = taskOf({ ...call, endCause: 'transferred' }, 'UTC', null)['Description'];
  assert.equal(description, 'Wants the winter list.\nThe call was transferred.');
});

test('what the phone measured late amends the Task: line and talk, and nothing that the rep owns', () => {
  const measured = {
    mos: 4.1,
    rttMs: 80,
    jitterMs: 12,
    lossPercent: 0.4,
    talkRatio: 0.62,
    longestMonologueSeconds: 41,
    deadAirSeconds: 9,
    crosstalkSeconds: 4,
  };
  const amended = taskOf({ ...call, version: 5, measured }, 'UTC', 4);
  assert.deepEqual(
    [
      amended['Mean_Opinion_Score__c'],
      amended['Round_Trip_Milliseconds__c'],
      amended['Jitter_Milliseconds__c'],
      amended['Packet_Loss_Percent__c'],
      amended['Talk_Ratio__c'],
      amended['Longest_Monologue_Seconds__c'],
      amended['Dead_Air_Seconds__c'],
      amended['Crosstalk_Seconds__c'],
    ],
    [4.1, 80, 12, 0.4, 0.62, 41, 9, 4],
  );
  assert.equal('Subject' in amended, false);
});

test('a promised follow-up stands under the note, or alone', () => {
  const description = (note: string | null) =>
    taskOf({ ...call, note, followUpOn: '2026-12-01' }, 'UTC', null)['Description'];
  assert.equal(description('Wants the winter list.'), 'Wants the winter list.\nFollow up on 2026-12-01');
  assert.equal(description(''), 'Follow up on 2026-12-01');
  assert.equal(description(null), 'Follow up on 2026-12-01');
});

test('a late network fact leaves alone what the rep owns', () => {
  const amended = taskOf({ ...call, version: 5, talkSeconds: 250 }, 'UTC', 4);
  assert.deepEqual(Object.keys(amended).sort(), [
    'After_Call_Seconds__c',
    'CallDurationInSeconds',
    'Call_Evidence__c',
    'Call_Id__c',
    'Call_Version__c',
    'Crosstalk_Seconds__c',
    'Dead_Air_Seconds__c',
    'Hold_Seconds__c',
    'Jitter_Milliseconds__c',
    'Longest_Monologue_Seconds__c',
    'Mean_Opinion_Score__c',
    'Packet_Loss_Percent__c',
    'Ring_Seconds__c',
    'Round_Trip_Milliseconds__c',
    'Talk_Ratio__c',
    'Talk_Seconds__c',
    'Voicemail_Seconds__c',
  ]);
});

test('an outcome newer than the delivered version is written, and nothing of the creation', () => {
  const amended = taskOf(call, 'UTC', 3);
  assert.equal(amended['Call_Outcome__c'], 'callBack');
  assert.equal(amended['Description'], 'Wants the winter list.');
  for (const field of ['OwnerId', 'WhoId', 'TaskSubtype', 'Status', 'CallObject'])
    assert.equal(field in amended, false);
});

test('an amendment has the rep’s fields if and only if the outcome is newer', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.option(fc.nat(20)), (deliveredVersion, outcomeVersion) => {
      const amended = taskOf({ ...call, version: 21, outcomeVersion }, 'UTC', deliveredVersion);
      const isNewer = outcomeVersion !== null && outcomeVersion > deliveredVersion;
      assert.equal('Call_Outcome__c' in amended, isNewer);
      assert.equal('TaskSubtype' in amended, false);
    }),
  );
});

test('a Task can be had without its parent, once', () => {
  const orphan = withoutParent(taskOf(call, 'UTC', null));
  assert.ok(orphan);
  assert.equal('WhoId' in orphan, false);
  assert.equal(orphan.Call_Id__c, call.callId);
  assert.equal(withoutParent(orphan), null);
});

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, test } from 'node:test';

import { METRIC_NAMES, OUTCOMES } from '@scoreline/contract';
import { jwtVerify } from 'jose';

import { PRODUCT_METADATA, RELAY_URL, startOrgUnderTest } from './orgUnderTest.ts';
import type { OrgUnderTest } from './orgUnderTest.ts';

/** The org as the product's own metadata makes it. */
let world: OrgUnderTest;

before(async () => {
  world = await startOrgUnderTest([PRODUCT_METADATA, `${PRODUCT_METADATA}-settings`]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

const apex = (userId: string, method: string, parameters: object = {}) =>
  world.request(userId, 'POST', `/lightning/apex/${method}`, parameters);

test('RelaySession signs who the caller is, for the relay and for minutes', async () => {
  const { rep } = world.people;
  const { status, body } = await apex(rep, 'RelaySession/createToken');
  assert.equal(status, 200);
  const { payload, protectedHeader } = await jwtVerify(
    String(body),
    createPublicKey(world.signingPublicKey),
    {
      issuer: world.org.orgId,
      audience: RELAY_URL,
      subject: rep,
    },
  );
  assert.equal(protectedHeader.alg, 'RS256');
  assert.match(String(payload['nonce']), /^[0-9a-f-]{36}$/);
  assert.ok((payload.exp ?? 0) - (payload.iat ?? 0) <= 300);
  const other = await apex(rep, 'RelaySession/createToken');
  assert.notEqual(other.body, body);
});

test('ScorelineSettings reads the relay’s address and the outcomes of the contract', async () => {
  const { body } = await apex(world.people.rep, 'ScorelineSettings/read');
  assert.deepEqual(body, {
    relayUrl: RELAY_URL,
    outcomes: OUTCOMES.map(({ code, label, meaning, key }) => ({ code, label, meaning, key })),
  });
});

test('CallDrillDown finds the calls that the caller may see', async () => {
  const { rep, otherRep } = world.people;
  const callId = '0199c0de-0000-7000-8000-000000000001';
  const [taskId] = await world.org.insert('Task', [
    {
      Subject: 'Call',
      OwnerId: rep,
      Call_Id__c: callId,
      Call_Version__c: 3,
      Talk_Seconds__c: 61,
      Call_Outcome__c: 'meeting',
    },
  ]);
  const found = await apex(rep, 'CallDrillDown/findCalls', { callIds: [callId, 'other'] });
  assert.deepEqual(found.body, [
    {
      taskId,
      callId,
      version: 3,
      subject: 'Call',
      outcome: 'meeting',
      talkSeconds: 61,
      evidence: null,
      activityDate: null,
    },
  ]);
  assert.deepEqual((await apex(otherRep, 'CallDrillDown/findCalls', { callIds: [callId] })).body, []);
  const refused = await apex(rep, 'CallDrillDown/findCalls', { callIds: 5 });
  assert.deepEqual([refused.status, refused.body], [500, { message: 'SC-102' }]);
});

test('no other Apex is there, and none without a session', async () => {
  assert.equal((await apex(world.people.rep, 'RelaySession/nope')).status, 404);
  const answer = await fetch(`${world.url}/lightning/apex/ScorelineSettings/read`, { method: 'POST' });
  assert.equal(answer.status, 401);
});

test('the relay publishes a scorecard that its rep reads and cannot write', async () => {
  const { rep, relay } = world.people;
  const connection = await world.connectionOf(relay);
  const card = await connection.sobject('Rep_Scorecard__c').upsert(
    [
      {
        Scorecard_Key__c: `${rep}:2026-10-01`,
        Rep__c: rep,
        OwnerId: rep,
        Score__c: 61.2,
        Watermark__c: 12,
      },
    ],
    'Scorecard_Key__c',
  );
  assert.equal(card[0]?.success, true);
  const metrics = await connection.sobject('Rep_Metric__c').upsert(
    METRIC_NAMES.map((metric, index) => ({
      Metric_Key__c: `${rep}:2026-10-01:${metric}`,
      Scorecard__r: { Scorecard_Key__c: `${rep}:2026-10-01` },
      Metric__c: metric,
      Sort_Order__c: index,
      Value__c: index,
    })),
    'Metric_Key__c',
  );
  assert.ok(
    metrics.every(({ success }) => success),
    JSON.stringify(metrics),
  );
  const own = await world.connectionOf(rep);
  const { records } = await own.query(
    'SELECT Watermark__c, (SELECT Metric__c FROM Metrics__r) FROM Rep_Scorecard__c',
  );
  assert.equal(records[0]?.['Watermark__c'], 12);
  await assert.rejects(own.sobject('Rep_Scorecard__c').update({ Id: String(card[0]?.id), Score__c: 100 }), {
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  });
});

test('the relay, above the reps, amends the network facts of their task; the rep cannot', async () => {
  const { rep, relay } = world.people;
  const connection = await world.connectionOf(relay);
  const upsert = (seconds: number) =>
    connection.sobject('Task').upsert(
      [
        {
          Call_Id__c: 'amended',
          OwnerId: rep,
          Subject: 'Call',
          Status: 'Completed',
          Talk_Seconds__c: seconds,
        },
      ],
      'Call_Id__c',
    );
  const [created] = await upsert(10);
  const [amended] = await upsert(20);
  assert.deepEqual([created?.created, amended?.created, amended?.success], [true, false, true]);
  const own = await world.connectionOf(rep);
  await assert.rejects(own.sobject('Task').update({ Id: String(created?.id), Talk_Seconds__c: 1 }), {
    errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  });
  await own.sobject('Task').update({ Id: String(created?.id), Call_Outcome__c: 'meeting' });
});

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
    isOutcomeOptional: false,
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
      personName: null,
    },
  ]);
  assert.deepEqual((await apex(otherRep, 'CallDrillDown/findCalls', { callIds: [callId] })).body, []);
  const refused = await apex(rep, 'CallDrillDown/findCalls', { callIds: 5 });
  assert.deepEqual([refused.status, refused.body], [500, { message: 'SC-102' }]);
});

test('CallDrillDown lists the calls behind a figure, by the card’s period, evidence and thresholds, page by page', async () => {
  const { rep, otherRep, manager } = world.people;
  const [scorecardId] = await world.org.insert('Rep_Scorecard__c', [
    {
      Scorecard_Key__c: `${rep}:2026-07-01`,
      OwnerId: rep,
      Rep__c: rep,
      Period_Start__c: '2026-07-01',
      Period_End__c: '2026-09-30',
      Evidence_Basis__c: 'verified',
    },
  ]);
  const [contactId] = await world.org.insert('Contact', [{ LastName: 'Ruiz', FirstName: 'Ana' }]);
  await world.org.insert('Score_Weight__c', [
    { Metric__c: 'connects', Effective_From__c: '2026-01-01', Threshold__c: 20 },
  ]);
  const dial = (name: string, fields: object) => ({
    OwnerId: rep,
    Subject: 'Call',
    Call_Id__c: name,
    CallType: 'Outbound',
    Talk_Seconds__c: 90,
    Call_Evidence__c: 'verified',
    ActivityDate: '2026-08-12',
    ...fields,
  });
  await world.org.insert('Task', [
    dial('meeting', { Call_Outcome__c: 'meeting', WhoId: contactId }),
    dial('before', { ActivityDate: '2026-06-30' }),
    dial('after', { ActivityDate: '2026-10-01' }),
    dial('short', { Talk_Seconds__c: 19, Call_Outcome__c: 'noInterest' }),
    dial('connect', { Talk_Seconds__c: 20 }),
    dial('voicemail', { Call_Outcome__c: 'voicemail' }),
    dial('inbound', { CallType: 'Inbound' }),
    dial('claimed', { Call_Evidence__c: 'reported' }),
    dial('denied', { Call_Evidence__c: 'contradicted', Call_Outcome__c: 'voicemail', Talk_Seconds__c: 0 }),
    dial('half seen', { Call_Evidence__c: 'pending' }),
    dial('colleague’s', { OwnerId: otherRep }),
  ]);
  const ask = async (metric: string, more: object = {}, userId = rep) => {
    const { body } = await apex(userId, 'CallDrillDown/findMetricCalls', { scorecardId, metric, ...more });
    return body as { callId: string; taskId: string; activityDate: string; personName: string | null }[];
  };
  const names = async (metric: string) => (await ask(metric)).map(({ callId }) => callId).sort();
  assert.deepEqual(await names('dials'), ['connect', 'denied', 'meeting', 'short', 'voicemail']);
  assert.deepEqual(await names('doubtful'), ['denied', 'half seen']);
  assert.deepEqual(await names('connectRate'), ['connect', 'meeting']);
  assert.deepEqual(await names('conversations'), ['meeting']);
  assert.deepEqual(await names('meetingsPerDial'), ['meeting']);
  assert.deepEqual(await names('talkSeconds'), ['connect', 'inbound', 'meeting', 'short', 'voicemail']);
  assert.deepEqual(await names('handleSeconds'), ['denied', 'meeting', 'short', 'voicemail']);
  assert.equal((await ask('meetingsPerDial'))[0]?.personName, 'Ana Ruiz');
  assert.equal((await ask('dials', {}, manager)).length, 5);

  await world.org.insert(
    'Task',
    Array.from({ length: 60 }, (_, index) => dial(`dial ${index}`, { ActivityDate: '2026-08-01' })),
  );
  const first = await ask('dials');
  const last = first.at(-1);
  const rest = await ask('dials', { beforeDay: last?.activityDate, beforeId: last?.taskId });
  assert.deepEqual([first.length, rest.length], [50, 15]);
  assert.equal(new Set([...first, ...rest].map(({ callId }) => callId)).size, 65);

  for (const [userId, parameters] of [
    [rep, { scorecardId, metric: 'winRate' }],
    [rep, { scorecardId, metric: 'dials', beforeDay: 'yesterday' }],
    [otherRep, { scorecardId, metric: 'dials' }],
  ] as const) {
    const refused = await apex(userId, 'CallDrillDown/findMetricCalls', parameters);
    assert.deepEqual([refused.status, refused.body], [500, { message: 'SC-102' }]);
  }
});

test('ReportPeople lists the reports that can name people, and gives the people whom the user may see', async () => {
  const { rep, otherRep } = world.people;
  const [contactsId, , dealsId, unknownId] = await world.org.insert('Report', [
    { Name: 'Mine', DeveloperName: 'My_Contacts', LastViewedDate: '2026-08-01T00:00:00Z' },
    { Name: 'Leads', DeveloperName: 'My_Leads', LastViewedDate: '2026-08-02T00:00:00Z' },
    { Name: 'Deals', DeveloperName: 'Open_Opportunities', LastViewedDate: '2026-08-03T00:00:00Z' },
    { Name: 'Other', DeveloperName: 'Other', LastViewedDate: '2026-08-03T00:00:00Z' },
    { Name: 'Never opened', DeveloperName: 'Contacts_By_Account' },
  ]);
  const people = await world.org.insert('Contact', [
    { LastName: 'Zhou', OwnerId: rep },
    { LastName: 'Abel', OwnerId: rep },
    { LastName: 'Colleague’s', OwnerId: otherRep },
  ]);
  const { body: found } = await apex(rep, 'ReportPeople/findReports');
  assert.deepEqual(
    (found as { name: string }[]).map(({ name }) => name),
    ['Leads', 'Mine'],
  );
  const read = (reportId: unknown) => apex(rep, 'ReportPeople/readPeople', { reportId });
  assert.deepEqual((await read(contactsId)).body, { recordIds: [people[1], people[0]], isCutOff: false });
  assert.deepEqual((await read(dealsId)).body, { recordIds: [], isCutOff: false });
  for (const [reportId, message] of [
    [people[0], 'SC-335'],
    [7, 'SC-335'],
    [unknownId, 'SC-336'],
  ]) {
    const refused = await read(reportId);
    assert.deepEqual([refused.status, refused.body], [500, { message }]);
  }
});

test('a rep objects to a figure; the manager answers, and neither writes the other’s words', async () => {
  const { rep, otherRep, manager } = world.people;
  const [scorecardId] = await world.org.insert('Rep_Scorecard__c', [
    { Scorecard_Key__c: `${rep}:2026-04-01`, OwnerId: rep, Rep__c: rep },
  ]);
  const create = (userId: string, fields: object) =>
    world.request(userId, 'POST', '/services/data/v66.0/ui-api/records', {
      apiName: 'Score_Dispute__c',
      fields: {
        Scorecard__c: scorecardId,
        Metric__c: 'connectRate',
        Reason__c: 'Two calls are missing',
        ...fields,
      },
    });
  const created = await create(rep, {});
  assert.equal(created.status, 201);
  const { id } = created.body as { id: string };
  assert.ok((await create(rep, { Status__c: 'accepted' })).status >= 400);
  assert.ok((await create(otherRep, {})).status >= 400);

  const change = async (userId: string, fields: object) =>
    (await world.connectionOf(userId)).sobject('Score_Dispute__c').update({ Id: id, ...fields });
  await assert.rejects(change(rep, { Reason__c: 'Three' }));
  await assert.rejects(change(manager, { Reason__c: 'None' }));
  await change(manager, { Status__c: 'accepted', Answer__c: 'Both are counted now.' });

  const read = async (userId: string) => {
    const connection = await world.connectionOf(userId);
    return (await connection.query('SELECT Status__c, Answer__c, Reason__c FROM Score_Dispute__c')).records;
  };
  assert.partialDeepStrictEqual(await read(rep), [
    { Status__c: 'accepted', Answer__c: 'Both are counted now.', Reason__c: 'Two calls are missing' },
  ]);
  assert.deepEqual(await read(otherRep), []);
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
    `SELECT Watermark__c, (SELECT Metric__c FROM Metrics__r) FROM Rep_Scorecard__c
     WHERE Scorecard_Key__c = '${rep}:2026-10-01'`,
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

test('a manager gives a rep a target and takes it back; the rep reads it and cannot change it', async () => {
  const { rep, manager } = world.people;
  const path = '/services/data/v66.0/ui-api/records';
  const { status, body } = await world.request(manager, 'POST', path, {
    apiName: 'Rep_Target__c',
    fields: {
      OwnerId: rep,
      Rep__c: rep,
      Metric__c: 'dials',
      Target__c: 812,
      Effective_From__c: '2026-10-01',
    },
  });
  assert.equal(status, 201, JSON.stringify(body));
  const { id } = body as { id: string };
  const own = await world.connectionOf(rep);
  const { records } = await own.query(`SELECT Target__c FROM Rep_Target__c WHERE Id = '${id}'`);
  assert.equal(records.length, 1);
  const refused = await world.request(rep, 'DELETE', `${path}/${id}`);
  assert.ok(refused.status >= 400);
  assert.equal((await world.request(manager, 'DELETE', `${path}/${id}`)).status, 204);
});

test('of a drive a rep sees the own part, and neither the drive nor a colleague’s part; the manager sees all', async () => {
  const { rep, otherRep, manager } = world.people;
  const [driveId] = await world.org.insert('Sales_Drive__c', [{ OwnerId: manager, Metric__c: 'dials' }]);
  await world.org.insert(
    'Sales_Drive_Member__c',
    [rep, otherRep].map((repId) => ({
      OwnerId: repId,
      Rep__c: repId,
      Drive__c: driveId,
      Metric__c: 'dials',
      Member_Key__c: `${driveId}:${repId}`,
    })),
  );
  const seenBy = async (userId: string, objectName: string) => {
    const connection = await world.connectionOf(userId);
    return (await connection.query(`SELECT Id FROM ${objectName}`)).totalSize;
  };
  const seen = (userId: string) =>
    Promise.all(['Sales_Drive__c', 'Sales_Drive_Member__c'].map((name) => seenBy(userId, name)));
  assert.deepEqual(await seen(rep), [0, 1]);
  assert.deepEqual(await seen(manager), [1, 2]);
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import jsforce from 'jsforce';

import {
  CLIENT_ID,
  FIXTURE_METADATA,
  RELAY_USERNAME,
  assertionOf,
  keyPair,
  startOrgUnderTest,
} from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

const BASE = '/services/data/v66.0';
let world: OrgUnderTest;
let connection: jsforce.Connection;
let contactId = '';
let accountId = '';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.relay);
  [accountId = ''] = await world.org.insert('Account', [{ Name: 'Alder' }]);
  [contactId = ''] = await world.org.insert('Contact', [
    { FirstName: 'Ana', LastName: 'Ruiz', AccountId: accountId },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

describe('signing in', () => {
  const bearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const ask = async (assertion: string) => {
    const answer = await fetch(`${world.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: bearer, assertion }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };

  test('a connected app signs in with an assertion, through jsforce', async () => {
    const app = new jsforce.Connection({
      oauth2: { loginUrl: world.url },
      instanceUrl: world.url,
      version: '66.0',
    });
    const assertion = await assertionOf(world.relayKey, { audience: world.url });
    const user = await app.authorize({ grant_type: bearer, assertion });
    assert.equal(user.id, world.people.relay);
    assert.equal(user.organizationId, world.org.orgId);
    assert.equal((await app.identity()).username, RELAY_USERNAME);
    assert.equal((await app.query('SELECT Id FROM Organization')).totalSize, 1);
    assert.ok((app.limitInfo.apiUsage?.used ?? 0) > 0);
  });

  test('any other assertion is refused', async () => {
    const audience = world.url;
    const wrong: [string, string, string][] = [
      ['another key', await assertionOf(keyPair().privateKey, { audience }), 'invalid assertion'],
      [
        'another audience',
        await assertionOf(world.relayKey, { audience: 'https://example.com' }),
        'audience is invalid',
      ],
      [
        'expired',
        await assertionOf(world.relayKey, { audience, expiresInSeconds: -60 }),
        'expired authorization code',
      ],
      [
        'too long',
        await assertionOf(world.relayKey, { audience, expiresInSeconds: 900 }),
        'expired authorization code',
      ],
      [
        'another user',
        await assertionOf(world.relayKey, { audience, subject: 'x@y.test' }),
        "user hasn't approved this consumer",
      ],
      [
        'another app',
        await assertionOf(world.relayKey, { audience, issuer: `${CLIENT_ID}x` }),
        'client identifier invalid',
      ],
      ['nonsense', 'nonsense', 'invalid assertion'],
    ];
    for (const [name, assertion, description] of wrong) {
      const { status, body } = await ask(assertion);
      assert.deepEqual([status, body['error_description']], [400, description], name);
    }
  });

  test('a forged or revoked session is refused', async () => {
    const token = await world.tokenOf(world.people.rep);
    const status = async (value: string) =>
      (await fetch(`${world.url}${BASE}/limits`, { headers: { authorization: `Bearer ${value}` } })).status;
    assert.equal(await status(token), 200);
    assert.equal(await status(`${token.slice(0, -2)}AA`), 401);
    assert.equal(await status('x'), 401);
    await fetch(`${world.url}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    assert.equal(await status(token), 401);
  });

  test('the local page lists the people and signs them in', async () => {
    const users = (await (await fetch(`${world.url}/sandbox/users`)).json()) as {
      name: string;
      role: string;
    }[];
    assert.deepEqual(
      users.map(({ name, role }) => [name, role]),
      [
        ['Ingrid Bauer', 'Sales Manager'],
        ['Maya Lindqvist', 'Rep'],
        ['Tomas Okafor', 'Rep'],
      ],
    );
  });
});

describe('one record', () => {
  test('is created, read, changed and deleted through jsforce', async () => {
    const created = await connection.sobject('Task').create({
      Subject: 'Call',
      WhoId: contactId,
      OwnerId: world.people.rep,
      Status: 'Completed',
      TaskSubtype: 'Call',
      CallType: 'Outbound',
      CallDurationInSeconds: 65,
      ActivityDate: '2026-05-15',
      Talk_Seconds__c: 61.4,
    });
    const id = String(created.id);
    assert.match(id, /^00T[0-9A-Za-z]{15}$/);
    const task = await connection.sobject('Task').retrieve(id);
    assert.deepEqual(
      [
        task['AccountId'],
        task['IsClosed'],
        task['Talk_Seconds__c'],
        task['ActivityDate'],
        task['CreatedById'],
      ],
      [accountId, true, 61, '2026-05-15', world.people.relay],
    );
    assert.match(String(task['SystemModstamp']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    await connection.sobject('Task').update({ Id: id, Subject: 'Called', Description: '' });
    assert.equal((await connection.sobject('Task').retrieve(id))['Subject'], 'Called');
    await connection.sobject('Task').destroy(id);
    await assert.rejects(connection.sobject('Task').retrieve(id), { errorCode: 'NOT_FOUND' });
  });

  test('is upserted by its external id: 201, then 200', async () => {
    const path = `${BASE}/sobjects/Task/Call_Id__c/call-77`;
    const first = await world.request(world.people.relay, 'PATCH', path, { Subject: 'One' });
    const second = await world.request(world.people.relay, 'PATCH', path, { Subject: 'Two' });
    assert.deepEqual([first.status, second.status], [201, 200]);
    const [one, two] = [first.body, second.body] as { id: string; created: boolean }[];
    assert.deepEqual([one?.created, two?.created, one?.id === two?.id], [true, false, true]);
    const read = await world.request(world.people.relay, 'GET', `${path}?fields=Subject`);
    assert.equal((read.body as { Subject: string }).Subject, 'Two');
  });

  test('whose external id is not unique answers 300 with the choices', async () => {
    const project = { Code__c: 'P1', Owner_Mail__c: 'a@b.test' };
    await world.org.insert('Project__c', [
      { ...project, Name: 'One' },
      { ...project, Name: 'Two' },
    ]);
    const answer = await world.request(
      world.people.relay,
      'PATCH',
      `${BASE}/sobjects/Project__c/Code__c/P1`,
      { Name: 'x' },
    );
    assert.equal(answer.status, 300);
    assert.equal((answer.body as string[]).length, 2);
  });

  test('has automatic names, defaults and a parent named by its external id', async () => {
    await connection
      .sobject('Rep_Scorecard__c')
      .create({ Scorecard_Key__c: 'key-1', Rep__c: world.people.rep });
    const metric = await connection.sobject('Rep_Metric__c').create({
      Scorecard__r: { Scorecard_Key__c: 'key-1' },
      Value__c: 0.12345,
    });
    const { records } = await connection.query(
      `SELECT Name, Value__c, Scorecard__r.Name FROM Rep_Metric__c WHERE Id = '${metric.id}'`,
    );
    assert.equal(records[0]?.['Value__c'], 0.1235);
    assert.match(String(records[0]?.['Name']), /^RM-\d{6}$/);
    assert.match(String((records[0]?.['Scorecard__r'] as { Name: string }).Name), /^SC-\d{6}$/);
    const project = await world.request(world.people.rep, 'POST', `${BASE}/sobjects/Project__c`, {
      Name: 'Three',
      Owner_Mail__c: 'a@b.test',
    });
    const read = await world.request(
      world.people.rep,
      'GET',
      `${BASE}/sobjects/Project__c/${(project.body as { id: string }).id}`,
    );
    const { Stage__c, Is_Billable__c, OwnerId } = read.body as Record<string, unknown>;
    assert.deepEqual([Stage__c, Is_Billable__c, OwnerId], ['Open', true, world.people.rep]);
  });

  test('takes its details with it when it is deleted', async () => {
    const [id = ''] = await world.org.insert('Rep_Scorecard__c', [{ Scorecard_Key__c: 'gone' }]);
    await world.org.insert('Rep_Metric__c', [{ Scorecard__c: id, Metric_Key__c: 'gone:dials' }]);
    await connection.sobject('Rep_Scorecard__c').destroy(id);
    const left = await connection.query(`SELECT Id FROM Rep_Metric__c WHERE Metric_Key__c = 'gone:dials'`);
    assert.equal(left.totalSize, 0);
  });
});

describe('refusals', () => {
  const task = (values: object) => ['POST', '/sobjects/Task', values] as const;
  const cases: [string, () => readonly [string, string, object?], number, string][] = [
    ['an unknown field', () => task({ Nope: 1 }), 400, 'INVALID_FIELD'],
    ['a text that is too long', () => task({ Subject: 'x'.repeat(256) }), 400, 'STRING_TOO_LONG'],
    [
      'a value of a restricted picklist',
      () => task({ Call_Outcome__c: 'nope' }),
      400,
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ],
    ['a number as text', () => task({ Talk_Seconds__c: '5' }), 400, 'INVALID_TYPE_ON_FIELD'],
    ['a number that is too large', () => task({ Talk_Seconds__c: 1e9 }), 400, 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['a date that is none', () => task({ ActivityDate: '2026-02-30' }), 400, 'INVALID_TYPE_ON_FIELD'],
    [
      'a system field',
      () => task({ CreatedDate: '2026-01-01T00:00:00Z' }),
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    ],
    ['a malformed id', () => task({ WhoId: 'abc' }), 400, 'MALFORMED_ID'],
    [
      'an id with a wrong checksum',
      () => task({ WhoId: `${contactId.slice(0, 15)}ZZZ` }),
      400,
      'MALFORMED_ID',
    ],
    ['an id of another object', () => task({ WhoId: accountId }), 400, 'FIELD_INTEGRITY_EXCEPTION'],
    ['an id of no record', () => task({ WhoId: '003Lc0zzzzzzzzz' }), 400, 'INVALID_CROSS_REFERENCE_KEY'],
    [
      'a missing required field',
      () => ['POST', '/sobjects/Contact', { FirstName: 'x' }],
      400,
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'an emptied required field',
      () => ['PATCH', `/sobjects/Contact/${contactId}`, { LastName: '' }],
      400,
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'an id in the body',
      () => ['PATCH', `/sobjects/Contact/${contactId}`, { Id: contactId }],
      400,
      'INVALID_FIELD',
    ],
    ['an address of no record', () => ['GET', '/sobjects/Contact/003Lc0zzzzzzzzz'], 404, 'NOT_FOUND'],
    ['an address of no object', () => ['GET', '/sobjects/Nope/describe'], 404, 'NOT_FOUND'],
    ['an address of nothing', () => ['GET', '/nope'], 404, 'NOT_FOUND'],
    ['a field that is no key', () => ['PATCH', '/sobjects/Task/Subject/x', {}], 404, 'NOT_FOUND'],
    ['a method', () => ['DELETE', '/limits'], 405, 'METHOD_NOT_ALLOWED'],
    ['a body that is no record', () => ['POST', '/sobjects/Task', [1]], 400, 'JSON_PARSER_ERROR'],
    [
      'custom metadata',
      () => [
        'POST',
        '/sobjects/Call_Outcome__mdt',
        { DeveloperName: 'x', MasterLabel: 'x', Label: 'x', QualifiedApiName: 'x' },
      ],
      400,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    ],
  ];
  for (const [name, build, status, errorCode] of cases) {
    test(`${name}: ${status} ${errorCode}`, async () => {
      const [method, path, body] = build();
      const answer = await world.request(world.people.relay, method, BASE + path, body);
      assert.equal((answer.body as { errorCode: string }[])[0]?.errorCode, errorCode);
      assert.equal(answer.status, status);
    });
  }

  test('a duplicate names the other record', async () => {
    const { id } = await connection.sobject('Task').create({ Call_Id__c: 'Twice' });
    await assert.rejects(connection.sobject('Task').create({ Call_Id__c: 'twice' }), {
      errorCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Call_Id__c duplicates value on record with id: ${id}`,
    });
  });

  test('the subtype of a task is written once', async () => {
    const { id } = await connection.sobject('Task').create({ TaskSubtype: 'Call' });
    await assert.rejects(connection.sobject('Task').update({ Id: String(id), TaskSubtype: 'Email' }), {
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
  });

  test('malformed JSON and other media types', async () => {
    const authorization = `Bearer ${await world.tokenOf(world.people.rep)}`;
    const send = async (type: string, body: string) => {
      const headers = { authorization, 'content-type': type };
      const answer = await fetch(`${world.url}${BASE}/sobjects/Task`, { method: 'POST', headers, body });
      return [answer.status, ((await answer.json()) as { errorCode: string }[])[0]?.errorCode];
    };
    assert.deepEqual(await send('application/json', '{"Subject":'), [400, 'JSON_PARSER_ERROR']);
    assert.deepEqual(await send('text/plain', 'x'), [415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  test('an inactive owner', async () => {
    const [id = ''] = await world.org.insert('User', [
      {
        LastName: 'Former',
        Username: 'former@northwind-outdoor.test',
        TimeZoneSidKey: 'UTC',
        IsActive: false,
      },
    ]);
    await assert.rejects(connection.sobject('Task').create({ OwnerId: id }), {
      errorCode: 'INACTIVE_OWNER_OR_USER',
    });
  });
});

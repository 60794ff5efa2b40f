import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest, TestPeople } from '../orgUnderTest.ts';

type Person = keyof TestPeople;

let world: OrgUnderTest;
let scorecardId = '';
let metricId = '';
let taskId = '';
let looseTaskId = '';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  const { rep } = world.people;
  [scorecardId = ''] = await world.org.insert('Rep_Scorecard__c', [
    { OwnerId: rep, Rep__c: rep, Scorecard_Key__c: 'maya:2026-10-01', Score__c: 61.5, Hidden__c: 'secret' },
  ]);
  [metricId = ''] = await world.org.insert('Rep_Metric__c', [
    { Scorecard__c: scorecardId, Metric_Key__c: 'maya:2026-10-01:dials', Value__c: 12 },
  ]);
  const [contactId = ''] = await world.org.insert('Contact', [{ LastName: 'Ruiz', OwnerId: rep }]);
  [taskId = '', looseTaskId = ''] = await world.org.insert('Task', [
    { Subject: 'Call', OwnerId: rep, WhoId: contactId, Call_Id__c: 'call-1', Talk_Seconds__c: 12 },
    { Subject: 'Loose', OwnerId: rep },
  ]);
});
after(() => world.stop());

/** How many records of this query the person sees. */
async function seen(person: Person, soql: string): Promise<number> {
  const connection = await world.connectionOf(world.people[person]);
  return (await connection.query(soql)).totalSize;
}

/** `done`, or the code of the refusal, when the person changes the record. */
async function change(person: Person, objectName: string, id: string, values: object): Promise<string> {
  const answer = await world.request(
    world.people[person],
    'PATCH',
    `/services/data/v66.0/sobjects/${objectName}/${id}`,
    values,
  );
  if (answer.status === 204) return 'done';
  return (answer.body as { errorCode: string }[])[0]?.errorCode ?? 'none';
}

describe('private records', () => {
  test('are seen by their owner and by roles above, not by peers', async () => {
    const soql = 'SELECT Id FROM Rep_Scorecard__c';
    assert.equal(await seen('rep', soql), 1);
    assert.equal(await seen('manager', soql), 1);
    assert.equal(await seen('relay', soql), 1);
    assert.equal(await seen('otherRep', soql), 0);
  });

  test('their details follow the master', async () => {
    const soql = 'SELECT Id FROM Rep_Metric__c';
    assert.equal(await seen('manager', soql), 1);
    assert.equal(await seen('otherRep', soql), 0);
  });

  test('are not found by a peer who knows the id', async () => {
    const path = `/services/data/v66.0/sobjects/Rep_Scorecard__c/${scorecardId}`;
    assert.equal((await world.request(world.people.rep, 'GET', path)).status, 200);
    assert.equal((await world.request(world.people.otherRep, 'GET', path)).status, 404);
  });

  test('are neither reached by a filter nor by a semi-join', async () => {
    const soql = 'SELECT Id FROM User WHERE Id IN (SELECT Rep__c FROM Rep_Scorecard__c WHERE Score__c > 60)';
    assert.equal(await seen('manager', soql), 1);
    assert.equal(await seen('otherRep', soql), 0);
  });
});

describe('object permissions', () => {
  test('a rep reads scorecards and writes none', async () => {
    const values = { Score__c: 99 };
    assert.equal(
      await change('rep', 'Rep_Scorecard__c', scorecardId, values),
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    assert.equal(
      await change('rep', 'Rep_Metric__c', metricId, { Value__c: 1 }),
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    assert.equal(await change('relay', 'Rep_Scorecard__c', scorecardId, values), 'done');
    const created = await world.request(
      world.people.rep,
      'POST',
      '/services/data/v66.0/sobjects/Rep_Scorecard__c',
      { Rep__c: world.people.rep },
    );
    assert.equal(
      (created.body as { errorCode: string }[])[0]?.errorCode,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
  });

  test('an object without a permission set does not exist', async () => {
    const connection = await world.connectionOf(world.people.manager);
    await assert.rejects(async () => connection.query('SELECT Id FROM Project__c'), {
      errorCode: 'INVALID_TYPE',
    });
    await assert.rejects(connection.describe('Project__c'), { errorCode: 'NOT_FOUND' });
    const global = await connection.describeGlobal();
    assert.equal(
      global.sobjects.some(({ name }) => name === 'Project__c'),
      false,
    );
  });

  test('View All Data sees all and edits nothing more', async () => {
    await world.org.assignPermissionSet(world.people.otherRep, 'Scoreline_Auditor');
    assert.equal(await seen('otherRep', 'SELECT Id FROM Rep_Scorecard__c'), 1);
    assert.equal(
      await change('otherRep', 'Rep_Scorecard__c', scorecardId, { Score__c: 1 }),
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    assert.equal(
      await change('otherRep', 'Task', taskId, { Subject: 'x' }),
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });

  test('people are changed by those who manage users alone', async () => {
    const values = { Title: 'Chief' };
    assert.equal(await change('rep', 'User', world.people.rep, values), 'INSUFFICIENT_ACCESS_OR_READONLY');
    await world.org.assignPermissionSet(world.people.relay, 'Scoreline_Admin');
    assert.equal(await change('relay', 'User', world.people.rep, values), 'done');
  });
});

describe('field-level security', () => {
  test('a field without read permission is unknown', async () => {
    const connection = await world.connectionOf(world.people.rep);
    await assert.rejects(async () => connection.query('SELECT Hidden__c FROM Rep_Scorecard__c'), {
      errorCode: 'INVALID_FIELD',
    });
    await assert.rejects(
      async () => connection.query(`SELECT Id FROM Rep_Scorecard__c WHERE Hidden__c = 'secret'`),
      {
        errorCode: 'INVALID_FIELD',
      },
    );
    const { fields } = await connection.describe('Rep_Scorecard__c');
    assert.equal(
      fields.some(({ name }) => name === 'Hidden__c'),
      false,
    );
    assert.equal(await change('relay', 'Rep_Scorecard__c', scorecardId, { Hidden__c: 'x' }), 'INVALID_FIELD');
  });

  test('a rep writes the outcome of a call and no network fact', async () => {
    assert.equal(await change('rep', 'Task', taskId, { Call_Outcome__c: 'meeting' }), 'done');
    assert.equal(
      await change('rep', 'Task', taskId, { Talk_Seconds__c: 999 }),
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    assert.equal(await change('relay', 'Task', taskId, { Talk_Seconds__c: 13 }), 'done');
  });

  test('describe says which fields this user may write', async () => {
    const connection = await world.connectionOf(world.people.rep);
    const { fields } = await connection.describe('Task');
    const updateable = (name: string) => fields.find((field) => field.name === name)?.updateable;
    assert.equal(updateable('Call_Outcome__c'), true);
    assert.equal(updateable('Talk_Seconds__c'), false);
    assert.equal(updateable('TaskSubtype'), false);
    assert.equal(fields.find((field) => field.name === 'TaskSubtype')?.createable, true);
  });
});

describe('activities', () => {
  test('are read by whoever sees their record, edited by the owner and roles above', async () => {
    const soql = `SELECT Id FROM Task WHERE Id = '${taskId}'`;
    assert.equal(await seen('otherRep', soql), 1);
    assert.equal(await seen('manager', `SELECT Id FROM Task WHERE Id = '${looseTaskId}'`), 1);
    assert.equal(await change('manager', 'Task', taskId, { Subject: 'Reviewed' }), 'done');
    assert.equal(
      await change('otherRep', 'Task', taskId, { Subject: 'x' }),
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });
});

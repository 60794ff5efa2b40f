import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest, TestPeople } from '../orgUnderTest.ts';

let world: OrgUnderTest;
/** Somebody without any permission set. */
let newcomer = '';
let taskId = '';

type Person = keyof TestPeople | 'newcomer';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  [newcomer = ''] = await world.org.insert('User', [
    { LastName: 'New', Username: 'new@northwind-outdoor.test', TimeZoneSidKey: 'UTC' },
  ]);
  [taskId = ''] = await world.org.insert('Task', [{ Subject: 'Call', OwnerId: world.people.rep }]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

async function describeOf(person: Person, objectName: string): Promise<jsforce.DescribeSObjectResult> {
  return (await world.connectionOf(idOf(person))).sobject(objectName).describe();
}

function idOf(person: Person): string {
  return person === 'newcomer' ? newcomer : world.people[person];
}

/** The error code of a request as the rep, or null where it is answered. */
async function refusal(method: string, path: string, body?: unknown): Promise<string | null> {
  const answer = await world.request(world.people.rep, method, `/services/data/v66.0${path}`, body);
  return answer.status < 400 ? null : ((answer.body as { errorCode: string }[])[0]?.errorCode ?? '');
}

const isAnswered = async (soql: string): Promise<boolean> =>
  (await refusal('GET', `/query?q=${encodeURIComponent(soql)}`)) === null;

describe('what describe says of a field is what the org does', () => {
  for (const objectName of ['Task', 'Contact', 'Rep_Scorecard__c']) {
    test(`queries of ${objectName}`, async () => {
      for (const field of (await describeOf('rep', objectName)).fields) {
        const name = `${objectName}.${field.name}`;
        const value = field.type === 'boolean' ? 'false' : 'null';
        assert.equal(
          await isAnswered(`SELECT Id FROM ${objectName} WHERE ${field.name} = ${value}`),
          field.filterable,
          name,
        );
        assert.equal(
          await isAnswered(`SELECT Id FROM ${objectName} ORDER BY ${field.name}`),
          field.sortable,
          name,
        );
        assert.equal(
          await isAnswered(`SELECT COUNT(Id) FROM ${objectName} GROUP BY ${field.name}`),
          field.groupable,
          name,
        );
        assert.equal(
          await isAnswered(`SELECT COUNT(${field.name}) FROM ${objectName}`),
          field.aggregatable,
          name,
        );
      }
    });
  }

  test('changes of a Task by its rep', async () => {
    for (const { name, updateable } of (await describeOf('rep', 'Task')).fields) {
      if (name === 'Id') continue;
      const code = await refusal('PATCH', `/sobjects/Task/${taskId}`, { [name]: null });
      assert.equal(code !== 'INVALID_FIELD_FOR_INSERT_UPDATE', updateable, name);
    }
  });

  test('creation of a Task by its rep', async () => {
    for (const { name, createable } of (await describeOf('rep', 'Task')).fields) {
      if (name === 'Id') continue;
      const code = await refusal('POST', '/sobjects/Task', { [name]: null });
      assert.equal(code !== 'INVALID_FIELD_FOR_INSERT_UPDATE', createable, name);
    }
  });
});

test('a field is told as far as the user’s permission sets open it', async () => {
  const field = async (person: Person, name: string) =>
    (await describeOf(person, 'Task')).fields.find((candidate) => candidate.name === name);
  assert.equal(await field('newcomer', 'Talk_Seconds__c'), undefined);
  const forRep = await field('rep', 'Call_Id__c');
  const forRelay = await field('relay', 'Call_Id__c');
  assert.deepEqual([forRep?.updateable, forRep?.externalId, forRep?.unique], [false, true, true]);
  assert.deepEqual(
    [forRelay?.updateable, forRelay?.createable, forRelay?.permissionable],
    [true, true, true],
  );
  const outcome = await field('rep', 'Call_Outcome__c');
  assert.equal(outcome?.picklistValues?.find(({ value }) => value === 'callBack')?.label, 'Call back');
  const subject = await field('rep', 'Subject');
  assert.deepEqual([subject?.nameField, subject?.soapType, subject?.length], [true, 'xsd:string', 255]);
});

test('children are told where the user can read the field that leads to their parent', async () => {
  const children = async (person: Person, name: string): Promise<unknown[]> =>
    (await describeOf(person, name)).childRelationships.map(({ childSObject, relationshipName }) => [
      childSObject,
      relationshipName,
    ]);
  assert.deepEqual(await children('rep', 'Rep_Scorecard__c'), [['Rep_Metric__c', 'Metrics__r']]);
  const ofAccount = await children('rep', 'Account');
  for (const pair of [
    ['Contact', 'Contacts'],
    ['Task', 'Tasks'],
    ['Account', 'ChildAccounts'],
  ]) {
    assert.ok(
      ofAccount.some((given) => JSON.stringify(given) === JSON.stringify(pair)),
      String(pair),
    );
  }
});

test('the list of objects has those that the user may read, and what may be done with them', async () => {
  const listOf = async (person: Person) =>
    new Map(
      (await (await world.connectionOf(idOf(person))).describeGlobal()).sobjects.map((object) => [
        object.name,
        object,
      ]),
    );
  const forRep = await listOf('rep');
  const forManager = await listOf('manager');
  assert.deepEqual(
    [forRep.has('Project__c'), forManager.has('Project__c'), forRep.has('Name')],
    [true, false, false],
  );
  const card = forRep.get('Rep_Scorecard__c');
  assert.deepEqual(
    [card?.createable, card?.updateable, card?.deletable, card?.queryable],
    [false, false, false, true],
  );
  assert.equal((await listOf('relay')).get('Rep_Scorecard__c')?.createable, true);
  assert.deepEqual(
    [forRep.get('Contact')?.searchable, forRep.get('PermissionSet')?.searchable],
    [true, false],
  );
  const { status, body } = await world.request(world.people.rep, 'GET', '/services/data/v66.0/sobjects/Task');
  const { objectDescribe } = body as { objectDescribe: { name: string; keyPrefix: string } };
  assert.deepEqual([status, objectDescribe.name, objectDescribe.keyPrefix], [200, 'Task', '00T']);
});

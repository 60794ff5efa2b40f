import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest, TestPeople } from '../orgUnderTest.ts';

let world: OrgUnderTest;
/** Somebody without any permission set. */
let newcomer = '';
const BASE = '/services/data/v66.0/ui-api';
const MASTER = '012000000000000AAA';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  [newcomer = ''] = await world.org.insert('User', [
    { LastName: 'New', Username: 'new@northwind-outdoor.test', TimeZoneSidKey: 'UTC' },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

async function ask(
  person: keyof TestPeople | 'newcomer',
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const userId = person === 'newcomer' ? newcomer : world.people[person];
  return world.request(userId, method, BASE + path, body);
}

function errorOf(body: unknown): string | undefined {
  return (body as { errorCode: string }[])[0]?.errorCode;
}

interface ObjectInfo {
  readonly apiName: string;
  readonly createable: boolean;
  readonly eTag: string;
  readonly nameFields: string[];
  readonly defaultRecordTypeId: string;
  readonly childRelationships: { readonly childObjectApiName: string; readonly relationshipName: string }[];
  readonly fields: Record<string, Record<string, unknown>>;
}

test('an object tells its fields as its user may use them', async () => {
  const infoOf = async (person: keyof TestPeople, name: string): Promise<ObjectInfo> => {
    const { status, body } = await ask(person, 'GET', `/object-info/${name}`);
    assert.equal(status, 200);
    return body as ObjectInfo;
  };
  const task = await infoOf('rep', 'task');
  assert.deepEqual([task.apiName, task.nameFields, task.defaultRecordTypeId], ['Task', ['Subject'], MASTER]);
  const talk = task.fields['Talk_Seconds__c'];
  assert.deepEqual(
    [talk?.['dataType'], talk?.['createable'], talk?.['updateable']],
    ['Double', false, false],
  );
  assert.equal(task.fields['Call_Outcome__c']?.['updateable'], true);
  const subtype = task.fields['TaskSubtype'];
  assert.deepEqual([subtype?.['createable'], subtype?.['updateable']], [true, false]);
  assert.deepEqual(task.fields['WhoId']?.['referenceToInfos'], [
    { apiName: 'Contact', nameFields: ['FirstName', 'LastName'] },
    { apiName: 'Lead', nameFields: ['FirstName', 'LastName'] },
  ]);
  const relay = await infoOf('relay', 'Task');
  assert.equal(relay.fields['Talk_Seconds__c']?.['updateable'], true);
  assert.notEqual(relay.eTag, task.eTag);
  assert.equal((await infoOf('rep', 'Task')).eTag, task.eTag);
  const card = await infoOf('rep', 'Rep_Scorecard__c');
  assert.deepEqual([card.createable, 'Hidden__c' in card.fields], [false, false]);
  assert.deepEqual(
    card.childRelationships.map(({ relationshipName }) => relationshipName),
    ['Metrics__r'],
  );
  assert.equal((await ask('manager', 'GET', '/object-info/Project__c')).status, 404);
});

test('picklists come with their labels, defaults and no controllers', async () => {
  const one = await ask('rep', 'GET', `/object-info/Task/picklist-values/${MASTER}/Priority`);
  const value = (text: string): object => ({ attributes: null, label: text, validFor: [], value: text });
  assert.deepEqual(one.body, {
    controllerValues: {},
    defaultValue: value('Normal'),
    eTag: (one.body as { eTag: string }).eTag,
    url: `${BASE}/object-info/Task/picklist-values/${MASTER}/Priority`,
    values: ['High', 'Normal', 'Low'].map(value),
  });
  const all = await ask('rep', 'GET', `/object-info/Task/picklist-values/${MASTER}`);
  const { picklistFieldValues } = all.body as {
    picklistFieldValues: Record<string, { values: { label: string }[] }>;
  };
  assert.deepEqual(picklistFieldValues['Priority'], one.body);
  assert.ok(picklistFieldValues['Call_Outcome__c']?.values.some(({ label }) => label === 'Call back'));
});

test('a picklist that the user cannot read is refused, and not among all', async () => {
  const path = `/object-info/Task/picklist-values/${MASTER}`;
  const hidden = await ask('newcomer', 'GET', `${path}/Call_Outcome__c`);
  assert.deepEqual([hidden.status, errorOf(hidden.body)], [400, 'INVALID_FIELD']);
  const all = await ask('newcomer', 'GET', path);
  assert.equal('Call_Outcome__c' in (all.body as { picklistFieldValues: object }).picklistFieldValues, false);
  assert.equal(errorOf((await ask('rep', 'GET', `${path}/Subject`)).body), 'INVALID_FIELD');
  assert.equal((await ask('rep', 'GET', '/object-info/Task/picklist-values/012000000000001AAA')).status, 404);
});

test('a record is created, read, changed and deleted', async () => {
  const created = await ask('rep', 'POST', '/records', {
    apiName: 'Contact',
    fields: { LastName: 'Ruiz', Title: 'Head' },
  });
  const { id, apiName, fields } = created.body as {
    id: string;
    apiName: string;
    fields: Record<string, { value: unknown }>;
  };
  assert.deepEqual([created.status, apiName, fields['Title']?.value], [201, 'Contact', 'Head']);
  const changed = await ask('rep', 'PATCH', `/records/${id}`, { fields: { Title: null } });
  assert.deepEqual(
    [changed.status, (changed.body as typeof created & { fields: typeof fields }).fields['Title']?.value],
    [200, null],
  );
  assert.equal((await ask('rep', 'DELETE', `/records/${id}`)).status, 204);
  assert.equal((await ask('rep', 'GET', `/records/${id}?fields=Contact.LastName`)).status, 404);
  assert.equal((await ask('rep', 'DELETE', `/records/${id}`)).status, 404);
});

test('what the user may not write or see is refused', async () => {
  const refused = await ask('rep', 'POST', '/records', {
    apiName: 'Task',
    fields: { Subject: 'Call', Talk_Seconds__c: 5 },
  });
  assert.deepEqual([refused.status, errorOf(refused.body)], [400, 'INVALID_FIELD_FOR_INSERT_UPDATE']);
  const hidden = await ask('rep', 'POST', '/records', {
    apiName: 'Rep_Scorecard__c',
    fields: { Scorecard_Key__c: 'x' },
  });
  assert.deepEqual([hidden.status, errorOf(hidden.body)], [400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY']);
  const unknown = await ask('rep', 'POST', '/records', { apiName: 'Nope', fields: {} });
  assert.equal(unknown.status, 404);
  const [theirs] = await world.org.insert('Task', [{ Subject: 'Theirs', OwnerId: world.people.otherRep }]);
  assert.equal((await ask('rep', 'GET', `/records/${theirs ?? ''}?fields=Task.Subject`)).status, 404);
  const removed = await ask('rep', 'DELETE', `/records/${theirs ?? ''}`);
  assert.equal(removed.status, 403);
});

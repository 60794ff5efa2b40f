import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let taskId = '';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  const { rep } = world.people;
  const [accountId] = await world.org.insert('Account', [{ Name: 'Alder' }]);
  const [contactId] = await world.org.insert('Contact', [{ LastName: 'Ruiz', AccountId: accountId }]);
  [taskId = ''] = await world.org.insert('Task', [
    { Subject: 'Call', OwnerId: rep, WhoId: contactId, Call_Outcome__c: 'callBack', Talk_Seconds__c: 1234 },
  ]);
});
after(() => world.stop());

interface Representation {
  readonly apiName: string;
  readonly fields: Record<string, { value: unknown; displayValue: string | null }>;
}

async function read(query: string): Promise<{ status: number; body: unknown }> {
  return world.request(world.people.rep, 'GET', `/services/data/v66.0/ui-api/records/${taskId}?${query}`);
}

test('a record comes with values, shown values and its parents', async () => {
  const names = ['Subject', 'Call_Outcome__c', 'Talk_Seconds__c', 'Account.Name', 'Who.Name'];
  const { status, body } = await read(`fields=${names.map((name) => `Task.${name}`).join(',')}`);
  const { apiName, fields } = body as Representation;
  assert.deepEqual([status, apiName], [200, 'Task']);
  assert.deepEqual(fields['Subject'], { displayValue: null, value: 'Call' });
  assert.deepEqual(fields['Call_Outcome__c'], { displayValue: 'Call back', value: 'callBack' });
  assert.deepEqual(fields['Talk_Seconds__c'], { displayValue: '1,234', value: 1234 });
  const account = fields['Account']?.value as Representation;
  assert.deepEqual([fields['Account']?.displayValue, account.apiName], ['Alder', 'Account']);
  assert.equal((fields['Who']?.value as Representation).fields['Name']?.value, 'Ruiz');
});

test('an unknown field is refused, an unknown optional one left out', async () => {
  assert.equal((await read('fields=Task.Nope')).status, 400);
  const { status, body } = await read(
    'fields=Task.Subject&optionalFields=Task.Nope,Task.Nope.Name,Task.Status',
  );
  assert.equal(status, 200);
  const { fields } = body as Representation;
  assert.deepEqual(['Nope' in fields, fields['Status']?.value], [false, 'Not Started']);
});

test('a rep changes the outcome and reads it back', async () => {
  const path = `/services/data/v66.0/ui-api/records/${taskId}`;
  const changed = await world.request(world.people.rep, 'PATCH', path, {
    fields: { Call_Outcome__c: 'meeting' },
  });
  assert.equal((changed.body as Representation).fields['Call_Outcome__c']?.displayValue, 'Meeting');
  const refused = await world.request(world.people.rep, 'PATCH', path, { fields: { Talk_Seconds__c: 1 } });
  assert.equal(refused.status, 400);
});

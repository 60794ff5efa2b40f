import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from './orgUnderTest.ts';
import type { OrgUnderTest } from './orgUnderTest.ts';

let world: OrgUnderTest;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
});
after(() => world.stop());

/** A copy of the test metadata with one more file. */
async function metadataWith(path: string, content: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'org-metadata-'));
  await cp(FIXTURE_METADATA, directory, { recursive: true });
  await writeFile(join(directory, 'main', path), content);
  return directory;
}

const field = (name: string, rest: string) =>
  `<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>${name}</fullName><label>${name}</label>${rest}</CustomField>`;

test('a restart keeps the org, its records, its ids and its sessions, and gains new fields', async () => {
  const [id = ''] = await world.org.insert('Project__c', [{ Name: 'Kept', Owner_Mail__c: 'a@b.test' }]);
  const stamps = 'SELECT Id, SystemModstamp FROM Call_Outcome__mdt';
  const before = await world.org.query(stamps);
  const directory = await metadataWith(
    'objects/Project__c/fields/Budget__c.field-meta.xml',
    field('Budget__c', '<precision>9</precision><scale>0</scale><type>Number</type>'),
  );
  try {
    const again = await world.restart([directory]);
    assert.equal(again.orgId, world.org.orgId);
    assert.equal(await again.isEmpty(), false);
    assert.deepEqual(await again.query(stamps), before);
    const [next = ''] = await again.insert('Project__c', [
      { Name: 'New', Owner_Mail__c: 'a@b.test', Budget__c: 5 },
    ]);
    assert.equal(next.slice(0, 3), id.slice(0, 3));
    assert.notEqual(next, id);
    const records = await again.query(`SELECT Name, Budget__c FROM Project__c ORDER BY Name`);
    assert.deepEqual(
      records.map((record) => [record['Name'], record['Budget__c']]),
      [
        ['Kept', null],
        ['New', 5],
      ],
    );
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('wrong metadata stops the start and names the file', async () => {
  const wrong: [string, string, RegExp][] = [
    [
      'objects/Project__c/fields/Total__c.field-meta.xml',
      field(
        'Total__c',
        '<formula>1 + 1</formula><precision>9</precision><scale>0</scale><type>Number</type>',
      ),
      /Total__c\.field-meta\.xml: .*formula/,
    ],
    [
      'permissionsets/Wrong.permissionset-meta.xml',
      '<PermissionSet><label>Wrong</label><fieldPermissions><field>Task.Nope__c</field></fieldPermissions></PermissionSet>',
      /Wrong\.permissionset-meta\.xml: The field Task\.Nope__c is unknown/,
    ],
    [
      'permissionsets/Required.permissionset-meta.xml',
      '<PermissionSet><label>R</label><fieldPermissions><field>Project__c.Owner_Mail__c</field></fieldPermissions></PermissionSet>',
      /is required: a permission set cannot name it/,
    ],
    [
      'customMetadata/Nope.One.md-meta.xml',
      '<CustomMetadata><label>One</label></CustomMetadata>',
      /Nope\.One\.md-meta\.xml: The custom metadata type Nope is unknown/,
    ],
  ];
  for (const [path, content, message] of wrong) {
    const directory = await metadataWith(path, content);
    await assert.rejects(world.restart([directory]), message);
    await rm(directory, { recursive: true });
  }
});

test('an answer is held after its commit, until it is released', async () => {
  const control = (action: string, body?: object) =>
    fetch(`${world.url}/sandbox/${action}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  const path = '/services/data/v66.0/composite/sobjects/Task';
  assert.equal((await control('hold', { path })).status, 204);
  const held = control('held');
  const connection = await world.connectionOf(world.people.relay);
  let isAnswered = false;
  const upsert = connection
    .sobject('Task')
    .upsert([{ Call_Id__c: 'held', Subject: 'Held' }], 'Call_Id__c')
    .then((results) => {
      isAnswered = true;
      return results;
    });
  assert.deepEqual(await (await held).json(), { held: true });
  assert.equal((await connection.query(`SELECT Id FROM Task WHERE Call_Id__c = 'held'`)).totalSize, 1);
  assert.equal(isAnswered, false);
  await control('release', {});
  assert.equal((await upsert)[0]?.created, true);
  assert.equal((await control('hold', { path: 5 })).status, 400);
});

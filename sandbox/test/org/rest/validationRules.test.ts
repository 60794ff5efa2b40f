import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { parseFormula } from '../../../src/org/schema/formula.ts';
import { PRODUCT_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;

before(async () => {
  world = await startOrgUnderTest([PRODUCT_METADATA]);
});
after(() => world.stop());

async function writeVersion(version: number, values: object = {}): Promise<unknown> {
  const { body } = await world.request(
    world.people.relay,
    'PATCH',
    '/services/data/v66.0/composite/sobjects/Task/Call_Id__c',
    {
      records: [{ attributes: { type: 'Task' }, Call_Id__c: 'call-1', Call_Version__c: version, ...values }],
    },
  );
  const [row] = body as { success: boolean; errors: unknown[] }[];
  return row?.success === true ? 'saved' : row?.errors;
}

test('a version of a call that is older than the one in the org is refused, in the words of the rule', async () => {
  const fields = { Subject: 'Call', OwnerId: world.people.rep, Status: 'Completed' };
  assert.equal(await writeVersion(4, fields), 'saved');
  assert.equal(await writeVersion(4, { Talk_Seconds__c: 9 }), 'saved');
  assert.equal(await writeVersion(5), 'saved');
  assert.deepEqual(await writeVersion(4), [
    {
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'A newer version of this call is already here. Nothing was changed; no action is needed.',
      fields: ['Call_Version__c'],
    },
  ]);
});

test('a rep’s edit, which leaves the version alone, passes', async () => {
  const rep = await world.connectionOf(world.people.rep);
  const { records } = await rep.query<{ Id: string }>("SELECT Id FROM Task WHERE Call_Id__c = 'call-1'");
  const saved = await rep.sobject('Task').update({ Id: records[0]?.Id ?? '', Description: 'Mine' });
  assert.equal(saved.success, true);
});

test('a formula beyond the known part names what is not known', () => {
  const field = (name: string): string => name;
  assert.throws(() => parseFormula('VLOOKUP(A__c)', field), /function VLOOKUP is not known/u);
  assert.throws(() => parseFormula('A__c > ', field), /the end/u);
  assert.throws(() => parseFormula('A__c ! 3', field), /not understood/u);
  assert.deepEqual(parseFormula('OR(A__c = "x y", NOT(B__c <> 2.5))', field), {
    kind: 'call',
    name: 'OR',
    parameters: [
      {
        kind: 'comparison',
        operator: '=',
        left: { kind: 'field', name: 'A__c' },
        right: { kind: 'literal', value: 'x y' },
      },
      {
        kind: 'call',
        name: 'NOT',
        parameters: [
          {
            kind: 'comparison',
            operator: '<>',
            left: { kind: 'field', name: 'B__c' },
            right: { kind: 'literal', value: 2.5 },
          },
        ],
      },
    ],
  });
});

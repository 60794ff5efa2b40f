import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hashNumber } from '../../../src/calls/index.ts';
import {
  dialingRules,
  isDoNotCall,
  organizationOf,
  repOf,
  startSync,
  targetsOf,
  weightsOf,
} from '../../../src/crm/index.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
});
after(() => under.stop());

const blocks = (numberE164: string) => {
  const { ledger, orgId } = under;
  return isDoNotCall(ledger.database, orgId, hashNumber(ledger.personalDataKey, orgId, numberE164));
};
const rules = () => dialingRules(under.ledger.database, under.orgId);

test('an org that cannot be reached is reported step by step, and no rule is known', async () => {
  for (let step = 0; step < 21; step += 1) {
    under.proxy.plan({ kind: 'answer', pathIncludes: '/oauth2/token', status: 503, body: {} });
  }
  const faults = await syncOnce(under);
  assert.equal(faults.length, 21);
  assert.deepEqual(new Set(faults.map(({ code }) => code)), new Set(['ORG_UNREACHABLE']));
  assert.equal(await rules(), null);
  assert.equal(await repOf(under.ledger.database, under.orgId, under.repId), null);
});

test('the rules stay unknown while the people who asked not to be called are', async () => {
  under.proxy.plan({
    kind: 'answer',
    pathIncludes: 'FROM%20Lead',
    status: 400,
    body: [{ errorCode: 'INVALID_TYPE', message: 'sObject type Lead is not supported' }],
  });
  assert.deepEqual(await syncOnce(under), [{ orgId: under.orgId, step: 'Lead', code: 'INVALID_TYPE' }]);
  assert.equal(await rules(), null);
});

test('users, fiscal year and dialing rules are copied', async () => {
  assert.deepEqual(await syncOnce(under), []);
  const { database } = under.ledger;
  const [user] = await under.org.query(`SELECT UserRoleId FROM User WHERE Id = '${under.repId}'`);
  assert.deepEqual(await repOf(database, under.orgId, under.repId), {
    userId: under.repId,
    isActive: true,
    timeZone: 'America/Denver',
    roleId: user?.['UserRoleId'],
  });
  assert.ok(user?.['UserRoleId']);
  const organization = await organizationOf(database, under.orgId);
  assert.equal(organization?.fiscalYearStartMonth, 1);
  assert.deepEqual(await rules(), { allowedCountries: ['DE', 'GB', 'US'] });
});

test('a user who is deactivated is known as such after the next pass', async () => {
  await under.org.insert('User', []);
  const [id = ''] = await under.org.insert('User', [
    {
      LastName: 'Leaving',
      Username: 'leaving@northwind-outdoor.test',
      Email: 'leaving@northwind-outdoor.test',
      TimeZoneSidKey: 'Europe/London',
      IsActive: false,
    },
  ]);
  await syncOnce(under);
  assert.equal((await repOf(under.ledger.database, under.orgId, id))?.isActive, false);
});

test('a do-not-call wish holds for every number of the person, until it is taken back', async () => {
  const [id = ''] = await under.org.insert('Contact', [
    { LastName: 'Quiet', DoNotCall: true, Phone: '030 23125-077', MobilePhone: '+44 20 7946 0123' },
  ]);
  await under.org.insert('Lead', [
    { LastName: 'Silent', Company: 'Acme', DoNotCall: true, MobilePhone: '+49 30 23125 017' },
  ]);
  await syncOnce(under);
  assert.deepEqual(
    [await blocks('+493023125077'), await blocks('+442079460123'), await blocks('+493023125017')],
    [true, true, true],
  );
  assert.equal(await blocks('+13035550142'), false);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').update({ Id: id, DoNotCall: false });
  await syncOnce(under);
  assert.deepEqual([await blocks('+493023125077'), await blocks('+493023125017')], [false, true]);
});

test('no number is stored in clear', async () => {
  const rows = await under.ledger.database.query<{ entry: string }>(
    'select to_jsonb(crm_do_not_call)::text as entry from crm_do_not_call',
  );
  assert.ok(rows.length > 0);
  for (const { entry } of rows) assert.doesNotMatch(entry, /23125017|79460123/u);
});

test('targets and weights are copied, changed and removed', async () => {
  const { database } = under.ledger;
  const [targetId = ''] = await under.org.insert('Rep_Target__c', [
    { Rep__c: under.repId, Metric__c: 'dials', Target__c: 600, Effective_From__c: '2026-10-01' },
  ]);
  await under.org.insert('Score_Weight__c', [
    { Metric__c: 'dials', Weight__c: 25, Effective_From__c: '2026-01-01' },
  ]);
  await syncOnce(under);
  assert.deepEqual(await targetsOf(database, under.orgId, under.repId), [
    { id: targetId, metric: 'dials', value: 600, effectiveFrom: '2026-10-01' },
  ]);
  assert.equal((await weightsOf(database, under.orgId))[0]?.value, 25);
  assert.deepEqual(await targetsOf(database, under.orgId, under.otherRepId), []);
});

test('a second pass reads only what changed', async () => {
  await syncOnce(under);
  const sent = under.proxy.requests.length;
  await syncOnce(under);
  const queries = under.proxy.requests.slice(sent).filter((request) => request.includes('FROM%20Contact'));
  assert.equal(queries.length, 1);
  assert.match(decodeURIComponent(queries[0] ?? ''), /WHERE SystemModstamp >= /u);
});

test('the loop goes on after a pass, tells its end and can be stopped', async () => {
  const passes: string[] = [];
  const { promise: thirdPass, resolve } = Promise.withResolvers<void>();
  const sync = startSync({
    database: under.ledger.database,
    organizations: under.organizations,
    personalDataKey: under.ledger.personalDataKey,
    intervalSeconds: 0.01,
    onFault: () => undefined,
    afterPass: async (orgId) => {
      if (passes.push(orgId) === 3) resolve();
    },
  });
  await sync.firstPass;
  await thirdPass;
  await sync.stop();
  assert.deepEqual(new Set(passes), new Set([under.orgId]));
});

test('the admin’s share of the daily requests is half unless the setting says else', async () => {
  const shareAfterPass = async () => {
    await syncOnce(under);
    const [pace] = await under.ledger.database.query<{ share: number }>(
      'select api_share as share from crm_pace where org_id = $1',
      [under.orgId],
    );
    return pace?.share;
  };
  const setPercent = (percent: number | null) =>
    under.alterOrg('update org."Relay_Setting__mdt" set "Api_Share_Percent__c" = $1', [percent]);
  assert.equal(await shareAfterPass(), 0.5);
  await under.alterOrg(
    `insert into org."Relay_Setting__mdt"
     select (jsonb_populate_record(null::org."Relay_Setting__mdt", to_jsonb(rule) || '{"DeveloperName": "Default", "Outcome_Optional__c": false}')).*
     from org."Dialing_Rule__mdt" rule limit 1`,
  );
  for (const [percent, share] of [
    [20, 0.2],
    [250, 1],
    [0, 0],
    [null, 0.5],
    [35, 0.35],
  ] as const) {
    await setPercent(percent);
    assert.equal(await shareAfterPass(), share);
  }
});

test('an org whose package has no such setting yet keeps the share, and says so once', async () => {
  under.org.faults.set([
    { kind: 'hiddenField', object: 'Relay_Setting__mdt', field: 'Api_Share_Percent__c' },
  ]);
  const faults = await syncOnce(under);
  under.org.faults.clear();
  assert.deepEqual(faults, [{ orgId: under.orgId, step: 'Relay_Setting__mdt', code: 'INVALID_FIELD' }]);
  const [pace] = await under.ledger.database.query('select api_share as share from crm_pace');
  assert.deepEqual(pace, { share: 0.35 });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answeredCall } from '../../callEvents.ts';

import { deliverDue } from '../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
});
after(() => under.stop());

async function insert(objectName: string, record: Record<string, unknown>): Promise<string> {
  const [id = ''] = await under.org.insert(objectName, [record]);
  return id;
}

/** A copied row, without what every copy has. */
async function copyOf(table: string, key: string, id: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await under.ledger.database.query<{ copy: Record<string, unknown> }>(
    `select to_jsonb(${table}) - '{org_id,modified_at,changed_at,created_at}'::text[] as copy
     from ${table} where org_id = $1 and ${key} = $2`,
    [under.orgId, id],
  );
  return row?.copy;
}

const isDeleted = async (table: string, key: string, id: string) =>
  (await copyOf(table, key, id))?.['is_deleted'];

const SECRET = 'Canary';
const opportunity = () => ({
  Name: SECRET,
  NextStep: SECRET,
  OwnerId: under.repId,
  StageName: 'Prospecting',
  Amount: 12_000.5,
  CloseDate: '2026-12-18',
});

test('an opportunity is copied with its history and its products', async () => {
  const productId = await insert('Product2', { Name: SECRET, Family: 'Boats', IsActive: true });
  const priceBookId = await insert('Pricebook2', { Name: SECRET, IsActive: true });
  const entryId = await insert('PricebookEntry', {
    Pricebook2Id: priceBookId,
    Product2Id: productId,
    UnitPrice: 250,
    IsActive: true,
  });
  const opportunityId = await insert('Opportunity', { ...opportunity(), Pricebook2Id: priceBookId });
  const lineId = await insert('OpportunityLineItem', {
    OpportunityId: opportunityId,
    PricebookEntryId: entryId,
    Quantity: 4,
    UnitPrice: 250,
  });
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Opportunity').update({ Id: opportunityId, StageName: 'Closed Won' });
  assert.deepEqual(await syncOnce(under), []);
  const copy = await copyOf('crm_opportunity', 'opportunity_id', opportunityId);
  assert.deepEqual(
    ['user_id', 'stage', 'close_day', 'is_closed', 'is_won', 'is_deleted'].map((column) => copy?.[column]),
    [under.repId, 'Closed Won', '2026-12-18', true, true, false],
  );
  const stages = await under.ledger.database.query<{ stage: string }>(
    'select distinct stage from crm_opportunity_change where opportunity_id = $1 order by stage',
    [opportunityId],
  );
  assert.deepEqual(
    stages.map(({ stage }) => stage),
    ['Closed Won', 'Prospecting'],
  );
  assert.deepEqual(await copyOf('crm_opportunity_product', 'line_id', lineId), {
    line_id: lineId,
    opportunity_id: opportunityId,
    product_id: productId,
    quantity: 4,
    total_price: 1_000,
    is_deleted: false,
  });
  assert.equal((await copyOf('crm_product', 'product_id', productId))?.['family'], 'Boats');
});

test('a change, a deletion and an undeletion each arrive with the next pass', async () => {
  const id = await insert('Opportunity', opportunity());
  await syncOnce(under);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Opportunity').update({ Id: id, Amount: 99 });
  await syncOnce(under);
  assert.equal((await copyOf('crm_opportunity', 'opportunity_id', id))?.['amount'], 99);
  await rep.sobject('Opportunity').destroy(id);
  await syncOnce(under);
  assert.equal(await isDeleted('crm_opportunity', 'opportunity_id', id), true);
  await under.alterOrg(
    `update org."Opportunity" set "IsDeleted" = false, "SystemModstamp" = date_trunc('second', now()) where "Id" = $1`,
    [id],
  );
  await syncOnce(under);
  assert.equal(await isDeleted('crm_opportunity', 'opportunity_id', id), false);
});

test('leads, campaigns and their members are copied', async () => {
  const leadId = await insert('Lead', {
    LastName: SECRET,
    Company: SECRET,
    LeadSource: 'Web',
    OwnerId: under.repId,
  });
  const campaignId = await insert('Campaign', {
    Name: SECRET,
    Type: 'Webinar',
    Status: 'Completed',
    StartDate: '2026-09-01',
    EndDate: '2026-09-02',
    IsActive: true,
  });
  const memberId = await insert('CampaignMember', {
    CampaignId: campaignId,
    LeadId: leadId,
    Status: 'Responded',
  });
  assert.deepEqual(await syncOnce(under), []);
  assert.deepEqual(await copyOf('crm_lead', 'lead_id', leadId), {
    lead_id: leadId,
    owner_id: under.repId,
    status: 'Open - Not Contacted',
    lead_source: 'Web',
    is_converted: false,
    converted_on: null,
    account_id: null,
    contact_id: null,
    opportunity_id: null,
    is_deleted: false,
  });
  assert.deepEqual(await copyOf('crm_campaign', 'campaign_id', campaignId), {
    campaign_id: campaignId,
    type: 'Webinar',
    status: 'Completed',
    first_day: '2026-09-01',
    last_day: '2026-09-02',
    is_active: true,
    is_deleted: false,
  });
  const member = await copyOf('crm_campaign_member', 'member_id', memberId);
  assert.deepEqual([member?.['campaign_id'], member?.['lead_id']], [campaignId, leadId]);
});

test('meetings and follow-ups are copied by their owners; what a call became is no follow-up', async () => {
  const callId = await under.placeCall();
  await syncOnce(under);
  await under.report(callId, 'switch', answeredCall(30_000));
  await deliverDue(under, [callId]);
  const meetingId = await insert('Event', {
    Subject: SECRET,
    OwnerId: under.repId,
    WhoId: under.contactId,
    StartDateTime: '2026-12-01T09:00:00.000Z',
    EndDateTime: '2026-12-01T09:30:00.000Z',
  });
  const taskId = await insert('Task', {
    Subject: SECRET,
    OwnerId: under.repId,
    WhoId: under.contactId,
    ActivityDate: '2026-12-02',
  });
  await syncOnce(under);
  const meeting = await copyOf('crm_meeting', 'event_id', meetingId);
  assert.deepEqual([meeting?.['user_id'], meeting?.['who_id']], [under.repId, under.contactId]);
  const open = await copyOf('crm_follow_up', 'task_id', taskId);
  assert.deepEqual(
    [open?.['user_id'], open?.['due_on'], open?.['is_closed'], open?.['completed_at']],
    [under.repId, '2026-12-02', false, null],
  );
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: taskId, Status: 'Completed' });
  await syncOnce(under);
  const done = await copyOf('crm_follow_up', 'task_id', taskId);
  assert.equal(done?.['is_closed'], true);
  assert.notEqual(done?.['completed_at'], null);
  const [{ count } = { count: -1 }] = await under.ledger.database.query<{ count: number }>(
    'select count(*) as count from crm_follow_up',
  );
  assert.equal(count, 1);
});

test('roles, managers, absences, benchmarks and quotas are copied', async () => {
  const [{ UserRoleId = '' } = {}] = (
    await under.connection.query<{ UserRoleId: string }>(
      `SELECT UserRoleId FROM User WHERE Id = '${under.repId}'`,
    )
  ).records;
  const absenceId = await insert('Rep_Absence__c', {
    Rep__c: under.repId,
    First_Day__c: '2026-11-02',
    Last_Day__c: '2026-11-06',
    Share__c: 50,
  });
  const benchmarkId = await insert('Benchmark__c', { Metric__c: 'connectRate', Value__c: 0.2 });
  const quotaId = await insert('ForecastingQuota', {
    QuotaOwnerId: under.repId,
    StartDate: '2026-10-01',
    QuotaAmount: 250_000,
    IsAmount: true,
  });
  assert.deepEqual(await syncOnce(under), []);
  assert.notEqual((await copyOf('crm_role', 'role_id', UserRoleId))?.['parent_role_id'], null);
  assert.equal((await copyOf('crm_user', 'user_id', under.repId))?.['role_id'], UserRoleId);
  assert.deepEqual(await copyOf('crm_absence', 'absence_id', absenceId), {
    absence_id: absenceId,
    user_id: under.repId,
    first_day: '2026-11-02',
    last_day: '2026-11-06',
    share: 50,
    is_deleted: false,
  });
  assert.equal((await copyOf('crm_benchmark', 'benchmark_id', benchmarkId))?.['value'], 0.2);
  const quota = await copyOf('crm_quota', 'quota_id', quotaId);
  assert.deepEqual([quota?.['user_id'], quota?.['amount']], [under.repId, 250_000]);
});

test('what is deleted without a trace is gone after the next pass', async () => {
  const quotaIds = await under.org.insert(
    'ForecastingQuota',
    ['2027-01-01', '2027-04-01'].map((StartDate) => ({
      QuotaOwnerId: under.repId,
      StartDate,
      QuotaAmount: 1,
    })),
  );
  await syncOnce(under);
  await under.alterOrg('delete from org."ForecastingQuota" where "Id" = $1', [quotaIds[0]]);
  await syncOnce(under);
  assert.equal(await copyOf('crm_quota', 'quota_id', quotaIds[0] ?? ''), undefined);
  assert.ok(await copyOf('crm_quota', 'quota_id', quotaIds[1] ?? ''));
});

test('no name and no free text is copied', async () => {
  const tables = await under.ledger.database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_name like 'crm\\_%'",
  );
  assert.ok(tables.length > 15);
  for (const { name } of tables) {
    const rows = await under.ledger.database.query<{ entry: string }>(
      `select to_jsonb(${name})::text as entry from ${name}`,
    );
    for (const { entry } of rows) assert.doesNotMatch(entry, new RegExp(SECRET, 'u'));
  }
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { PRODUCT_METADATA, startOrgUnderTest } from './orgUnderTest.ts';
import type { OrgUnderTest } from './orgUnderTest.ts';

/** Opportunities, products, campaigns, quotas and absences, as the product reads them. */
let world: OrgUnderTest;

before(async () => {
  world = await startOrgUnderTest([PRODUCT_METADATA]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

const OPPORTUNITY = { Name: 'Tents', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 1_000 };

async function historyOf(opportunityId: string): Promise<unknown[]> {
  const rows = await world.org.query(
    `SELECT StageName, Amount, PrevAmount, Probability, CloseDate FROM OpportunityHistory
      WHERE OpportunityId = '${opportunityId}' ORDER BY Id`,
  );
  return rows.map((row) => ({ ...row, attributes: undefined }));
}

describe('an opportunity', () => {
  test('takes probability, category, closed and won from its stage', async () => {
    const own = await world.connectionOf(world.people.rep);
    const { id } = await own.sobject('Opportunity').create(OPPORTUNITY);
    const soql = `SELECT Probability, ForecastCategory, ForecastCategoryName, ExpectedRevenue, IsClosed, IsWon
                    FROM Opportunity WHERE Id = '${String(id)}'`;
    const stateNow = async () => {
      const [state] = (await own.query(soql)).records;
      return { ...state, attributes: undefined };
    };
    assert.deepEqual(await stateNow(), {
      attributes: undefined,
      Probability: 10,
      ForecastCategory: 'Pipeline',
      ForecastCategoryName: 'Pipeline',
      ExpectedRevenue: 100,
      IsClosed: false,
      IsWon: false,
    });
    await own.sobject('Opportunity').update({ Id: String(id), StageName: 'Closed Won' });
    assert.deepEqual(await stateNow(), {
      attributes: undefined,
      Probability: 100,
      ForecastCategory: 'Closed',
      ForecastCategoryName: 'Closed',
      ExpectedRevenue: 1_000,
      IsClosed: true,
      IsWon: true,
    });
  });

  test('leaves a row of history for its creation and every change that counts, and for no other', async () => {
    const own = await world.connectionOf(world.people.rep);
    const { id } = await own.sobject('Opportunity').create(OPPORTUNITY);
    const change = (values: object) => own.sobject('Opportunity').update({ Id: String(id), ...values });
    await change({ NextStep: 'call again' });
    await change({ StageName: 'Needs Analysis' });
    await change({ Amount: 1_200 });
    await change({ CloseDate: '2027-01-15', Amount: 1_200 });
    const row = {
      attributes: undefined,
      StageName: 'Needs Analysis',
      PrevAmount: 1_000,
      Probability: 20,
      CloseDate: '2026-12-31',
    };
    assert.deepEqual(await historyOf(String(id)), [
      { ...row, StageName: 'Prospecting', Amount: 1_000, PrevAmount: null, Probability: 10 },
      { ...row, Amount: 1_000 },
      { ...row, Amount: 1_200 },
      { ...row, Amount: 1_200, PrevAmount: 1_200, CloseDate: '2027-01-15' },
    ]);
    const fields = await world.org.query(
      `SELECT Field, OldValue, NewValue FROM OpportunityFieldHistory WHERE OpportunityId = '${String(id)}' ORDER BY Id`,
    );
    assert.deepEqual(
      fields.map(({ Field, OldValue, NewValue }) => [Field, OldValue, NewValue]),
      [
        ['created', null, null],
        ['StageName', 'Prospecting', 'Needs Analysis'],
        ['Probability', '10', '20'],
        ['Amount', '1000', '1200'],
        ['CloseDate', '2026-12-31', '2027-01-15'],
      ],
    );
  });

  test('and its history are seen by its owner, roles above and the relay; nobody writes history', async () => {
    const [id = ''] = await world.org.insert('Opportunity', [{ ...OPPORTUNITY, OwnerId: world.people.rep }]);
    const countFor = async (userId: string, objectName: string): Promise<number> => {
      const key = objectName === 'Opportunity' ? 'Id' : 'OpportunityId';
      const connection = await world.connectionOf(userId);
      return (await connection.query(`SELECT Id FROM ${objectName} WHERE ${key} = '${id}'`)).totalSize;
    };
    for (const objectName of ['Opportunity', 'OpportunityHistory', 'OpportunityFieldHistory']) {
      assert.equal(await countFor(world.people.rep, objectName), 1, objectName);
      assert.equal(await countFor(world.people.manager, objectName), 1, objectName);
      assert.equal(await countFor(world.people.relay, objectName), 1, objectName);
      assert.equal(await countFor(world.people.otherRep, objectName), 0, objectName);
    }
    const own = await world.connectionOf(world.people.rep);
    await assert.rejects(own.sobject('OpportunityHistory').create({ OpportunityId: id }), {
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    });
    await own.sobject('Opportunity').delete(id);
    assert.equal(await countFor(world.people.rep, 'OpportunityHistory'), 0);
  });

  test('has products at the prices of the price book, and tasks that count for its account', async () => {
    const [accountId = ''] = await world.org.insert('Account', [{ Name: 'Alpine Huts' }]);
    const [opportunityId = ''] = await world.org.insert('Opportunity', [
      { ...OPPORTUNITY, AccountId: accountId },
    ]);
    const [book] = await world.org.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    const [productId = ''] = await world.org.insert('Product2', [{ Name: 'Tent', ProductCode: 'T-1' }]);
    const [entryId = ''] = await world.org.insert('PricebookEntry', [
      { Pricebook2Id: book?.['Id'], Product2Id: productId, UnitPrice: 250 },
    ]);
    await world.org.insert('OpportunityLineItem', [
      { OpportunityId: opportunityId, PricebookEntryId: entryId, Quantity: 4, Discount: 10 },
    ]);
    const [line] = await world.org.query(
      `SELECT Name, ProductCode, Product2Id, UnitPrice, ListPrice, TotalPrice FROM OpportunityLineItem`,
    );
    assert.deepEqual(
      { ...line, attributes: undefined },
      {
        attributes: undefined,
        Name: 'Tent',
        ProductCode: 'T-1',
        Product2Id: productId,
        UnitPrice: 250,
        ListPrice: 250,
        TotalPrice: 900,
      },
    );
    await world.org.insert('Task', [{ Subject: 'Send the offer', WhatId: opportunityId }]);
    const [task] = await world.org.query(`SELECT AccountId FROM Task WHERE WhatId = '${opportunityId}'`);
    assert.equal(task?.['AccountId'], accountId);
  });
});

test('an absence is seen by its rep and roles above, lasts whole days by default, and has known reasons', async () => {
  const manager = await world.connectionOf(world.people.manager);
  const absence = { Rep__c: world.people.rep, OwnerId: world.people.rep, First_Day__c: '2026-11-02' };
  await manager
    .sobject('Rep_Absence__c')
    .create({ ...absence, Last_Day__c: '2026-11-06', Reason__c: 'illness' });
  const soql = 'SELECT Share__c, Reason__c FROM Rep_Absence__c';
  const [seen] = (await (await world.connectionOf(world.people.rep)).query(soql)).records;
  assert.deepEqual([seen?.['Share__c'], seen?.['Reason__c']], [100, 'illness']);
  assert.equal((await (await world.connectionOf(world.people.otherRep)).query(soql)).totalSize, 0);
  assert.equal((await (await world.connectionOf(world.people.relay)).query(soql)).totalSize, 1);
  await assert.rejects(manager.sobject('Rep_Absence__c').create({ ...absence, Reason__c: 'holiday' }), {
    errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
  });
});

test('benchmarks are read by all and written by the admin alone', async () => {
  await world.org.insert('Benchmark__c', [{ Metric__c: 'connectRate', Value__c: 0.14, Low__c: 0.08 }]);
  const own = await world.connectionOf(world.people.rep);
  assert.equal((await own.query('SELECT Value__c FROM Benchmark__c')).totalSize, 1);
  await assert.rejects(own.sobject('Benchmark__c').create({ Metric__c: 'dials' }), {
    errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  });
});

test('campaigns have members, and a lead that was converted says into what', async () => {
  const [campaignId = ''] = await world.org.insert('Campaign', [{ Name: 'Spring fair', IsActive: true }]);
  const [accountId = ''] = await world.org.insert('Account', [{ Name: 'Ruiz Outfitters' }]);
  const [contactId = ''] = await world.org.insert('Contact', [{ LastName: 'Ruiz', AccountId: accountId }]);
  const [leadId = ''] = await world.org.insert('Lead', [
    {
      LastName: 'Ruiz',
      Company: 'Ruiz Outfitters',
      Status: 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: '2026-10-05',
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
    },
  ]);
  await world.org.insert('CampaignMember', [
    { CampaignId: campaignId, LeadId: leadId, Status: 'Responded' },
    { CampaignId: campaignId, ContactId: contactId },
  ]);
  const relay = await world.connectionOf(world.people.relay);
  const { records } = await relay.query(
    'SELECT HasResponded, Lead.ConvertedContactId FROM CampaignMember ORDER BY Id',
  );
  assert.deepEqual(
    records.map((record) => [record['HasResponded'], record['Lead']?.['ConvertedContactId']]),
    [
      [true, contactId],
      [false, undefined],
    ],
  );
});

test('quotas are there unless the org has forecasts switched off', async () => {
  await world.org.insert('ForecastingQuota', [
    { QuotaOwnerId: world.people.rep, StartDate: '2026-10-01', QuotaAmount: 250_000, IsAmount: true },
  ]);
  const relay = await world.connectionOf(world.people.relay);
  const soql = 'SELECT QuotaAmount FROM ForecastingQuota';
  assert.equal((await relay.query(soql)).totalSize, 1);
  const without = await world.restart([PRODUCT_METADATA], { hasForecasting: false });
  await assert.rejects(without.query(soql), { errorCode: 'INVALID_TYPE' });
  await without.close();
});

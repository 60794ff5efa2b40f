import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hashNumber } from '../../../src/calls/index.ts';
import { matchNumber, type NumberMatch } from '../../../src/crm/index.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
});
after(() => under.stop());

let lastNumber = 5_550_200;
/** A number that no other record has. */
function newNumber(): string {
  lastNumber += 1;
  return `+1303${lastNumber}`;
}

async function insert(objectName: string, record: Record<string, unknown>): Promise<string> {
  const [id = ''] = await under.org.insert(objectName, [record]);
  return id;
}

function match(
  numberE164: string,
  {
    extension,
    recordId,
    userId = under.repId,
  }: { extension?: string; recordId?: string; userId?: string } = {},
): Promise<NumberMatch> {
  const { ledger, orgId } = under;
  return matchNumber(ledger.database, orgId, {
    numberHash: hashNumber(ledger.personalDataKey, orgId, numberE164),
    userId,
    ...(extension === undefined ? {} : { extension }),
    ...(recordId === undefined ? {} : { recordId }),
  });
}

function idsOf(found: NumberMatch): string[] {
  return found.kind === 'ambiguous' ? found.candidates.map(({ recordId }) => recordId) : [];
}

const remember = (numberE164: string, recordId: string) =>
  under.ledger.database.query(
    `insert into crm_number_choice (org_id, number_hash, extension, record_id, chosen_by) values ($1, $2, '', $3, $4)`,
    [under.orgId, hashNumber(under.ledger.personalDataKey, under.orgId, numberE164), recordId, under.repId],
  );

test('a number leads to the one record that has it, in whatever field and way it is written there', async () => {
  const [mobile, national] = [newNumber(), '030 23125-041'];
  const accountId = await insert('Account', { Name: 'Alpine', Phone: newNumber() });
  const contactId = await insert('Contact', { LastName: 'Berg', AccountId: accountId, MobilePhone: mobile });
  const leadId = await insert('Lead', { LastName: 'Kurz', Company: 'Kurz', Phone: national });
  await syncOnce(under);
  assert.deepEqual(await match(mobile), { kind: 'record', recordId: contactId, accountId });
  assert.deepEqual(await match('+493023125041'), { kind: 'record', recordId: leadId, accountId: null });
  assert.deepEqual(await match(newNumber()), { kind: 'none' });
});

test('a contact comes before its own account, another account does not', async () => {
  const number = newNumber();
  const accountId = await insert('Account', { Name: 'Brook', Phone: number });
  assert.deepEqual((await syncOnce(under), await match(number)), {
    kind: 'record',
    recordId: accountId,
    accountId,
  });
  const contactId = await insert('Contact', { LastName: 'Brook', AccountId: accountId, Phone: number });
  await syncOnce(under);
  assert.deepEqual(await match(number), { kind: 'record', recordId: contactId, accountId });
  const otherId = await insert('Account', { Name: 'Creek', Phone: number });
  await syncOnce(under);
  assert.deepEqual(idsOf(await match(number)), [contactId, otherId].sort());
});

test('several contacts of one account are ambiguous, and the one that was dialed from wins while it exists', async () => {
  const number = newNumber();
  const accountId = await insert('Account', { Name: 'Dune', Phone: number });
  const [one, other, third] = [
    await insert('Contact', { LastName: 'One', AccountId: accountId, Phone: number }),
    await insert('Contact', { LastName: 'Other', AccountId: accountId, Phone: number }),
    await insert('Contact', { LastName: 'Third', AccountId: accountId, Phone: number }),
  ];
  await syncOnce(under);
  assert.deepEqual(idsOf(await match(number)), [one, other, third].sort());
  assert.deepEqual(await match(number, { recordId: other }), { kind: 'record', recordId: other, accountId });
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').destroy(other);
  await syncOnce(under);
  assert.deepEqual(idsOf(await match(number, { recordId: other })), [one, third].sort());
});

test('a record that the index does not know is taken at its word', async () => {
  const opportunityId = '006000000000001AAA';
  assert.deepEqual(await match(newNumber(), { recordId: opportunityId }), {
    kind: 'record',
    recordId: opportunityId,
    accountId: null,
  });
});

test('extensions are numbers of their own, and the line is neither', async () => {
  const line = newNumber();
  const [seven, eight, main] = [
    await insert('Contact', { LastName: 'Seven', Phone: `${line} ext. 7` }),
    await insert('Contact', { LastName: 'Eight', Phone: `${line} x8` }),
    await insert('Contact', { LastName: 'Main', Phone: line }),
  ];
  await syncOnce(under);
  const found = [
    await match(line, { extension: '7' }),
    await match(line, { extension: '8' }),
    await match(line),
  ];
  assert.deepEqual(
    found.map((each) => (each.kind === 'record' ? each.recordId : each.kind)),
    [seven, eight, main],
  );
  assert.deepEqual(await match(line, { extension: '9' }), { kind: 'none' });
});

test('a converted lead leads to its contact, also when it was dialed from', async () => {
  const number = newNumber();
  const leadId = await insert('Lead', { LastName: 'Became', Company: 'Became', Phone: number });
  const contactId = await insert('Contact', { LastName: 'Became' });
  await under.alterOrg(
    `update org."Lead" set "IsConverted" = true, "ConvertedContactId" = $2,
       "SystemModstamp" = date_trunc('second', now()) where "Id" = $1`,
    [leadId, contactId],
  );
  await syncOnce(under);
  const contact = { kind: 'record', recordId: contactId, accountId: null } as const;
  assert.deepEqual(await match(number), contact);
  assert.deepEqual(await match(newNumber(), { recordId: leadId }), contact);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').destroy(contactId);
  await syncOnce(under);
  assert.deepEqual(await match(number), { kind: 'none' });
});

test("nothing leads to the rep's own record, by number, extension or address", async () => {
  const [desk, mobile, private_] = [newNumber(), newNumber(), newNumber()];
  const email = 'piet@northwind-outdoor.test';
  const userId = await insert('User', {
    LastName: 'Own',
    Username: email,
    Email: email,
    TimeZoneSidKey: 'Europe/London',
    IsActive: true,
    Phone: desk,
    Extension: '12',
    MobilePhone: mobile,
  });
  await insert('Contact', { LastName: 'Desk', Phone: `${desk} ext. 12` });
  await insert('Contact', { LastName: 'Neighbour', Phone: `${desk} ext. 13` });
  await insert('Contact', { LastName: 'Mobile', Phone: mobile });
  const ownId = await insert('Contact', { LastName: 'Private', Phone: private_, Email: email.toUpperCase() });
  await syncOnce(under);
  assert.deepEqual(await match(desk, { extension: '12', userId }), { kind: 'none' });
  assert.deepEqual(await match(mobile, { userId }), { kind: 'none' });
  assert.deepEqual(await match(private_, { userId }), { kind: 'none' });
  assert.deepEqual(await match(private_, { userId, recordId: ownId }), { kind: 'none' });
  assert.equal((await match(desk, { extension: '13', userId })).kind, 'record');
  assert.equal((await match(private_)).kind, 'record', 'to another rep it is a record like any other');
});

test('a choice holds while its record exists', async () => {
  const number = newNumber();
  const [one, other, third] = [
    await insert('Contact', { LastName: 'A', Phone: number }),
    await insert('Contact', { LastName: 'B', Phone: number }),
    await insert('Contact', { LastName: 'C', Phone: number }),
  ];
  await syncOnce(under);
  await remember(number, other);
  assert.deepEqual(await match(number), { kind: 'record', recordId: other, accountId: null });
  assert.deepEqual(await match(number, { recordId: one }), {
    kind: 'record',
    recordId: one,
    accountId: null,
  });
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').destroy(other);
  await syncOnce(under);
  assert.deepEqual(idsOf(await match(number)), [one, third].sort());
});

test('a number that was changed or taken away leads nowhere', async () => {
  const [old, changed] = [newNumber(), newNumber()];
  const contactId = await insert('Contact', { LastName: 'Moved', Phone: old });
  await syncOnce(under);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').update({ Id: contactId, Phone: changed });
  await syncOnce(under);
  assert.deepEqual(await match(old), { kind: 'none' });
  assert.deepEqual(await match(changed), { kind: 'record', recordId: contactId, accountId: null });
});

test('no number, name or address is stored', async () => {
  for (const table of ['crm_record', 'crm_number', 'crm_user_number', 'crm_user']) {
    const rows = await under.ledger.database.query<{ entry: string }>(
      `select to_jsonb(${table})::text as entry from ${table}`,
    );
    assert.ok(rows.length > 0);
    for (const { entry } of rows) assert.doesNotMatch(entry, /303555|northwind|Neighbour/u);
  }
});

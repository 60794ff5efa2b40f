import type { Page } from '@playwright/test';
import type { Connection } from 'jsforce';
import { saveOutcome, signIn, switchCallsSince } from './support/callFlow.ts';
import { phoneOf } from './support/runningCall.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';

const LEAD = {
  LastName: 'Sadler',
  FirstName: 'Nadia',
  Company: 'Sadler Boats',
  Status: 'Open - Not Contacted',
};

async function idOf(connection: Connection, objectName: string, name: string): Promise<string> {
  const { records } = await connection.query<{ Id: string }>(
    `SELECT Id FROM ${objectName} WHERE Name = '${name}'`,
  );
  return records[0]?.Id ?? '';
}

async function create(connection: Connection, objectName: string, fields: object): Promise<string> {
  const { id = '' } = await connection.sobject(objectName).create(fields);
  return id;
}

/** The card of a record's page. */
async function openRecord(page: Page, sandbox: RunningSandbox, objectName: string, recordId: string) {
  await page.goto(`${sandbox.url}/lightning/r/${objectName}/${recordId}/view`);
  const card = page.locator('c-phone-numbers');
  await expect(card.getByRole('heading', { name: 'Phone numbers' })).toBeVisible({ timeout: 30_000 });
  return card;
}

/**
 * Clicks twice, as some people do, while the phone is still starting and says so: one call is dialed, and the focus
 * stays where it was. Gives it an outcome.
 */
async function callByDoubleClick(page: Page, sandbox: RunningSandbox, name: string): Promise<string> {
  const callsSince = await switchCallsSince(sandbox);
  const phone = phoneOf(page);
  const button = page.locator('c-phone-numbers .call').and(page.locator(`[aria-label$="${name}"]`));
  await button.dblclick();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible({ timeout: 20_000 });
  await expect(button).toBeFocused();
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await saveOutcome(page, 'Call back', '');
  const calls = await callsSince();
  expect(calls).toHaveLength(1);
  return calls[0]?.callId ?? '';
}

test('every number of a lead, an account and the people of an opportunity is called from its record', async ({
  page,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const connection = await sandbox.connectionOf(tomas);
  const lead = await create(connection, 'Lead', {
    ...LEAD,
    Phone: '+1 303 555 0131',
    MobilePhone: '+1 303 555 0132',
  });
  const account = await idOf(connection, 'Account', 'Brightwater Marinas');
  const opportunity = await create(connection, 'Opportunity', {
    Name: 'Berths for the spring',
    AccountId: account,
    StageName: 'Prospecting',
    CloseDate: '2030-06-30',
  });
  const [kim, rosalind] = [
    await idOf(connection, 'Contact', 'Kim Wu'),
    await idOf(connection, 'Contact', 'Rosalind Pike'),
  ];
  await create(connection, 'OpportunityContactRole', {
    OpportunityId: opportunity,
    ContactId: rosalind,
    Role: 'Evaluator',
  });
  await create(connection, 'OpportunityContactRole', {
    OpportunityId: opportunity,
    ContactId: kim,
    Role: 'Decision Maker',
    IsPrimary: true,
  });
  await signIn(page, sandbox, tomas);

  const leadCard = await openRecord(page, sandbox, 'Lead', lead);
  await expect(leadCard.locator('dt')).toHaveText(['Mobile', 'Office']);
  const ofLead = await callByDoubleClick(page, sandbox, 'Nadia Sadler, mobile');

  const accountCard = await openRecord(page, sandbox, 'Account', account);
  await expect(accountCard.locator('dt')).toHaveText(['Office']);
  const ofAccount = await callByDoubleClick(page, sandbox, 'Brightwater Marinas, office');

  const opportunityCard = await openRecord(page, sandbox, 'Opportunity', opportunity);
  await expect(opportunityCard.locator('h3')).toHaveText([
    'Kim Wu, Decision Maker',
    'Rosalind Pike, Evaluator',
  ]);
  await expect(opportunityCard.getByText('This person asked not to be called.')).toHaveCount(1);
  await expect(opportunityCard.getByText('Do not call', { exact: true })).toHaveCount(1);
  await expect(opportunityCard.getByRole('button', { name: /Rosalind Pike/u })).toHaveCount(0);
  const ofContact = await callByDoubleClick(page, sandbox, 'Kim Wu, mobile');

  await expect
    .poll(async () => await recordsOf(connection, [ofLead, ofAccount, ofContact]), { timeout: 20_000 })
    .toEqual([
      [lead, null],
      [null, account],
      [kim, null],
    ]);
});

/** Whom and what the Tasks of these calls belong to, in the calls' order. */
async function recordsOf(
  connection: Connection,
  callIds: readonly string[],
): Promise<readonly (readonly (string | null)[])[]> {
  const { records } = await connection.query<{
    Call_Id__c: string;
    WhoId: string | null;
    WhatId: string | null;
  }>(
    `SELECT Call_Id__c, WhoId, WhatId FROM Task WHERE Call_Id__c IN (${callIds.map((id) => `'${id}'`).join(',')})`,
  );
  return callIds.flatMap((callId) =>
    records.filter((task) => task.Call_Id__c === callId).map(({ WhoId, WhatId }) => [WhoId, WhatId]),
  );
}

test('who asked not to be called has no button, and the card says why', async ({ page, sandbox }) => {
  const { tomas } = sandbox.people;
  const connection = await sandbox.connectionOf(tomas);
  const lead = await create(connection, 'Lead', { ...LEAD, Phone: '+1 303 555 0133', DoNotCall: true });
  await signIn(page, sandbox, tomas);
  const card = await openRecord(page, sandbox, 'Lead', lead);
  await expect(card.getByText('This person asked not to be called.')).toBeVisible();
  await expect(card.locator('c-dial-button')).toHaveCount(0);
});

import type { Page } from '@playwright/test';
import { openContact, signIn, watchPeerConnections } from '../support/callFlow.ts';
import { createSharers, ring } from '../support/callers.ts';
import { giveOutcomes, phoneIsReady, untilPhone } from '../support/enginePhone.ts';
import { contactIdOf, tasksOfCall } from '../support/orgRecords.ts';
import { bothHear, openTabOf, phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';

const ANAS_NUMBER = '+13035550142';
const IN_TIME = { timeout: 20_000 };

/** The name of the record that the page shows. */
function shownRecord(page: Page) {
  return page.getByRole('heading', { level: 1 });
}

async function hangUpAndSave(page: Page): Promise<void> {
  const phone = phoneOf(page);
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await phone.getByRole('group', { name: 'Outcome' }).getByText('Call back').click();
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText(/^Saved \d/u)).toBeVisible(IN_TIME);
}

test.describe('on one page', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await watchPeerConnections(page);
    await signIn(page, sandbox, sandbox.people.tomas);
    await openContact(page, 'Kim Wu');
    await phoneIsReady(page);
  });

  test.afterEach(async ({ page }) => {
    await giveOutcomes(page);
  });

  test('a call from a contact’s number says who it is, opens the record, and is logged there', async ({
    page,
    sandbox,
  }) => {
    const { tomas } = sandbox.people;
    const phone = phoneOf(page);
    const callId = await ring(sandbox, tomas, { from: ANAS_NUMBER, behaviour: { kind: 'talks' } });
    await expect(phone.getByRole('button', { name: 'Ringing: Ana Ruiz' })).toBeVisible(IN_TIME);
    await expect(phone.getByRole('alert')).toHaveText(/^Ana Ruiz.* is calling$/u);
    await expect(shownRecord(page)).toHaveText('Kim Wu');
    await phone.getByRole('button', { name: 'Answer: Ana Ruiz' }).click();
    await expect(shownRecord(page)).toHaveText('Ana Ruiz', IN_TIME);
    await bothHear(page, sandbox);
    await hangUpAndSave(page);

    const connection = await sandbox.connectionOf(tomas);
    const ana = await contactIdOf(connection, 'Ana Ruiz');
    expect(page.url()).toContain(ana);
    await expect
      .poll(async () => await tasksOfCall(connection, callId), IN_TIME)
      .toMatchObject([{ WhoId: ana, CallType: 'Inbound', Call_Outcome__c: 'callBack' }]);
  });

  test('complaint 12: a caller whose number two people have is the one the rep chooses, and nobody else', async ({
    page,
    sandbox,
  }, { repeatEachIndex }) => {
    const { tomas } = sandbox.people;
    const phone = phoneOf(page);
    const connection = await sandbox.connectionOf(tomas);
    // A choice is remembered for its number: each repetition asks about another one.
    const from = `+1303556010${repeatEachIndex}`;
    const last = `Berg ${repeatEachIndex}`;
    const names = ['Signe', 'Sven'].map((FirstName) => ({ FirstName, LastName: last }));
    const ids = await createSharers(sandbox, connection, tomas, names, from);

    const callId = await ring(sandbox, tomas, { from, behaviour: { kind: 'talks' } });
    await phone.getByRole('button', { name: `Answer: ${from}` }).click(IN_TIME);
    // The question of the call that rang is another one than that of the call that is up.
    await expect(phone.getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
    const choice = phone.getByLabel('Who is it?');
    await expect(choice.getByRole('option')).toHaveText([
      '2 people have this number',
      `Signe ${last}`,
      `Sven ${last}`,
      'None of these',
    ]);
    await expect(shownRecord(page)).toHaveText('Kim Wu');
    await choice.selectOption({ label: `Sven ${last}` });
    await expect(shownRecord(page)).toHaveText(`Sven ${last}`, IN_TIME);
    await bothHear(page, sandbox);
    await hangUpAndSave(page);
    await expect
      .poll(async () => (await tasksOfCall(connection, callId)).map(({ WhoId }) => WhoId), IN_TIME)
      .toEqual([ids[1]]);
  });
});

test('complaint 10: a call rings in three tabs, and the one that answers shows the record', async ({
  context,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const tabs = [
    await openTabOf(context, sandbox, tomas, 'Kim Wu'),
    await openTabOf(context, sandbox, tomas, 'Kim Wu'),
    await openTabOf(context, sandbox, tomas, 'Kim Wu'),
  ] as const;
  const [leading, answering, other] = tabs;
  await untilPhone(leading, ({ phoneState }) => phoneState === 'ready');
  await ring(sandbox, tomas, { from: ANAS_NUMBER, behaviour: { kind: 'talks' } });
  for (const tab of tabs)
    await expect(phoneOf(tab).getByRole('button', { name: 'Ringing: Ana Ruiz' })).toBeVisible(IN_TIME);
  await phoneOf(answering).getByRole('button', { name: 'Answer: Ana Ruiz' }).click();
  for (const tab of tabs) await expect(phoneOf(tab).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await bothHear(leading, sandbox);
  await expect(shownRecord(answering)).toHaveText('Ana Ruiz', IN_TIME);
  for (const tab of [leading, other]) await expect(shownRecord(tab)).toHaveText('Kim Wu');
  await hangUpAndSave(other);
});

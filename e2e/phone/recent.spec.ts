import type { Page } from '@playwright/test';
import { openContact, signIn, watchPeerConnections } from '../support/callFlow.ts';
import { ring } from '../support/callers.ts';
import { giveOutcomes, shownCall, untilPhone } from '../support/enginePhone.ts';
import { contactIdOf, tasksOfCall } from '../support/orgRecords.ts';
import { bothHear, openPanel, phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';

const ANAS_NUMBER = '+13035550142';
const IN_TIME = { timeout: 20_000 };

test.beforeEach(async ({ page, sandbox }) => {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Kim Wu');
  await page.waitForFunction(() => 'ScorelineSoftphone' in globalThis);
  await untilPhone(page, ({ phoneState }) => phoneState === 'ready');
  await openPanel(page);
});

test.afterEach(async ({ page }) => {
  await giveOutcomes(page);
});

/** The row of a call in the list of the last ones. */
async function openRowOf(page: Page, callId: string) {
  const phone = phoneOf(page);
  await phone.getByRole('tab', { name: 'Recent' }).click();
  const row = phone.locator(`li[data-call-id="${callId}"]`);
  await expect(row).toBeVisible(IN_TIME);
  return row;
}

test('a missed call is called back from the list, and waits there no more', async ({ page, sandbox }) => {
  const { tomas } = sandbox.people;
  const missed = await ring(sandbox, tomas, {
    from: ANAS_NUMBER,
    behaviour: { kind: 'givesUp', afterSeconds: 1 },
  });
  const phone = phoneOf(page);
  const row = await openRowOf(page, missed);
  const firstRow = phone.locator('li[data-call-id]').first();
  await expect(firstRow).toHaveAttribute('data-call-id', missed);
  await row.getByRole('button', { name: 'Call back: Ana Ruiz' }).click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await bothHear(page, sandbox);
  const { callId } = await shownCall(page, ({ state }) => state === 'talking');
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await phone.getByRole('group', { name: 'Outcome' }).getByText('Meeting').click();
  await phone.getByRole('button', { name: 'Save', exact: true }).click();

  await openRowOf(page, callId);
  await expect(firstRow).toHaveAttribute('data-call-id', callId);
  const connection = await sandbox.connectionOf(tomas);
  await expect
    .poll(async () => await tasksOfCall(connection, callId), IN_TIME)
    .toMatchObject([
      {
        WhoId: await contactIdOf(connection, 'Ana Ruiz'),
        CallType: 'Outbound',
        Call_Outcome__c: 'meeting',
      },
    ]);
});

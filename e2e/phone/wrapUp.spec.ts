import type { Page } from '@playwright/test';
import { OUTCOMES } from '@scoreline/contract';
import type { Connection } from 'jsforce';
import { openContact, signIn, switchCalls, switchCallsSince } from '../support/callFlow.ts';
import { giveOutcomes, order, phoneIsReady, shownCall } from '../support/enginePhone.ts';
import { contactIdOf, tasksOfCall } from '../support/orgRecords.ts';
import { phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';

/** Busy at once: a call that nobody has to talk in. */
const BUSY_NUMBER = '+1 303 555 0155';
const IN_TIME = { timeout: 20_000 };

/** Calls a number that is busy, until its form is there. */
async function endCall(page: Page): Promise<string> {
  await order(page, 'dial', BUSY_NUMBER);
  const { callId } = await shownCall(page, ({ state }) => state === 'ended');
  await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible(IN_TIME);
  return callId;
}

async function outcomesInOrg(connection: Connection, callId: string): Promise<(string | null)[]> {
  return (await tasksOfCall(connection, callId)).map((task) => task.Call_Outcome__c);
}

test.beforeEach(async ({ page, sandbox }) => {
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await phoneIsReady(page);
});

test.afterEach(async ({ page }) => {
  await giveOutcomes(page);
});

test('each outcome is chosen by its one key, and is what the call’s one Task says', async ({
  page,
  sandbox,
}) => {
  const callIds: string[] = [];
  for (const { key, label } of OUTCOMES) {
    callIds.push(await endCall(page));
    const outcomes = phoneOf(page).getByRole('group', { name: 'Outcome' });
    await outcomes.getByRole('radio').first().focus();
    await page.keyboard.press(key);
    await expect(outcomes.getByRole('radio', { checked: true })).toHaveAccessibleName(`${key} ${label}`);
    await page.keyboard.press('Control+Enter');
    await expect(phoneOf(page).getByText(/^Saved \d/u)).toBeVisible(IN_TIME);
  }
  const connection = await sandbox.connectionOf(sandbox.people.tomas);
  await expect
    .poll(async () => await Promise.all(callIds.map((callId) => outcomesInOrg(connection, callId))), IN_TIME)
    .toEqual(OUTCOMES.map(({ code }) => [code]));
});

/** Chooses a day of the next month in the calendar, and says which one it is: `YYYY-MM-DD`. */
async function chooseFollowUpDay(page: Page): Promise<string> {
  const phone = phoneOf(page);
  await phone.getByRole('group', { name: 'Follow up' }).getByText('Date').click();
  await phone.getByLabel('Follow up on').click();
  await phone.getByRole('button', { name: 'Next Month' }).click();
  const day = phone.getByRole('gridcell', { name: '15', exact: true });
  const chosen = (await day.getAttribute('data-value')) ?? '';
  await day.click();
  return chosen;
}

test('a note and a follow-up of a chosen day are the call’s Task and one more on the same record', async ({
  page,
  sandbox,
}) => {
  const phone = phoneOf(page);
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await phone.getByRole('group', { name: 'Outcome' }).getByText('No interest').click();
  await phone.getByLabel('Note').fill('Has moorings until spring');
  const day = await chooseFollowUpDay(page);
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText(/^Saved \d/u)).toBeVisible(IN_TIME);

  const { tomas } = sandbox.people;
  const connection = await sandbox.connectionOf(tomas);
  const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';
  const ana = await contactIdOf(connection, 'Ana Ruiz');
  await expect
    .poll(async () => await followUpsOf(connection, callId), IN_TIME)
    .toMatchObject([{ ActivityDate: day, Status: 'Not Started', WhoId: ana, OwnerId: tomas.userId }]);
  const [task, ...others] = await tasksOfCall(connection, callId);
  expect(others).toEqual([]);
  expect(task).toMatchObject({
    Call_Outcome__c: 'noInterest',
    Description: `Has moorings until spring\nFollow up on ${day}`,
    Status: 'Completed',
    WhoId: ana,
  });
});

async function followUpsOf(connection: Connection, callId: string): Promise<object[]> {
  const { records } = await connection.query(
    `SELECT ActivityDate, Status, WhoId, OwnerId FROM Task WHERE Follow_Up_Of__c = '${callId}'`,
  );
  return records;
}

test('the next call waits for the outcome: the click says what to do, and dials once it is saved', async ({
  page,
  sandbox,
}) => {
  const phone = phoneOf(page);
  await endCall(page);
  const callsSince = await switchCallsSince(sandbox);
  await phone.getByRole('button', { name: 'Minimize Phone' }).click();
  const callAna = page.getByRole('button', { name: 'Call Ana Ruiz, mobile' });
  await callAna.click();
  await expect(page.getByText('Not called: choose an outcome before the next call.').first()).toBeVisible();
  expect(await callsSince()).toEqual([]);

  await phone.getByRole('button', { name: /^Outcome: /u }).click();
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText('Choose an outcome before the next call.').first()).toBeVisible();
  await phone.getByRole('group', { name: 'Outcome' }).getByText('Busy').click();
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText(/^Saved \d/u)).toBeVisible(IN_TIME);
  await phone.getByRole('button', { name: 'Minimize Phone' }).click();
  await callAna.click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  expect(await callsSince()).toHaveLength(1);
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await expect(phone.getByRole('group', { name: 'Outcome' })).toBeVisible(IN_TIME);
});

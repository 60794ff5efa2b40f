import type { Browser, Locator, Page } from '@playwright/test';
import { openContact, openTab, signIn } from './support/callFlow.ts';
import { createCampaign } from './support/campaigns.ts';
import { jumpAhead } from './support/pageClock.ts';
import { expect, test, type RunningSandbox, type SandboxUser } from './support/sandbox.ts';

/** How long the relay keeps a contact for the rep on whose list it is next. */
const RESERVED_MS = 15 * 60_000;

const phoneOf = (page: Page): Locator => page.getByRole('contentinfo', { name: 'Utility Bar' });
const nextName = (page: Page): Locator => page.getByRole('region', { name: 'Next' }).getByRole('heading');

async function startList(page: Page, source: string): Promise<void> {
  await openTab(page, 'Power list');
  await page.getByRole('combobox', { name: 'People of' }).click();
  await page.getByRole('option', { name: source, exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText(/\d+ left · \d+ done/u)).toBeVisible();
}

async function endList(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'People of' })).toBeVisible();
}

async function skip(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: /^Skip/u }).click();
  await page.getByRole('menuitem', { name: reason }).click();
}

/** Everybody whom a rep sees: who is next, and who follows. */
async function namesOn(page: Page): Promise<string[]> {
  // Whoever follows is drawn with whoever is next, and may be nobody.
  const next = await nextName(page).innerText();
  const then = page.getByText(/^Then: /u);
  const following = (await then.count()) === 0 ? '' : await then.innerText();
  return [next, ...following.replace('Then: ', '').split(' · ')].filter((name) => name !== '');
}

async function pageOf(browser: Browser, sandbox: RunningSandbox, user: SandboxUser): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  await signIn(page, sandbox, user);
  return page;
}

test.describe.configure({ timeout: 180_000 });

test('two reps work through one campaign and never see the same person', async ({ browser, sandbox }) => {
  const maya = await pageOf(browser, sandbox, sandbox.people.maya);
  const tomas = await pageOf(browser, sandbox, sandbox.people.tomas);
  await startList(maya, 'Campaign: Spring fair');
  await startList(tomas, 'Campaign: Spring fair');
  for (let turn = 0; turn < 3; turn += 1) {
    await expect(nextName(maya)).toBeVisible();
    await expect(nextName(tomas)).toBeVisible();
    const [hers, his] = [await namesOn(maya), await namesOn(tomas)];
    expect(hers.filter((name) => his.includes(name))).toEqual([]);
    for (const [page, reason] of [
      [maya, 'Bad time'],
      [tomas, 'Already in touch'],
    ] as const) {
      const name = await nextName(page).innerText();
      await skip(page, reason);
      await expect(nextName(page)).not.toHaveText(name);
    }
  }
  await expect(maya.getByText(/· 3 done/u)).toBeVisible();
  await endList(maya);
  await endList(tomas);
  await expect(maya.getByText(/^List ended: 0 called, 0 conversations, 3 skipped/u).first()).toBeVisible();
  await maya.context().close();
  await tomas.context().close();
});

test('a rep calls from the list, chooses the outcome and goes on to the next', async ({
  browser,
  sandbox,
}) => {
  await createCampaign(sandbox, 'Two to call', ['Freya Lund', 'Kim Wu']);
  const page = await pageOf(browser, sandbox, sandbox.people.maya);
  await startList(page, 'Campaign: Two to call');
  const [first = '', second = ''] = await namesOn(page);
  await page.getByRole('button', { name: new RegExp(`^Call ${first}`, 'u') }).click();
  const phone = phoneOf(page);
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible({ timeout: 40_000 });
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await phone.getByRole('group', { name: 'Outcome' }).getByText('Meeting').click();
  await phone.getByRole('button', { name: 'Save and next', exact: true }).click();
  await expect(nextName(page)).toHaveText(second, { timeout: 15_000 });
  await expect(page.getByText('1 left · 1 done')).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(`^Call ${second}`, 'u') })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: `Next: ${second}` })).toHaveCount(1);
  // The open phone lies over a part of so small a page.
  await phone.getByRole('button', { name: 'Minimize Phone' }).click();
  await skip(page, 'Bad time');
  await expect(page.getByText('List done: 1 called, 1 conversation, 1 skipped.').first()).toBeVisible();
  await page.context().close();
});

test('who is to be called back waits; a reservation that ended can be taken again', async ({
  browser,
  sandbox,
}) => {
  await createCampaign(sandbox, 'Called back', ['Noah Berger', 'Amara Osei']);
  const page = await pageOf(browser, sandbox, sandbox.people.tomas);
  await page.clock.install();
  await startList(page, 'Campaign: Called back');
  const [first = '', second = ''] = await namesOn(page);
  await page.getByRole('button', { name: /^Call back/u }).click();
  await page.getByRole('menuitem', { name: 'In an hour' }).click();
  await expect(nextName(page)).toHaveText(second);
  await jumpAhead(page, RESERVED_MS + 10_000);
  await expect(page.getByText(`${second}’s reservation ended.`)).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(`^Call ${second}`, 'u') }).first()).toBeHidden();
  await page.getByRole('button', { name: 'Take again' }).click();
  await expect(page.getByText('reserved 15 min')).toBeVisible();
  await skip(page, 'Duplicate');
  await expect(page.getByText(/^The one left is to be called back later\. Next at/u).first()).toBeVisible();
  expect(first).not.toBe(second);
  await endList(page);
  await page.context().close();
});

test('a colleague’s click does not reach whom a list has on the screen', async ({ browser, sandbox }) => {
  await createCampaign(sandbox, 'Only one', ['Malik Haddad']);
  const maya = await pageOf(browser, sandbox, sandbox.people.maya);
  await startList(maya, 'Campaign: Only one');
  await expect(nextName(maya)).toHaveText('Malik Haddad');
  const tomas = await pageOf(browser, sandbox, sandbox.people.tomas);
  await openContact(tomas, 'Malik Haddad');
  await tomas.getByRole('button', { name: 'Call Malik Haddad, mobile' }).click();
  await expect(
    phoneOf(tomas)
      .getByText(/a colleague has this person on their list/u)
      .first(),
  ).toBeVisible();
  await maya.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(maya.getByText('Paused. Nobody is reserved for you meanwhile.')).toBeVisible();
  await maya.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(nextName(maya)).toHaveText('Malik Haddad');
  await endList(maya);
  await maya.context().close();
  await tomas.context().close();
});

test('a list view is worked through as well, in the order of who was not called for longest', async ({
  browser,
  sandbox,
}) => {
  const page = await pageOf(browser, sandbox, sandbox.people.tomas);
  await startList(page, 'Contacts: My Contacts');
  const connection = await sandbox.connectionOf(sandbox.people.tomas);
  const { records } = await connection.query<{ Name: string }>(
    `SELECT Name FROM Contact WHERE OwnerId = '${sandbox.people.tomas.userId}'`,
  );
  const own = records.map(({ Name }) => Name);
  await expect(nextName(page)).toBeVisible();
  for (const name of await namesOn(page)) expect(own).toContain(name);
  await endList(page);
  await page.context().close();
});

test('a rep works through a report, with those whom the report shows to the rep', async ({
  browser,
  sandbox,
}) => {
  const page = await pageOf(browser, sandbox, sandbox.people.maya);
  await startList(page, 'Report: My contacts');
  const connection = await sandbox.connectionOf(sandbox.people.maya);
  const { records } = await connection.query<{ Name: string }>(
    `SELECT Name FROM Contact WHERE OwnerId = '${sandbox.people.maya.userId}'`,
  );
  const own = records.map(({ Name }) => Name);
  await expect(nextName(page)).toBeVisible();
  for (const name of await namesOn(page)) expect(own).toContain(name);
  await endList(page);
  await page.context().close();
});

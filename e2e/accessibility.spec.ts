import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openContact, openTab, signIn } from './support/callFlow.ts';
import { expect, test } from './support/sandbox.ts';

/** WCAG 2.2 A and AA, by axe's tags. */
const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page, each as rule and place, so that a failure names both. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG_AA).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

test('the record page with the phone, and the scorecard, break no rule of WCAG 2.2 AA', async ({
  page,
  sandbox,
}) => {
  await signIn(page, sandbox, sandbox.people.maya);
  await openContact(page, 'Ana Ruiz');
  await page.getByRole('contentinfo', { name: 'Utility Bar' }).getByRole('button').first().click();
  await expect(page.getByRole('button', { name: 'Call Ana Ruiz, mobile' })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await openTab(page, 'Scorecards');
  await expect(page.locator('tr[data-metric="dials"] .now')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.getByRole('radio', { name: 'Weeks' }).press('Space');
  await page.getByRole('button', { name: /^Connect rate, this week/u }).press('Enter');
  await expect(page.getByRole('table', { name: 'Connect rate by week' }).getByRole('row')).toHaveCount(14);
  expect(await violations(page)).toEqual([]);
});

test('the set-up page is the admins’ alone, and breaks no rule either', async ({
  browser,
  page,
  sandbox,
}) => {
  await signIn(page, sandbox, sandbox.people.astrid);
  await openTab(page, 'Set-up');
  await expect(page.getByText(/^Nothing learned yet\./u).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const reps = await browser.newPage();
  await signIn(reps, sandbox, sandbox.people.maya);
  await expect(reps.getByRole('navigation').getByRole('link', { name: 'Scorecards' })).toBeVisible();
  await expect(reps.getByRole('navigation').getByRole('link', { name: 'Set-up' })).toHaveCount(0);
});

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startTeamPage, type TeamPage } from '../sandbox/test/team/teamPage.ts';

const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const TEAMS = [
  { name: 'Reps, North', people: 60 },
  { name: 'Reps, West', people: 10 },
];

let team: TeamPage;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  team = await startTeamPage({ teams: TEAMS, seed: 11 });
});
test.afterAll(() => team.stop());

async function openBoard(page: Page): Promise<void> {
  await page.goto(`${team.url}/lightning/n/Team`);
  await page.getByRole('button', { name: team.managerName }).click();
  await expect(page.getByText('1 to 50 of 70')).toBeVisible({ timeout: 30_000 });
}

test('a team of many breaks no rule of WCAG 2.2 AA', async ({ page }) => {
  test.setTimeout(120_000);
  await openBoard(page);
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_AA).analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
  ).toEqual([]);
});

test('a quarter is signed off and opened again, for a reason', async ({ page }) => {
  test.setTimeout(120_000);
  await openBoard(page);
  const close = page.getByRole('region', { name: 'Quarter close' });
  await page.getByRole('combobox', { name: 'Team' }).click();
  await page.getByRole('option', { name: /Reps, West/u }).click();
  await expect(close.getByText('Q3 2026 is not signed off.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign off…' }).click();
  await page.getByRole('button', { name: 'Sign off', exact: true }).click();
  await expect(close.getByText('Q3 2026 is signed off.')).toBeVisible({ timeout: 60_000 });
  expect(await signedOff()).toBe(10);
  await page.getByRole('button', { name: 'Reopen…' }).click();
  await page.getByLabel('Reason').fill('A deal was booked late');
  await page.getByRole('button', { name: 'Reopen', exact: true }).click();
  await expect(close.getByText('Q3 2026 is not signed off.')).toBeVisible({ timeout: 60_000 });
  expect(await signedOff()).toBe(0);
});

async function signedOff(): Promise<unknown> {
  const [count] = await team.org.org.query(
    'SELECT COUNT(Id) n FROM Quarter_Close__c WHERE Signed_Off__c = true AND Period_Start__c = 2026-07-01',
  );
  return count?.['n'];
}

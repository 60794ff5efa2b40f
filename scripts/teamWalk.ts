import type { Browser, Page } from '@playwright/test';
import { startTeamPage, type TeamPage } from '../sandbox/test/team/teamPage.ts';
import type { ShootPage } from './screenshotWalks.ts';

const TEAMS = {
  teams: [
    { name: 'Account Executive, West', people: 12 },
    { name: 'Account Executive, North', people: 9 },
  ],
  seed: 7,
};

/** The states of the team board, from an org that holds two teams' cards. */
export async function teamStates(
  browser: Browser,
  widths: readonly number[],
  shoot: ShootPage,
): Promise<void> {
  const team = await startTeamPage(TEAMS);
  try {
    for (const width of widths) await boardStates(browser, team, width, shoot);
  } finally {
    await team.stop();
  }
}

async function boardStates(browser: Browser, team: TeamPage, width: number, shoot: ShootPage): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: width < 600 ? 1_500 : 1_100 } });
  const page = await context.newPage();
  await signIn(page, team);
  await page.getByRole('table', { name: 'Team', exact: true }).waitFor();
  await shoot(page, `${width}-team-board`);
  await page.getByRole('button', { name: 'Sign off…' }).click();
  await page.getByText(/^Sign off Q3 2026 for/u).waitFor();
  await shoot(page, `${width}-team-sign-off`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Answer' }).first().click();
  await shoot(page, `${width}-team-dispute`);
  await page.getByRole('button', { name: 'Start drive…' }).click();
  await page.getByRole('region', { name: 'Start a drive' }).waitFor();
  await shoot(page, `${width}-team-drive-start`);
  await page.getByRole('region', { name: 'Start a drive' }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('region', { name: 'Drives' }).scrollIntoViewIfNeeded();
  await shoot(page, `${width}-team-drives`);
  await page.getByRole('button', { name: 'Quota', exact: true }).first().dispatchEvent('click');
  await page.getByText('Neighbours may be equal.').waitFor();
  await shoot(page, `${width}-team-sorted`);
  await page.route('**/graphql', (route) => route.abort());
  await page.reload();
  await page.getByText('Could not load the team.').first().waitFor();
  await shoot(page, `${width}-team-error`);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(
      /"edges":\[\{.*?\}\],"pageInfo"/gu,
      '"edges":[],"pageInfo"',
    );
    await route.fulfill({ response, body });
  });
  await page.reload();
  await page.getByText(/Nobody reports to you/u).waitFor();
  await shoot(page, `${width}-team-empty`);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

async function signIn(page: Page, team: TeamPage): Promise<void> {
  await page.goto(`${team.url}/lightning/n/Team`);
  await page.getByRole('button', { name: team.managerName }).click();
}

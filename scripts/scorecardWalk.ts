import type { Browser, BrowserContext, Page } from '@playwright/test';
import { insertScorecard } from '../sandbox/test/team/insertScorecard.ts';
import { startTeamPage, type TeamPage } from '../sandbox/test/team/teamPage.ts';
import type { ShootPage } from './screenshotWalks.ts';

interface View {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
}

/** The states of a rep's scorecard, from an org in which the rep has everything that a card can show. */
export async function scorecardCardStates(
  browser: Browser,
  views: readonly View[],
  shoot: ShootPage,
): Promise<void> {
  const org = await startTeamPage({ teams: [{ name: 'Account Executive', people: 1 }], seed: 1 });
  try {
    await insertScorecard(org.org);
    for (const view of views) await cardStates(browser, org, view, shoot);
  } finally {
    await org.stop();
  }
}

async function cardStates(browser: Browser, org: TeamPage, view: View, shoot: ShootPage): Promise<void> {
  const { name, viewport, deviceScaleFactor } = view;
  const context = await browser.newContext({ viewport, deviceScaleFactor });
  const page = await signedIn(context, org);
  await page.locator('tr[data-metric="dials"] .now').waitFor();
  await page.getByText('Acme renewal').waitFor();
  await shoot(page, `${name}-rep-scorecard`);
  await openRow(page);
  await shoot(page, `${name}-rep-scorecard-open-row`);
  await page.getByRole('radio', { name: 'Weeks' }).press('Space');
  await page.getByRole('button', { name: /^Connect rate/u }).press('Enter');
  await shoot(page, `${name}-rep-scorecard-weeks`);
  await context.setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await page.getByText(/^You are offline/u).waitFor();
  await shoot(page, `${name}-rep-scorecard-offline`);
  await context.setOffline(false);
  await page.route('**/graphql', (route) => route.abort());
  await page.reload();
  await page.getByText('Could not load the scorecard.').first().waitFor();
  await shoot(page, `${name}-rep-scorecard-error`);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await showNone(page);
  await shoot(page, `${name}-rep-scorecard-empty`);
  await context.close();
}

async function signedIn(context: BrowserContext, org: TeamPage): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${org.url}/lightning/n/Scorecards`);
  const [rep] = await org.org.org.query(`SELECT Name FROM User WHERE Id = '${org.org.people.rep}'`);
  await page.getByRole('button', { name: String(rep?.['Name']) }).click();
  return page;
}

async function openRow(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Connect rate/u }).click();
  await page.getByRole('button', { name: /^See the/u }).click();
  await page.getByRole('table', { name: 'Calls' }).waitFor();
  await page.getByText('A survey of 2025').waitFor();
}

/** The org answers as to a rep who has no card yet. */
async function showNone(page: Page): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const isCard = route.request().postData()?.includes('Rep_Scorecard__c') ?? false;
    const none = { data: { uiapi: { query: { Rep_Scorecard__c: { edges: [] } } } } };
    await (isCard ? route.fulfill({ response, json: none }) : route.fulfill({ response }));
  });
  await page.reload();
  await page.getByText(/first score comes after/u).waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
}

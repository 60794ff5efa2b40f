import type { BrowserContext, Page } from '@playwright/test';
import { inPage, type Shoot, type ShootPage } from './screenshotWalks.ts';

/** A campaign from the choice to its end, as Maya sees it. */
export async function powerListStates(page: Page, url: string, shoot: Shoot): Promise<void> {
  await page.goto(`${url}/lightning/n/Power_List`);
  await page.getByRole('combobox', { name: 'People of' }).click();
  await page.getByRole('option', { name: 'Campaign: West renewals' }).click();
  await shoot('power-list-choice');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText(/^Then: .+ · /u).waitFor();
  await shoot('power-list');
  await page.getByRole('button', { name: /^Skip/u }).click();
  await page.getByRole('menuitem', { name: 'Bad time' }).waitFor();
  await shoot('power-list-skip');
  await page.getByRole('menuitem', { name: 'Bad time' }).click();
  await page.getByText(/· 1 done$/u).waitFor();
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await shoot('power-list-offline');
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByText(/^Paused\./u).waitFor();
  await shoot('power-list-paused');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page
    .getByText(/^List ended:/u)
    .first()
    .waitFor();
  await shoot('power-list-ended');
}

/** The list while it loads, and when the relay does not answer. */
export async function powerListTroubles(
  context: BrowserContext,
  url: string,
  shoot: ShootPage,
): Promise<void> {
  const relayUrl = `http://localhost:${Number(new URL(url).port) + 1}`;
  const address = `${url}/lightning/n/Power_List`;
  await inPage(context, url, async (page) => {
    await page.route(`${relayUrl}/v1/lists/**`, () => undefined);
    await page.goto(address);
    await page.locator('c-power-list .stencil').waitFor();
    await shoot(page, 'power-list-loading');
  });
  await inPage(context, url, async (page) => {
    await page.route(`${relayUrl}/**`, (route) => route.abort());
    await page.goto(address);
    await page.locator('c-power-list c-error-panel').waitFor();
    await shoot(page, 'power-list-error');
  });
}

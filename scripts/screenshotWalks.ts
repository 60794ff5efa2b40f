import type { BrowserContext, Page, Route } from '@playwright/test';

/** Takes a picture of the page's present state under this name. */
export type Shoot = (state: string) => Promise<void>;
/** The same of any page. */
export type ShootPage = (page: Page, state: string) => Promise<void>;

export async function callStates(page: Page, shoot: Shoot): Promise<void> {
  const phone = page.getByRole('contentinfo', { name: 'Utility Bar' });
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
  await phone.getByText('Ringing…').waitFor();
  await shoot('call-ringing');
  await phone.getByText(/0:0[2-9] Talking$/u).waitFor();
  await shoot('call-talking');
  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await phone.getByText('On hold').first().waitFor();
  await shoot('call-held');
  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await phone.getByText(/\d Talking$/u).waitFor();
  await phone.getByRole('button', { name: 'Keypad', exact: true }).click();
  await shoot('call-keypad');
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await phone.getByRole('group', { name: 'Outcome' }).waitFor();
  await shoot('wrap-up');
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await shoot('wrap-up-outcome-missing');
  await phone.getByRole('group', { name: 'Outcome' }).getByText('Call back').click();
  await phone.getByLabel('Note').fill('Back from holiday on Monday');
  await shoot('wrap-up-filled');
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await phone
    .getByText(/^Saved/u)
    .first()
    .waitFor();
  await page.locator('.slds-timeline').getByText('Call back').first().waitFor();
  await shoot('saved');
}

export async function refusals(page: Page, shoot: Shoot): Promise<void> {
  const phone = page.getByRole('contentinfo', { name: 'Utility Bar' });
  await phone.getByLabel('Number').fill('+1 900 555 0142');
  await phone.getByRole('button', { name: 'Call', exact: true }).click();
  await phone.getByText('Not called').first().waitFor();
  await shoot('call-refused');
  await phone
    .getByRole('button', { name: /^(Phone|Minimi[sz]e)/u })
    .first()
    .click();
  for (const [name, state] of [
    ['Rosalind Pike', 'contact-do-not-call'],
    ['Imogen Clarke', 'contact-without-number'],
  ] as const) {
    await page.goto(`${new URL(page.url()).origin}/lightning`);
    await page.getByRole('link', { name, exact: true }).click();
    await page
      .getByText(/Do not call$|No phone number here/u)
      .first()
      .waitFor();
    await shoot(state);
  }
}

export async function managerStates(page: Page, url: string, shoot: Shoot): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${url}/lightning`);
  await page.getByRole('button', { name: /Ingrid/u }).click();
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).waitFor();
  await page.goto(`${url}/lightning/n/Scorecards`);
  await page.getByRole('combobox', { name: 'Whose scorecard' }).waitFor();
  await shoot('manager-scorecards');
}

export async function scorecardStates(page: Page, url: string, shoot: Shoot): Promise<void> {
  await page.goto(`${url}/lightning/n/Scorecards`);
  await page.locator('tr[data-metric="dials"] .now').waitFor();
  await shoot('scorecard');
  await page.getByRole('button', { name: /^Connect rate/u }).click();
  await shoot('scorecard-open-row');
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await shoot('scorecard-offline');
  await page.context().setOffline(false);
}

/** What the phone says when it can't work. Each in a page of its own, whose trouble ends with it. */
export async function phoneTroubles(context: BrowserContext, url: string, shoot: ShootPage): Promise<void> {
  const relayUrl = `http://localhost:${Number(new URL(url).port) + 1}`;
  await inPage(context, url, async (page) => {
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await openAna(page, url);
    await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
    await page.getByText('Microphone blocked.').first().waitFor();
    await shoot(page, 'phone-microphone-blocked');
  });
  await inPage(context, url, async (page) => {
    await page.route(`${relayUrl}/**`, (route) => route.abort());
    await openAna(page, url);
    await page.getByRole('contentinfo', { name: 'Utility Bar' }).getByRole('button').first().click();
    await page.getByText('The relay does not answer.').first().waitFor();
    await shoot(page, 'phone-relay-unreachable');
  });
}

/** The scorecard while it loads, when it can't be loaded, and before there is anything to score. */
export async function scorecardTroubles(
  context: BrowserContext,
  url: string,
  shoot: ShootPage,
): Promise<void> {
  const address = `${url}/lightning/n/Scorecards`;
  await inPage(context, url, async (page) => {
    await page.route('**/graphql', (route) => (asksForCard(route) ? undefined : route.continue()));
    await page.goto(address);
    await page.locator('.stencil').waitFor();
    await shoot(page, 'scorecard-loading');
  });
  await inPage(context, url, async (page) => {
    await page.route('**/graphql', (route) => (asksForCard(route) ? route.abort() : route.continue()));
    await page.goto(address);
    await page.getByText('Could not load the scorecard.').first().waitFor();
    await shoot(page, 'scorecard-error');
  });
  await inPage(context, url, async (page) => {
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll(
        /"Score__c":\{"value":[\d.]+/gu,
        '"Score__c":{"value":null',
      );
      await route.fulfill({
        response,
        body: text.replaceAll(/"Dials__c":\{"value":\d+/gu, '"Dials__c":{"value":7'),
      });
    });
    await page.goto(address);
    await page.getByText(/first score comes after/u).waitFor();
    await shoot(page, 'scorecard-before-first-score');
  });
}

/** A scorecard with its metrics, and not the list of whose cards there are. */
function asksForCard(route: Route): boolean {
  return route.request().postData()?.includes('Metrics__r') ?? false;
}

/** A further page of the same person: what sessionStorage holds is copied, as a duplicated tab has it. */
export async function inPage(
  context: BrowserContext,
  url: string,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const [first] = context.pages();
  const stored = await first?.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const page = await context.newPage();
  await page.addInitScript((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>))
      sessionStorage.setItem(key, value);
  }, stored ?? '{}');
  await use(page);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
}

async function openAna(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/lightning`);
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).click();
}

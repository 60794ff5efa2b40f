import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from '@playwright/test';
import playwrightConfig from '../playwright.config.ts';
import { freePortBlock, interrupt, makeDataDirectory, serve } from '../e2e/support/serve.ts';
import { installChromium } from './installChromium.ts';

const projectDirectory = join(import.meta.dirname, '..');
const OUTPUT = join(projectDirectory, 'build', 'screenshots');
/** The widths of the utility panel and of a desk; 640 at scale 2 is what 1,280 shows at 200 % zoom. */
const VIEWS = [
  { name: '340', viewport: { width: 340, height: 900 }, deviceScaleFactor: 2 },
  { name: '760', viewport: { width: 760, height: 900 }, deviceScaleFactor: 1 },
  { name: '1280', viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 },
  { name: '1280-at-200-percent', viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
] as const;

type View = (typeof VIEWS)[number];

/** Takes every state of the screens that exist, from the running demo. */
async function takeAll(url: string): Promise<void> {
  const browser = await chromium.launch({ ...playwrightConfig.use?.launchOptions });
  try {
    for (const view of VIEWS) await walk(browser, url, view);
  } finally {
    await browser.close();
  }
  cpSync(join(OUTPUT, '1280-call-talking.png'), join(projectDirectory, 'docs', 'screenshot.png'));
}

async function walk(browser: Browser, url: string, view: View): Promise<void> {
  const context = await browser.newContext({
    viewport: view.viewport,
    deviceScaleFactor: view.deviceScaleFactor,
    permissions: ['microphone'],
  });
  const page = await context.newPage();
  const shoot = async (state: string): Promise<void> => {
    await page.screenshot({ path: join(OUTPUT, `${view.name}-${state}.png`) });
    console.log(`${view.name}-${state}`);
  };
  await page.goto(`${url}/lightning`);
  await page.getByRole('button', { name: /Maya/u }).waitFor();
  await shoot('choose-who-you-are');
  await page.getByRole('button', { name: /Maya/u }).click();
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).waitFor();
  await shoot('contacts');
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).click();
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).waitFor();
  await shoot('contact');
  await callStates(page, shoot);
  await refusals(page, shoot);
  await scorecardStates(page, url, shoot);
  await managerStates(page, url, shoot);
  await context.close();
}

async function callStates(page: Page, shoot: (state: string) => Promise<void>): Promise<void> {
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

async function refusals(page: Page, shoot: (state: string) => Promise<void>): Promise<void> {
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
    await page.getByRole('heading', { name: 'Phone numbers' }).scrollIntoViewIfNeeded();
    await shoot(state);
  }
}

async function managerStates(
  page: Page,
  url: string,
  shoot: (state: string) => Promise<void>,
): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${url}/lightning`);
  await page.getByRole('button', { name: /Ingrid/u }).click();
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).waitFor();
  await page.goto(`${url}/lightning/n/Scorecards`);
  await page.getByRole('combobox', { name: 'Whose scorecard' }).waitFor();
  await shoot('manager-scorecards');
}

async function scorecardStates(
  page: Page,
  url: string,
  shoot: (state: string) => Promise<void>,
): Promise<void> {
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

installChromium();
rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });
const dataDirectory = await makeDataDirectory();
const port = await freePortBlock();
const running = serve(port, dataDirectory);
try {
  if (!(await running.isReady)) throw new Error(running.lines.join('\n'));
  await takeAll(`http://localhost:${port}`);
} finally {
  await interrupt(running);
  rmSync(dataDirectory, { recursive: true, force: true });
}

import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from '@playwright/test';
import playwrightConfig from '../playwright.config.ts';
import { freePortBlock, interrupt, makeDataDirectory, serve } from '../e2e/support/serve.ts';
import { installChromium } from './installChromium.ts';
import { phoneStates } from './phoneWalk.ts';
import { powerListStates, powerListTroubles } from './powerListWalk.ts';
import { scorecardCardStates } from './scorecardWalk.ts';
import { teamStates } from './teamWalk.ts';
import {
  callStates,
  managerStates,
  phoneTroubles,
  refusals,
  scorecardStates,
  scorecardTroubles,
} from './screenshotWalks.ts';

const projectDirectory = join(import.meta.dirname, '..');
const OUTPUT = join(projectDirectory, 'build', 'screenshots');
/** The widths of the utility panel and of a desk; 640 at scale 2 is what 1,280 shows at 200 % zoom. */
const VIEWS = [
  { name: '340', viewport: { width: 340, height: 900 }, deviceScaleFactor: 2 },
  { name: '760', viewport: { width: 760, height: 900 }, deviceScaleFactor: 1 },
  { name: '1280', viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 },
  { name: '1280-at-200-percent', viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
] as const;

const TEAM_WIDTHS = [320, 340, 760, 1280];

type View = (typeof VIEWS)[number];

/** `npm run screenshots -- phone` takes the states of the phone's panel alone. */
const isPhoneOnly = process.argv.includes('phone');
/** `npm run screenshots -- teamBoard` takes those of the team board alone. */
const isTeamOnly = process.argv.includes('teamBoard');
/** `npm run screenshots -- scorecard` takes those of the rep's scorecard alone. */
const isScorecardOnly = process.argv.includes('scorecard');

/** `npm run screenshots -- powerList` takes those of the power list alone. */
const isListOnly = process.argv.includes('powerList');

/** Takes every state of the screens that exist, from the running demo. */
async function takeAll(url: string): Promise<void> {
  const browser = await chromium.launch({ ...playwrightConfig.use?.launchOptions });
  try {
    if (isListOnly) {
      for (const view of VIEWS) await walk(browser, url, view);
      return;
    }
    await phoneStates(browser, url, async (page, state) => {
      await page.screenshot({ path: join(OUTPUT, `${state}.png`) });
      console.log(state);
    });
    if (isPhoneOnly) return;
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
  const shootPage = async (shown: Page, state: string): Promise<void> => {
    await shown.screenshot({ path: join(OUTPUT, `${view.name}-${state}.png`) });
    console.log(`${view.name}-${state}`);
  };
  const shoot = (state: string): Promise<void> => shootPage(page, state);
  await page.goto(`${url}/lightning`);
  await page.getByRole('button', { name: /Maya/u }).waitFor();
  await shoot('choose-who-you-are');
  await page.getByRole('button', { name: /Maya/u }).click();
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).waitFor();
  if (isListOnly) {
    await powerListStates(page, url, shoot);
    await powerListTroubles(context, url, shootPage);
    await context.close();
    return;
  }
  await shoot('contacts');
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).click();
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).waitFor();
  await shoot('contact');
  await callStates(page, shoot);
  await refusals(page, shoot);
  await scorecardStates(page, url, shoot);
  await scorecardTroubles(context, url, shootPage);
  await phoneTroubles(context, url, shootPage);
  await powerListStates(page, url, shoot);
  await powerListTroubles(context, url, shootPage);
  await managerStates(page, url, shoot);
  await context.close();
}

/** Takes the team board's states, from an org of its own. */
async function takeTeam(): Promise<void> {
  const browser = await chromium.launch({ ...playwrightConfig.use?.launchOptions });
  try {
    await teamStates(browser, TEAM_WIDTHS, async (page, state) => {
      await page.screenshot({ path: join(OUTPUT, `${state}.png`) });
      console.log(state);
    });
  } finally {
    await browser.close();
  }
}

/** Takes the states of a rep's scorecard, from an org in which it shows all that it can. */
async function takeScorecard(): Promise<void> {
  const browser = await chromium.launch({ ...playwrightConfig.use?.launchOptions });
  try {
    await scorecardCardStates(browser, VIEWS, async (page, state) => {
      await shootWhole(page, state);
      console.log(state);
    });
  } finally {
    await browser.close();
  }
}

/** In a window as high as the page, so that what sticks to the window's edges lies on nothing. */
async function shootWhole(page: Page, state: string): Promise<void> {
  const view = page.viewportSize();
  if (view === null) throw new Error('The page has no size');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: view.width, height });
  await page.screenshot({ path: join(OUTPUT, `${state}.png`) });
  await page.setViewportSize(view);
}

/** Takes everything that the running demo shows. */
async function takeDemo(): Promise<void> {
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
}

installChromium();
rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });
if (!isPhoneOnly && !isTeamOnly && !isListOnly) await takeScorecard();
if (!isPhoneOnly && !isScorecardOnly && !isListOnly) await takeTeam();
if (!isTeamOnly && !isScorecardOnly) await takeDemo();

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium, expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { createLightning } from '../../src/lightning/index.ts';
import { switchWindow } from '../../src/switchWindow.ts';
import { FIXTURE_METADATA, startOrgUnderTest } from '../org/orgUnderTest.ts';
import type { OrgUnderTest } from '../org/orgUnderTest.ts';
import { startSwitch, type SwitchUnderTest } from '../pbx/switchUnderTest.ts';
import { writeSampleProject } from './sampleProject.ts';

const CACHE_DIRECTORY = join(import.meta.dirname, '../../../build/lightning');
const BROWSER_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

describe('the page of callers', () => {
  let world: OrgUnderTest;
  let project: Awaited<ReturnType<typeof writeSampleProject>>;
  let browser: Browser | undefined;
  let underTest: SwitchUnderTest;
  let stopSwitch: (() => Promise<void>) | undefined;

  before(async () => {
    world = await startOrgUnderTest([FIXTURE_METADATA]);
    project = await writeSampleProject();
    const lightning = await createLightning({
      projectDirectory: project.directory,
      cacheDirectory: CACHE_DIRECTORY,
      instanceUrl: world.url,
      connectSources: [],
      mediaSources: [],
      onProgress: () => undefined,
    });
    underTest = await startSwitch(
      {
        after(end) {
          stopSwitch = end;
        },
      },
      { timeScale: 1 },
    );
    world.application.use('/sandbox/switch', switchWindow(underTest.localSwitch));
    world.application.use(lightning.router);
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: BROWSER_ARGUMENTS,
    });
  });
  after(async () => {
    await browser?.close();
    await stopSwitch?.();
    await project.remove();
    await world.stop();
  });

  async function openPage(width = 1_280): Promise<{ page: Page; problems: string[] }> {
    assert.ok(browser);
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${world.url}/lightning`);
    await page.getByRole('link', { name: 'Have somebody call' }).click();
    // Until it knows whom to ring, the form takes nothing.
    await page.locator('form:not([inert])').waitFor();
    return { page, problems };
  }

  it('has a caller ring a user by keyboard, and says what became of it', async () => {
    const { page, problems } = await openPage();
    await page.getByLabel('Whom to ring').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('+442079460103');
    await page.getByLabel('What the caller does').selectOption('Leaves a message when nobody answers');
    await page.getByRole('button', { name: 'Ring' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toHaveText('Left a message of 6 seconds.', { timeout: 30_000 });
    const [call] = underTest.localSwitch.calls();
    assert.equal(call?.numberE164, '+442079460103');
    assert.deepEqual(problems, []);
  });

  it('rings without a number', async () => {
    const { page } = await openPage();
    await page.getByLabel('Number of the caller; empty when withheld').fill('');
    await page.getByRole('button', { name: 'Ring' }).click();
    await expect(page.getByRole('status')).toHaveText('Ended.');
    assert.equal(underTest.localSwitch.calls().at(-1)?.numberE164, undefined);
  });

  it('fits 320 pixels', async () => {
    const { page } = await openPage(320);
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(widest <= 320, `The page is ${widest} pixels wide`);
  });
});

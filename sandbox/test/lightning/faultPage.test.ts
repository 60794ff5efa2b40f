import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { chromium, expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { createLightning } from '../../src/lightning/index.ts';
import { FIXTURE_METADATA, startOrgUnderTest } from '../org/orgUnderTest.ts';
import type { OrgUnderTest } from '../org/orgUnderTest.ts';
import { writeSampleProject } from './sampleProject.ts';

const CACHE_DIRECTORY = join(import.meta.dirname, '../../../build/lightning');
const BROWSER_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

describe('the page of faults', () => {
  let world: OrgUnderTest;
  let project: Awaited<ReturnType<typeof writeSampleProject>>;
  let browser: Browser | undefined;

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
    world.application.use(lightning.router);
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: BROWSER_ARGUMENTS,
    });
  });
  afterEach(() => world.org.faults.clear());
  after(async () => {
    await browser?.close();
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
    await page.goto(`${world.url}/sandbox/faults/page`);
    return { page, problems };
  }

  const askLimits = () => world.request(world.people.relay, 'GET', '/services/data/v66.0/limits');

  /** Moves on with the Tab key until the named control has the focus. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const active = document.activeElement;
        const label = active instanceof HTMLInputElement ? active.labels?.[0] : active;
        return label?.textContent?.trim();
      });
      if (focused === name) return;
    }
    assert.fail(`The Tab key never came to ${name}`);
  }

  it('sets a fault by keyboard alone, shows how often it struck, and clears it', async () => {
    const { page, problems } = await openPage();
    await expect(page.getByRole('status')).toHaveText('No fault is set.');
    await tabTo(page, 'Org unavailable');
    await page.keyboard.press('Space');
    await tabTo(page, 'Path begins with');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('/limits');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toHaveText('1 fault is set.');
    assert.deepEqual(world.org.faults.list(), [
      { kind: 'unavailable', share: 1, path: '/limits', strikes: 0 },
    ]);
    assert.equal((await askLimits()).status, 503);
    await expect(page.getByText('Struck once')).toBeVisible();
    assert.equal((await askLimits()).status, 503);
    await expect(page.getByText('Struck 2 times')).toBeVisible();
    await tabTo(page, 'Clear');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toHaveText('No fault is set.');
    await expect(page.getByRole('checkbox', { name: 'Org unavailable' })).not.toBeChecked();
    assert.equal((await askLimits()).status, 200);
    assert.deepEqual(problems, []);
  });

  it('offers every kind, and shows what is set when it is opened again', async () => {
    const { page } = await openPage();
    for (const checkbox of await page.getByRole('checkbox').all()) await checkbox.check();
    await page.getByRole('button', { name: 'Set' }).click();
    await expect(page.getByRole('status')).toHaveText('13 faults are set.');
    const kinds = new Set(world.org.faults.list().map(({ kind }) => kind));
    assert.equal(kinds.size, 12);
    await page.getByRole('group', { name: 'Slow answers' }).getByLabel('Milliseconds').fill('250');
    await page.getByRole('group', { name: 'Locked rows' }).getByLabel('Share in percent').fill('12.5');
    await page.getByRole('group', { name: 'Trigger' }).getByLabel('Value').fill('Low');
    await page.getByRole('button', { name: 'Set' }).click();
    await expect
      .poll(() => world.org.faults.list().find(({ kind }) => kind === 'lockedRow')?.share)
      .toBe(0.125);
    await page.reload();
    await expect(page.getByRole('status')).toHaveText('13 faults are set.');
    await expect(page.getByLabel('Milliseconds')).toHaveValue('250');
    await expect(page.getByRole('group', { name: 'Locked rows' }).getByLabel('Share in percent')).toHaveValue(
      '12.5',
    );
    await expect(page.getByRole('group', { name: 'Trigger' }).getByLabel('Value')).toHaveValue('Low');
  });

  it('says what the org refuses', async () => {
    const { page } = await openPage();
    await page.getByRole('checkbox', { name: 'Hidden field' }).check();
    await page.getByRole('group', { name: 'Hidden field' }).getByLabel('Field').fill('Nope__c');
    await page.getByRole('button', { name: 'Set' }).click();
    await expect(page.getByRole('alert')).toHaveText('The org has no field Task.Nope__c');
    assert.deepEqual(world.org.faults.list(), []);
  });

  it('fits 320 pixels with every choice open', async () => {
    const { page } = await openPage(320);
    for (const checkbox of await page.getByRole('checkbox').all()) await checkbox.check();
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(widest <= 320, `The page is ${widest} pixels wide`);
    for (const target of await page.locator('button, .name').all()) {
      const box = await target.boundingBox();
      assert.ok((box?.height ?? 0) >= 24, 'A target is less than 24 pixels high');
    }
  });

  it('is linked to where the demo begins', async () => {
    assert.ok(browser);
    const page = await browser.newPage();
    await page.goto(`${world.url}/lightning`);
    await page.getByRole('link', { name: 'Let the local org fail on request' }).click();
    await expect(page.getByRole('heading', { name: 'Faults of the local org' })).toBeVisible();
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import express from 'express';
import { createLightning } from '../../src/lightning/index.ts';
import { createSampleOrg } from './sampleOrg.ts';
import { writeSampleProject } from './sampleProject.ts';

const CACHE_DIRECTORY = join(import.meta.dirname, '../../../build/lightning');
const BROWSER_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const RECORD_PATH = '/lightning/r/Contact/003000000000001AAA/view';

/** Serves the page of the sample project beside the sample org. */
async function startSamplePage() {
  const sample = await writeSampleProject();
  const org = createSampleOrg();
  const application = express();
  const server = createServer(application).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await sample.remove();
  };
  try {
    const lightning = await createLightning({
      projectDirectory: sample.directory,
      cacheDirectory: CACHE_DIRECTORY,
      instanceUrl: url,
      connectSources: ['http://localhost:1'],
      mediaSources: [],
      onProgress: () => undefined,
    });
    application.use(org.router, lightning.router);
    return { url, org, stop: () => lightning.close().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

describe('the Lightning page', () => {
  let sample: Awaited<ReturnType<typeof startSamplePage>>;
  let browser: Browser | undefined;

  before(async () => {
    sample = await startSamplePage();
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: BROWSER_ARGUMENTS,
    });
  });

  after(async () => {
    await browser?.close();
    await sample.stop();
  });

  async function openPage(path: string): Promise<{ page: Page; problems: string[] }> {
    assert.ok(browser);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${sample.url}${path}`);
    await page.getByRole('button', { name: 'Maya Lindqvist' }).click();
    await page.getByRole('navigation', { name: 'Sample pages' }).first().waitFor();
    return { page, problems };
  }

  it('is served at every address below /lightning, with its policy, and at / by redirection', async () => {
    const page = await fetch(`${sample.url}${RECORD_PATH}`);
    assert.equal(page.status, 200);
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /connect-src 'self' http:\/\/localhost:1;/u,
    );
    const root = await fetch(sample.url, { redirect: 'manual' });
    assert.equal(root.headers.get('location'), '/lightning');
  });

  it('leads other names of this computer to the one that the relay knows', async () => {
    const url = new URL(`${RECORD_PATH}?membrane=1`, sample.url.replace('127.0.0.1', 'localhost'));
    const response = await fetch(url, { redirect: 'manual' });
    assert.equal(response.headers.get('location'), `${sample.url}${RECORD_PATH}?membrane=1`);
  });

  it('has no static resource that the project lacks', async () => {
    assert.equal((await fetch(`${sample.url}/lightning/resources/other`)).status, 404);
    assert.equal((await fetch(`${sample.url}/lightning/resources/..%2Fclasses%2FSample`)).status, 404);
  });

  for (const search of ['', '?membrane=1']) {
    it(`gives components the platform's modules ${search === '' ? 'on the page' : 'in a membrane'}`, async () => {
      const { page, problems } = await openPage(`${RECORD_PATH}${search}`);
      const facts = page.locator('.facts');
      await page.getByText('"apex":"answer').waitFor();
      await page.getByText('value of Contact.Name').waitFor();
      const shown = JSON.parse(await facts.innerText()) as Record<string, unknown>;
      assert.deepEqual(
        { ...shown, apex: undefined },
        {
          apex: undefined,
          name: 'value of Contact.Name',
          variables: { id: '003000000000001AAA' },
          pageRecord: '003000000000001AAA',
          greeting: 'Good day',
          timeZone: 'America/Denver',
          userId: '005000000000001AAA',
          mayDial: true,
          size: 'large',
        },
      );
      await page.getByRole('button', { name: 'Publish' }).click();
      const panel = page.getByRole('dialog', { name: 'Listener' });
      await panel
        .getByText('{"text":"hello","when":"1970-01-01T00:00:00.000Z"} / a sample script / listener')
        .waitFor();
      await page.getByRole('button', { name: 'Heard' }).waitFor();
      await page.getByRole('button', { name: 'Toast' }).click();
      await page.getByText('Logged on Ana').waitFor();
      await page.getByRole('button', { name: 'Navigate' }).click();
      await page.getByText('Content of the tab').waitFor();
      assert.equal(new URL(page.url()).search, search);
      assert.equal(await page.title(), 'Sample tab | Sample');
      assert.ok(await panel.isVisible(), 'the utility stays open through a navigation');
      assert.deepEqual(problems, []);
      await page.close();
    });
  }

  it('keeps the globals of components inside the membrane', async () => {
    const { page } = await openPage(`${RECORD_PATH}?membrane=1`);
    await page.getByText('a sample script').waitFor({ state: 'attached' });
    const found = await page.evaluate(() => ({
      isMarked: globalThis.__scorelineMembrane,
      onPage: 'SampleScript' in globalThis,
      markInside: globalThis.__scorelineEvaluateInMembrane?.('typeof __scorelineMembrane'),
      inside: globalThis.__scorelineEvaluateInMembrane?.('globalThis.SampleScript.name'),
    }));
    assert.deepEqual(found, {
      isMarked: true,
      onPage: false,
      markInside: 'undefined',
      inside: 'a sample script',
    });
    await page.close();
  });

  it('reads the timeline again when a component asks for a refresh', async () => {
    const { page } = await openPage(RECORD_PATH);
    await page.getByText('No activities yet.').waitFor();
    const task = {
      Id: '00T000000000001AAA',
      Subject: 'Call: Meeting',
      Description: 'Wants a demo',
      CallDurationInSeconds: 252,
      CallDisposition: 'Meeting booked',
      TaskSubtype: 'Call',
      ActivityDate: '2026-11-23',
      CreatedDate: '2026-11-23T09:15:00.000+0000',
      Owner: { Name: 'Maya Lindqvist' },
    };
    const loggedLater = {
      ...task,
      Id: '00T000000000002AAA',
      Subject: 'Call: Voicemail',
      ActivityDate: '2026-11-20',
    };
    const notAnswered = {
      ...task,
      Id: '00T000000000003AAA',
      Subject: 'Call: No answer',
      CallDurationInSeconds: 0,
    };
    sample.org.tasks.push(task, loggedLater, notAnswered);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('heading', { name: 'Call: Meeting' }).waitFor();
    // 09:15 in Greenwich is 02:15 where the user is.
    await page
      .getByText(/Nov 23, 2026, 2:15\sAM/u)
      .first()
      .waitFor();
    await page.getByText('Nov 20, 2026', { exact: true }).waitFor();
    await page.getByText('4 min 12 s').first().waitFor();
    const unanswered = page.locator('.slds-timeline li').filter({ hasText: 'Call: No answer' });
    assert.equal(await unanswered.locator('p.facts').innerText(), 'Meeting booked');
    await page.close();
  });

  it('is used by keyboard: skip link, sorting, opening a record, going back', async () => {
    const { page } = await openPage('/lightning');
    await page.getByRole('link', { name: 'Ana Ruiz' }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to the page' }).press('Enter');
    const sort = page.getByRole('button', { name: 'Name', exact: true });
    await sort.press('Enter');
    await page.locator('th[aria-sort=descending]').waitFor();
    await page.getByLabel('Search this list').fill('acme');
    await page.getByText('1 item', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Ana Ruiz' }).press('Enter');
    await page.getByRole('heading', { name: 'Ana Ruiz' }).waitFor();
    assert.equal(new URL(page.url()).pathname, RECORD_PATH);
    await page.goBack();
    await page.getByRole('heading', { name: 'All Contacts' }).waitFor();
    await page.close();
  });

  it('has the sidebar beside the main column, or above it where there is no room beside', async () => {
    const { page } = await openPage(RECORD_PATH);
    const heading = (name: string) => page.getByRole('heading', { name, exact: true });
    const boxes = async () => {
      const [sidebar, main] = await Promise.all([
        heading('Probe').boundingBox(),
        heading('Activity').boundingBox(),
      ]);
      assert.ok(sidebar && main);
      return { sidebar, main };
    };
    await page.setViewportSize({ width: 1280, height: 800 });
    const wide = await boxes();
    assert.ok(wide.sidebar.x > wide.main.x + 300, 'beside');
    assert.ok(Math.abs(wide.sidebar.y - wide.main.y) < 20, 'at one height');
    await page.setViewportSize({ width: 640, height: 800 });
    const narrow = await boxes();
    assert.ok(narrow.sidebar.y < narrow.main.y, 'above');
    await page.close();
  });

  it('lists contacts in columns while four fit, and in blocks that are still a table below', async () => {
    const { page } = await openPage('/lightning');
    const row = page.getByRole('row').filter({ hasText: 'Ana Ruiz' });
    const sort = page.getByRole('button', { name: 'Title', exact: true });
    for (const [width, isInColumns] of [
      [640, true],
      [340, false],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      const name = await row.getByRole('rowheader').boundingBox();
      const phone = await row.getByRole('cell', { name: '+1 303 555 0142' }).boundingBox();
      assert.ok(name && phone);
      assert.equal(phone.y < name.y + name.height, isInColumns, `${width} pixels`);
      assert.equal(await page.getByRole('columnheader').count(), 4);
      assert.equal(await row.getByRole('cell').count(), 3);
    }
    await sort.click();
    await page.locator('th[aria-sort=ascending]').filter({ hasText: 'Title' }).waitFor();
    await page.getByRole('link', { name: 'Ana Ruiz' }).click();
    await page.getByRole('heading', { name: 'Ana Ruiz' }).waitFor();
    await page.close();
  });

  it('says yes and no of what is either', async () => {
    const { page } = await openPage(RECORD_PATH);
    const doNotCall = page.locator('.field').filter({ hasText: 'DoNotCall' });
    await doNotCall.getByText('No', { exact: true }).waitFor();
    const box = await doNotCall.getByText('No', { exact: true }).boundingBox();
    assert.ok(Number(box?.width) > 8, 'for everybody to see');
    await page.goto(`${sample.url}/lightning/r/Contact/003000000000002AAA/view`);
    await doNotCall.getByText('Yes', { exact: true }).waitFor({ state: 'attached' });
    await page.close();
  });

  it('does not scroll sideways at 320 pixels', async () => {
    const { page } = await openPage(RECORD_PATH);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of [RECORD_PATH, '/lightning/o/Contact/list']) {
      await page.goto(`${sample.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
    }
    await page.close();
  });

  it('asks again who you are when the org ends the session', async () => {
    const { page } = await openPage(RECORD_PATH);
    await page.evaluate(() => {
      sessionStorage.setItem(
        'scoreline.session',
        JSON.stringify({ accessToken: 'old', userId: '005000000000001AAA', orgId: '00D' }),
      );
    });
    await page.reload();
    await page.getByText('Your session has ended.').waitFor();
    await page.getByRole('button', { name: 'Ingrid Bauer' }).waitFor();
    await page.close();
  });
});

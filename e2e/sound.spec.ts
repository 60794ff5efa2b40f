import type { Page } from '@playwright/test';
import {
  openContact,
  receivedRms,
  signIn,
  switchCalls,
  switchCallsSince,
  watchPeerConnections,
} from './support/callFlow.ts';
import { endCall, order, phoneIsReady, snapshotOf, untilPhone } from './support/enginePhone.ts';
import { bothHear, call, openPanel, phoneOf } from './support/runningCall.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';
import { watchSip } from './support/sipRequests.ts';

const AUDIBLE_RMS = 0.01;
/** Rings for 25 s and nobody answers: a call there can be taken back however slow the computer is. */
const RINGS_OUT = '+1 303 555 0161';

/** The names of the microphones that the page's calls send from. */
async function sentFrom(page: Page): Promise<(string | undefined)[]> {
  return await page.evaluate(() => {
    const { scorelineTestConnections } = globalThis as unknown as {
      scorelineTestConnections: RTCPeerConnection[];
    };
    return scorelineTestConnections
      .filter(({ connectionState }) => connectionState === 'connected')
      .map((connection) => connection.getSenders()[0]?.track?.label);
  });
}

async function talkOnRecord(page: Page, sandbox: RunningSandbox): Promise<void> {
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await call(page, sandbox);
}

test.beforeEach(async ({ page }) => {
  await watchPeerConnections(page);
});

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('complaint 6: the microphone changes in mid-call; the call goes on and no re-INVITE is sent', async ({
  page,
  sandbox,
}) => {
  const requests = watchSip(page);
  await talkOnRecord(page, sandbox);
  const { audio } = await untilPhone(page, ({ audio: { inputs } }) => inputs.length > 1);
  const [before] = await sentFrom(page);
  const other = audio.inputs.find(({ label }) => label !== before && label !== '');
  const invites = requests.filter((method) => method === 'INVITE').length;

  await order(page, 'selectInput', other?.deviceId ?? '');
  await expect.poll(() => sentFrom(page), { timeout: 10_000 }).toEqual([other?.label]);
  await bothHear(page, sandbox);
  expect((await snapshotOf(page)).call?.state).toBe('talking');
  expect(requests.filter((method) => method === 'INVITE')).toHaveLength(invites);

  // A hold after it still sends what it should: the exchange has left nothing behind.
  const hold = phoneOf(page).getByRole('button', { name: 'Hold', exact: true });
  await hold.click();
  await expect(phoneOf(page).getByText(/\d On hold\b/u)).toBeVisible();
  await hold.click();
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible();
  expect(await sentFrom(page)).toEqual([other?.label]);
  await bothHear(page, sandbox);
});

test('a microphone unplugged in mid-call gives way to another, says so, and the call goes on', async ({
  page,
  sandbox,
}) => {
  await talkOnRecord(page, sandbox);
  const { audio } = await untilPhone(page, ({ audio: { inputs } }) => inputs.length > 1);
  const [before] = await sentFrom(page);
  const chosen = audio.inputs.find(({ label }) => label !== before && label !== '');
  await order(page, 'selectInput', chosen?.deviceId ?? '');
  await expect.poll(() => sentFrom(page), { timeout: 10_000 }).toEqual([chosen?.label]);

  // Chromium's fake devices can't be unplugged: the page is told what it would be told.
  await page.evaluate((lostId) => {
    const { mediaDevices } = navigator;
    const listAll = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () =>
      (await listAll()).filter(({ deviceId }) => deviceId !== lostId);
    mediaDevices.dispatchEvent(new Event('devicechange'));
  }, chosen?.deviceId);
  const after = await untilPhone(page, ({ audio: { replaced } }) => replaced !== undefined);
  expect(after.audio.replaced?.lost).toBe(chosen?.label);
  expect(after.call?.state).toBe('talking');
  await expect.poll(() => sentFrom(page), { timeout: 10_000 }).not.toContain(chosen?.label);
  await bothHear(page, sandbox);
});

test('a microphone that another program holds takes the call back, the phone says so, and the next call goes through', async ({
  page,
  sandbox,
}) => {
  const requests = watchSip(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await untilPhone(page, ({ phoneState, audio: { inputs } }) => phoneState === 'ready' && inputs.length > 0);
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = () =>
      new Promise((_resolve, reject) => {
        const refuseMicrophone = () => {
          mediaDevices.getUserMedia = open;
          reject(new DOMException('Could not start audio source', 'NotReadableError'));
        };
        Object.assign(globalThis, { refuseMicrophone });
      });
  });
  await openPanel(page);
  await phoneOf(page).getByLabel('Number').fill(RINGS_OUT);
  await phoneOf(page).getByRole('button', { name: 'Call', exact: true }).click();
  await expect(phoneOf(page).getByText('Ringing…')).toBeVisible({ timeout: 15_000 });
  await page.evaluate(() => {
    (globalThis as unknown as { refuseMicrophone(): void }).refuseMicrophone();
  });
  await expect(phoneOf(page).getByText('The microphone can’t be opened.').first()).toBeVisible();
  await expect.poll(() => requests).toContain('CANCEL');
  await expect.poll(async () => (await switchCalls(sandbox)).at(-1)?.state).toBe('ended');

  await phoneOf(page).getByRole('button', { name: 'Check again' }).first().click();
  await untilPhone(page, ({ phoneState }) => phoneState === 'ready');
  await call(page, sandbox);
});

test('the rep hears their own voice in the echo test, and no call is made of it', async ({
  page,
  sandbox,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn(page, sandbox, sandbox.people.tomas);
  await phoneIsReady(page);
  const callsSince = await switchCallsSince(sandbox);
  await order(page, 'startEchoTest');
  await untilPhone(page, ({ echoTest }) => echoTest === 'running');
  await expect.poll(() => receivedRms(page), { timeout: 15_000 }).toBeGreaterThan(AUDIBLE_RMS);
  await order(page, 'endEchoTest');
  const after = await untilPhone(page, ({ echoTest }) => echoTest === undefined);
  expect(after.echoTestError).toBeUndefined();
  expect(after.call).toBeUndefined();
  expect(asked.filter((url) => /\/v1\/calls$/u.test(url))).toEqual([]);
  expect(await callsSince()).toEqual([]);
});

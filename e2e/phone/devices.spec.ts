import type { Page } from '@playwright/test';
import { openContact, signIn, watchPeerConnections } from '../support/callFlow.ts';
import { ring } from '../support/callers.ts';
import { endCall, order, shownCall, untilPhone } from '../support/enginePhone.ts';
import { bothHear, call, hears, openPanel, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';
import { watchSip } from '../support/sipRequests.ts';

const CALLER = { from: '+13035550118', behaviour: { kind: 'talks' } } as const;
const IN_TIME = { timeout: 15_000 };

interface HeardPage {
  readonly scorelineTestElements: Set<HTMLMediaElement>;
  readonly scorelineTestTones: Set<AudioContext & { readonly sinkId: string }>;
}

/** Keeps what the page plays: the elements of its calls, and the contexts of its tones. */
async function watchLoudspeakers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const elements = new Set<HTMLMediaElement>();
    const tones = new Set<BaseAudioContext>();
    Object.assign(globalThis, { scorelineTestElements: elements, scorelineTestTones: tones });
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function playNoted(this: HTMLMediaElement) {
      elements.add(this);
      return play.call(this);
    };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function startNoted(this: OscillatorNode, when?: number) {
      tones.add(this.context);
      start.call(this, when);
    };
  });
}

/** The devices that the sound of the page's calls goes to now; an empty id is the system's default. */
async function heardOn(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...(globalThis as unknown as HeardPage).scorelineTestElements]
      .filter(({ srcObject, paused }) => srcObject !== null && !paused)
      .map(({ sinkId }) => sinkId),
  );
}

/** The devices that tones go to now. */
async function tonesOn(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...(globalThis as unknown as HeardPage).scorelineTestTones]
      .filter(({ state }) => state === 'running')
      .map(({ sinkId }) => sinkId),
  );
}

async function openDevices(page: Page): Promise<void> {
  await openPanel(page);
  await phoneOf(page)
    .getByRole('button', { name: /^Devices/u })
    .click();
}

/** The ids of two loudspeakers that are plugged in, neither of them the system's default. */
async function twoSpeakers(page: Page): Promise<[string, string]> {
  const named = (id: string): boolean => id !== '' && id !== 'default';
  const { audio } = await untilPhone(
    page,
    ({ audio: { outputs } }) => outputs.filter(({ deviceId }) => named(deviceId)).length > 1,
  );
  const [first, second] = audio.outputs.map(({ deviceId }) => deviceId).filter(named);
  return [first ?? '', second ?? ''];
}

/** How wide the level meter was drawn, from now until the call is three seconds older. */
async function levelsFor3Seconds(page: Page): Promise<string[]> {
  const bar = phoneOf(page).locator('rect.level').first();
  await bar.evaluate((level) => {
    const widths = [level.getAttribute('width')];
    Object.assign(globalThis, { scorelineTestWidths: widths });
    new MutationObserver(() => widths.push(level.getAttribute('width'))).observe(level, { attributes: true });
  });
  const secondsNow = async (): Promise<number> =>
    Number((await phoneOf(page).locator('.timer').innerText()).split(':').at(-1));
  const before = await secondsNow();
  await expect.poll(secondsNow, IN_TIME).toBeGreaterThanOrEqual(before + 3);
  return await page.evaluate(
    () => (globalThis as unknown as { scorelineTestWidths: string[] }).scorelineTestWidths,
  );
}

async function signInOnRecord(page: Page, sandbox: RunningSandbox): Promise<void> {
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await untilPhone(page, ({ phoneState }) => phoneState === 'ready');
}

test.beforeEach(async ({ page }) => {
  await watchPeerConnections(page);
  await watchLoudspeakers(page);
});

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('it rings on the ringer that was chosen, and the call is heard on the speaker that was chosen', async ({
  page,
  sandbox,
}) => {
  await signInOnRecord(page, sandbox);
  const [speaker, ringer] = await twoSpeakers(page);
  await openDevices(page);
  await phoneOf(page).getByLabel('Speaker').selectOption(speaker);
  await phoneOf(page).getByLabel('Ringer').selectOption(ringer);
  const callId = await ring(sandbox, sandbox.people.tomas, CALLER);
  await shownCall(page, (shown) => shown.callId === callId && shown.state === 'ringing');
  await expect.poll(() => tonesOn(page), IN_TIME).toEqual([ringer]);
  expect(await heardOn(page)).toEqual([]);
  await order(page, 'answer', callId);
  await shownCall(page, ({ state }) => state === 'talking');
  await expect.poll(() => heardOn(page), IN_TIME).toEqual([speaker]);
  await bothHear(page, sandbox);
  expect(await tonesOn(page)).toEqual([]);
});

test('the speaker changes in mid-call: the sound moves, the voice goes on, and no re-INVITE is sent', async ({
  page,
  sandbox,
}) => {
  const requests = watchSip(page);
  await signInOnRecord(page, sandbox);
  await call(page, sandbox);
  const [first, second] = await twoSpeakers(page);
  const invites = requests.filter((method) => method === 'INVITE').length;
  await openDevices(page);
  for (const speaker of [first, second, '']) {
    await phoneOf(page).getByLabel('Speaker').selectOption(speaker);
    await expect.poll(() => heardOn(page), IN_TIME).toEqual([speaker]);
    await hears(page);
  }
  expect(requests.filter((method) => method === 'INVITE')).toHaveLength(invites);
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible();
});

test('the level meter follows the microphone, and stands still while it is muted', async ({
  page,
  sandbox,
}) => {
  await signInOnRecord(page, sandbox);
  await call(page, sandbox);
  // Chromium's fake microphone beeps, so that the meter has to go up and down.
  expect(new Set(await levelsFor3Seconds(page)).size).toBeGreaterThan(1);
  const mute = phoneOf(page).getByRole('button', { name: 'Mute', exact: true });
  await mute.click();
  await expect(phoneOf(page).locator('rect.level').first()).toHaveAttribute('width', '0%');
  expect(new Set(await levelsFor3Seconds(page))).toEqual(new Set(['0%']));
  await mute.click();
  expect(new Set(await levelsFor3Seconds(page)).size).toBeGreaterThan(1);
});

import type { Browser, Page } from '@playwright/test';
import { openContact, signIn, switchCalls, watchPeerConnections } from '../support/callFlow.ts';
import { ring } from '../support/callers.ts';
import { callAtSwitch, endCall, giveOutcomes, order, shownCall, untilPhone } from '../support/enginePhone.ts';
import { type MediaPath, openMediaPath } from '../support/mediaPath.ts';
import { call, goThrough, hears, openTabOf, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';
import { sleep } from '../support/sleepingBrowser.ts';
import { type SwitchProxy, openSwitchProxy } from '../support/switchProxy.ts';

const IN_TIME = { timeout: 15_000 };
const SOON = { timeout: 10_000 };
/** Three seconds, and as many for a machine that runs org, relay, switch and browser at once. */
const VOICE_WITHIN_MS = 6_000;
/** Longer than a page takes for a late timer, and shorter than the switch waits for a phone. */
const SLEPT_MS = 7_000;
/** Answers, and hangs up after five seconds. */
const HANGS_UP = '+44 20 7946 0185';
const CALLER = { from: '+13035550118', behaviour: { kind: 'talks' } } as const;

/** The switch hears the phone, and the page the far end, in the one call that is up. */
async function voiceIsBack(page: Page, sandbox: RunningSandbox, callId: string): Promise<void> {
  await expect.poll(async () => (await callAtSwitch(sandbox, callId)).isPhoneGone, IN_TIME).toBe(false);
  const { receivedPackets } = await callAtSwitch(sandbox, callId);
  await expect
    .poll(async () => (await callAtSwitch(sandbox, callId)).receivedPackets, IN_TIME)
    .toBeGreaterThan(receivedPackets);
  await hears(page);
}

async function stillTalking(page: Page, sandbox: RunningSandbox, callId: string): Promise<void> {
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible();
  const running = (await switchCalls(sandbox)).filter(({ state }) => state !== 'ended');
  expect(running.map((each) => each.callId)).toEqual([callId]);
}

/** Somebody rings, and the phone shows it: it is registered, whatever it says. */
async function isReachable(page: Page, sandbox: RunningSandbox): Promise<void> {
  const callId = await ring(sandbox, sandbox.people.tomas, CALLER);
  await shownCall(page, (shown) => shown.callId === callId && shown.state === 'ringing');
  await order(page, 'reject', callId);
  await untilPhone(page, ({ call: shown }) => shown?.callId !== callId);
}

test.describe('another network', () => {
  let path: MediaPath;

  test.beforeEach(async ({ page, sandbox }) => {
    path = await openMediaPath(page, sandbox.switchUrl);
    await watchPeerConnections(page);
    await signIn(page, sandbox, sandbox.people.tomas);
    await openContact(page, 'Ana Ruiz');
  });

  test.afterEach(async ({ page }) => {
    await endCall(page);
    path.close();
  });

  test('complaint 1: another Wi-Fi in mid-call: the sound finds its new way within seconds, in the same call', async ({
    page,
    sandbox,
  }) => {
    const callId = await call(page, sandbox);
    expect(path.fragments).toHaveLength(1);
    path.cut();
    await expect.poll(async () => (await callAtSwitch(sandbox, callId)).isPhoneGone, IN_TIME).toBe(true);
    // The machine of a test keeps its network: the page is told what it would be told.
    const changedAtMs = performance.now();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await voiceIsBack(page, sandbox, callId);
    expect(performance.now() - changedAtMs).toBeLessThan(VOICE_WITHIN_MS);
    expect(path.fragments).toHaveLength(2);
    await stillTalking(page, sandbox, callId);
  });

  test('complaint 1: the way of the sound dies and nobody says so: the phone notices, and the voice comes back', async ({
    page,
    sandbox,
  }) => {
    const callId = await call(page, sandbox);
    path.cut();
    await expect.poll(async () => (await callAtSwitch(sandbox, callId)).isPhoneGone, IN_TIME).toBe(true);
    await voiceIsBack(page, sandbox, callId);
    expect(path.fragments.length).toBeGreaterThan(1);
    await stillTalking(page, sandbox, callId);
  });
});

test.describe('away for a while', () => {
  // The proxy has a port of its own, which the page's policy does not name.
  test.use({ bypassCSP: true });
  let proxy: SwitchProxy;

  test.beforeEach(async ({ context, sandbox }) => {
    proxy = await openSwitchProxy(sandbox.switchUrl);
    await goThrough(context, proxy);
  });

  test.afterEach(async ({ context }) => {
    for (const page of context.pages()) if (page.url().includes('/lightning')) await endCall(page);
    await context.close();
    await proxy.close();
  });

  /** The prospect answers, and will hang up in five seconds. */
  async function callWhoHangsUp(page: Page): Promise<string> {
    await untilPhone(page, ({ phoneState }) => phoneState === 'ready');
    await order(page, 'dial', HANGS_UP);
    return (await shownCall(page, ({ state }) => state === 'talking')).callId;
  }

  async function endsAtSwitch(sandbox: RunningSandbox, callId: string): Promise<void> {
    await expect.poll(async () => (await callAtSwitch(sandbox, callId)).state, IN_TIME).toBe('ended');
  }

  /** The outcome is asked for, once the phone can know, and not only when it would have given the far end up. */
  async function isShownEnded(page: Page, callId: string): Promise<void> {
    await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible(SOON);
    expect((await shownCall(page, ({ state }) => state === 'ended')).callId).toBe(callId);
    await expect(phoneOf(page).getByText(/Talking|Joining again/u)).toHaveCount(0);
  }

  /** The connection is dead on waking, and the page has heard nothing of it. */
  async function sleepWithoutConnection(browser: Browser, whileAsleep = async () => {}): Promise<void> {
    await sleep(browser, SLEPT_MS, async () => {
      proxy.drop();
      await whileAsleep();
    });
  }

  test('the prospect hangs up while the connection is away: the phone says so once it is back', async ({
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas);
    const callId = await callWhoHangsUp(page);
    proxy.stall();
    proxy.drop();
    await expect(phoneOf(page).locator('p.trouble')).toHaveText(
      'Connection lost. Your call is still up; reconnecting.',
      IN_TIME,
    );
    await endsAtSwitch(sandbox, callId);
    proxy.resume();
    proxy.drop();
    await isShownEnded(page, callId);
  });

  test('complaint 7: the computer sleeps in mid-call and wakes: voice again, same call, and calls come in', async ({
    browser,
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas);
    const callId = await call(page, sandbox);
    await sleepWithoutConnection(browser);
    await voiceIsBack(page, sandbox, callId);
    await stillTalking(page, sandbox, callId);
    await endCall(page);
    await isReachable(page, sandbox);
  });

  test('complaint 7: the prospect hangs up while the computer sleeps: on waking the call is shown ended, and calls come in', async ({
    browser,
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas);
    const callId = await callWhoHangsUp(page);
    await sleepWithoutConnection(browser, () => endsAtSwitch(sandbox, callId));
    await isShownEnded(page, callId);
    await giveOutcomes(page);
    await isReachable(page, sandbox);
  });
});

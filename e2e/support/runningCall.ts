import type { BrowserContext, Locator, Page } from '@playwright/test';
import { openContact, signIn, switchCalls, watchPeerConnections } from './callFlow.ts';
import { type RunningSandbox, type SandboxUser, expect } from './sandbox.ts';
import type { SwitchProxy } from './switchProxy.ts';

/** Sound louder than this is somebody; silence in PCMU is below 0.001. */
const AUDIBLE_RMS = 0.01;

export function phoneOf(page: Page): Locator {
  return page.getByRole('contentinfo', { name: 'Utility Bar' });
}

/** Opens the phone's panel, as no call does it. */
export async function openPanel(page: Page): Promise<void> {
  const opener = phoneOf(page).locator('.slds-utility-bar__action');
  if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
}

/** Has every page of the context reach the switch by this way. */
export async function goThrough(context: BrowserContext, proxy: SwitchProxy): Promise<void> {
  await context.route('**/v1/sessions', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as { sip?: { webSocketUrl: string } };
    if (session.sip !== undefined) session.sip.webSocketUrl = proxy.url;
    await route.fulfill({ response, json: session });
  });
}

/** A tab of this person, with a contact open and the phone in it. */
export async function openTabOf(
  context: BrowserContext,
  sandbox: RunningSandbox,
  user: SandboxUser,
  contact = 'Ana Ruiz',
): Promise<Page> {
  const page = await context.newPage();
  await watchPeerConnections(page);
  await signIn(page, sandbox, user);
  await openContact(page, contact);
  return page;
}

/** Calls the contact that is open, until both ends hear each other. */
export async function call(page: Page, sandbox: RunningSandbox, contact = 'Ana Ruiz'): Promise<string> {
  await page.getByRole('button', { name: `Call ${contact}, mobile` }).click();
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible({ timeout: 20_000 });
  await bothHear(page, sandbox);
  return (await switchCalls(sandbox)).at(-1)?.callId ?? '';
}

/** Both ends hear each other now: by what the switch got lately, and by the energy that the page goes on receiving. */
export async function bothHear(page: Page, sandbox: RunningSandbox): Promise<void> {
  await expect
    .poll(async () => (await switchCalls(sandbox)).at(-1)?.recentReceivedRms ?? 0, { timeout: 15_000 })
    .toBeGreaterThan(AUDIBLE_RMS);
  await hears(page);
}

export async function hears(page: Page): Promise<void> {
  let before = await receivedSound(page);
  await expect
    .poll(
      async () => {
        const now = await receivedSound(page);
        const seconds = now.seconds - before.seconds;
        const rms = seconds > 0 ? Math.sqrt(Math.max(0, now.energy - before.energy) / seconds) : 0;
        before = now;
        return rms;
      },
      { timeout: 15_000, intervals: [200] },
    )
    .toBeGreaterThan(AUDIBLE_RMS);
}

/** What the newest open connection of the page has received so far. */
async function receivedSound(page: Page): Promise<{ energy: number; seconds: number }> {
  return await page.evaluate(async () => {
    const { scorelineTestConnections } = globalThis as unknown as {
      scorelineTestConnections: RTCPeerConnection[];
    };
    const connection = scorelineTestConnections.findLast(({ signalingState }) => signalingState !== 'closed');
    if (connection === undefined) return { energy: 0, seconds: 0 };
    for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
      if (report['type'] === 'inbound-rtp')
        return {
          energy: Number(report['totalAudioEnergy'] ?? 0),
          seconds: Number(report['totalSamplesDuration'] ?? 0),
        };
    return { energy: 0, seconds: 0 };
  });
}

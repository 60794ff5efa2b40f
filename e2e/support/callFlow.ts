import type { Page } from '@playwright/test';
import { type RunningSandbox, type SandboxUser, expect } from './sandbox.ts';

/** Sound louder than this is somebody; silence in PCMU is below 0.001. */
const AUDIBLE_RMS = 0.01;

export interface SwitchCall {
  readonly callId: string;
  /** Absent where it is withheld. */
  readonly numberE164?: string;
  readonly state: string;
  readonly receivedRms: number;
  /** Of the last moments. */
  readonly recentReceivedRms: number;
  /** Keys heard on the line, in their order. */
  readonly receivedKeys: string;
  readonly answeredAt?: string;
  readonly endedAt?: string;
}

/** Keeps the page's peer connections, so that a test can read what was really received. */
export async function watchPeerConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(globalThis, { scorelineTestConnections: connections });
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
  });
}

/** The sound the browser received since its calls began: RMS from the energy that WebRTC counts. */
export async function receivedRms(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const { scorelineTestConnections } = globalThis as unknown as {
      scorelineTestConnections: RTCPeerConnection[];
    };
    let loudest = 0;
    for (const connection of scorelineTestConnections)
      for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
        if (report['type'] === 'inbound-rtp' && Number(report['totalSamplesDuration']) > 0)
          loudest = Math.max(
            loudest,
            Math.sqrt(Number(report['totalAudioEnergy']) / Number(report['totalSamplesDuration'])),
          );
    return loudest;
  });
}

/** A page's first load compiles every base component; a busy machine takes its time. */
const PAGE_STARTS_WITHIN_MS = 30_000;

/** Chooses who to be and waits until the phone in the utility bar is ready. */
export async function signIn(
  page: Page,
  sandbox: RunningSandbox,
  user: SandboxUser,
  search = sandbox.isInMembrane ? '?membrane=1' : '',
): Promise<void> {
  await page.goto(`${sandbox.url}/lightning${search}`);
  await page.getByRole('button', { name: new RegExp(user.name, 'u') }).click();
  await expect(
    page.getByRole('contentinfo', { name: 'Utility Bar' }).getByRole('button').first(),
  ).toBeVisible({ timeout: PAGE_STARTS_WITHIN_MS });
}

export async function openTab(
  page: Page,
  name: 'Contacts' | 'Power list' | 'Scorecards' | 'Set-up',
): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click();
}

/** Opens a contact from the list, as a person would. */
export async function openContact(page: Page, name: string): Promise<void> {
  await openTab(page, 'Contacts');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Phone numbers' })).toBeVisible();
}

/** The calls the switch saw, newest last. */
export async function switchCalls(sandbox: RunningSandbox): Promise<SwitchCall[]> {
  const answer = (await (await fetch(`${sandbox.url}/sandbox/switch/calls`)).json()) as {
    calls: SwitchCall[];
  };
  return answer.calls;
}

/** Tells, whenever it is asked, which calls the switch has seen since now. It remembers no more than the last ones. */
export async function switchCallsSince(sandbox: RunningSandbox): Promise<() => Promise<SwitchCall[]>> {
  const known = new Set((await switchCalls(sandbox)).map(({ callId }) => callId));
  return async () => (await switchCalls(sandbox)).filter(({ callId }) => !known.has(callId));
}

/** How long a call was by the switch, from its answer to its end, in seconds; what was held is included. */
export async function secondsAtSwitch(sandbox: RunningSandbox, callId: string): Promise<number> {
  const call = (await switchCalls(sandbox)).find((each) => each.callId === callId);
  return (Date.parse(call?.endedAt ?? '') - Date.parse(call?.answeredAt ?? '')) / 1_000;
}

/** Talks until both ends have heard each other, and at least as long as a connect takes. */
export async function talk(page: Page, sandbox: RunningSandbox): Promise<void> {
  const phone = page.getByRole('contentinfo', { name: 'Utility Bar' });
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => receivedRms(page), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE_RMS);
  await expect
    .poll(async () => (await switchCalls(sandbox)).at(-1)?.receivedRms, { timeout: 10_000 })
    .toBeGreaterThan(AUDIBLE_RMS);
  await expect(phone.getByText(/^0?0:1[1-9] Talking\b/u)).toBeVisible({ timeout: 20_000 });
}

/** Hangs up, chooses the outcome, writes the note and saves. */
export async function wrapUp(page: Page, outcome: string, note: string): Promise<void> {
  const phone = page.getByRole('contentinfo', { name: 'Utility Bar' });
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await saveOutcome(page, outcome, note);
}

export async function saveOutcome(page: Page, outcome: string, note: string): Promise<void> {
  const phone = page.getByRole('contentinfo', { name: 'Utility Bar' });
  await phone.getByRole('group', { name: 'Outcome' }).getByText(outcome).click();
  await phone.getByLabel('Note').fill(note);
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText(/^Saved/u).first()).toBeVisible({ timeout: 10_000 });
}

/** What the scorecard on the page says now. */
export async function figuresOnPage(page: Page): Promise<{ dials: string; connects: string; score: string }> {
  const row = (metric: string) => page.locator(`tr[data-metric="${metric}"] .now`);
  return {
    dials: (await row('dials').innerText()).trim(),
    connects: (await row('connects').innerText()).trim(),
    score: (await page.locator('.score .figure').innerText()).trim(),
  };
}

import type { Page } from '@playwright/test';
import {
  openContact,
  saveOutcome,
  signIn,
  switchCalls,
  switchCallsSince,
  watchPeerConnections,
} from './support/callFlow.ts';
import { tasksOfCall } from './support/orgRecords.ts';
import { bothHear, call, goThrough, hears, openTabOf, phoneOf } from './support/runningCall.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';
import { type SwitchProxy, openSwitchProxy } from './support/switchProxy.ts';

/** Well before the switch gives the far end up, which is after 20 s. */
const IN_TIME = { timeout: 15_000 };

async function stateOf(sandbox: RunningSandbox, callId: string): Promise<string | undefined> {
  return (await switchCalls(sandbox)).find((each) => each.callId === callId)?.state;
}

async function hangUpAndSave(page: Page): Promise<void> {
  await phoneOf(page).getByRole('button', { name: 'Hang up', exact: true }).click();
  await saveOutcome(page, 'Call back', '');
}

/** Opens the panel, as no call does it. */
async function openPhone(page: Page): Promise<void> {
  await phoneOf(page).getByRole('button', { name: 'Phone', exact: true }).click(IN_TIME);
  await expect(phoneOf(page).getByText('Ready', { exact: true })).toBeVisible(IN_TIME);
}

/** The one call of the rep that is up, heard at both ends, under the id it began with. */
async function goesOn(page: Page, sandbox: RunningSandbox, callId: string): Promise<void> {
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await bothHear(page, sandbox);
  const running = (await switchCalls(sandbox)).filter(({ state }) => state !== 'ended');
  expect(running.map((each) => each.callId)).toEqual([callId]);
}

test('complaint 10: three tabs register once, and each shows and controls the call', async ({
  context,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const [first, second, third] = [
    await openTabOf(context, sandbox, tomas),
    await openTabOf(context, sandbox, tomas, 'Kim Wu'),
    await openTabOf(context, sandbox, tomas),
  ];
  await second.getByRole('button', { name: 'Call Kim Wu, mobile' }).dblclick();
  for (const page of [first, second, third])
    await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  expect((await switchCalls(sandbox)).filter(({ state }) => state !== 'ended')).toHaveLength(1);
  await bothHear(first, sandbox);

  await phoneOf(third).getByRole('button', { name: 'Hold', exact: true }).click();
  for (const page of [first, second, third])
    await expect(phoneOf(page).getByText(/\d On hold\b/u)).toBeVisible();
  await phoneOf(first).getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(phoneOf(second).getByText(/\d Talking\b/u)).toBeVisible();
  await hears(first);

  await phoneOf(second).getByRole('button', { name: 'Hang up', exact: true }).click();
  await expect(phoneOf(third).getByRole('group', { name: 'Outcome' })).toBeVisible();
  await saveOutcome(third, 'Call back', 'Saved in another tab');
  for (const page of [first, second])
    await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeHidden();
});

test('complaint 9: a reload in mid-call keeps the call, and both hear each other again', async ({
  context,
  sandbox,
}) => {
  const page = await openTabOf(context, sandbox, sandbox.people.tomas);
  const callId = await call(page, sandbox);
  await page.reload();
  await goesOn(page, sandbox, callId);
  await page.reload();
  await goesOn(page, sandbox, callId);
  await hangUpAndSave(page);
  await expect.poll(() => stateOf(sandbox, callId)).toBe('ended');
});

test('complaint 9: a note begun before a reload is there after it, and the outcome is still asked for', async ({
  context,
  sandbox,
}) => {
  const page = await openTabOf(context, sandbox, sandbox.people.tomas, 'Lena Hartwig');
  await page.getByRole('button', { name: 'Call Lena Hartwig, mobile' }).click();
  await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible({ timeout: 30_000 });
  await phoneOf(page).getByLabel('Note').fill('Wants two berths from May');
  await page.reload();
  await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible(IN_TIME);
  await expect(phoneOf(page).getByLabel('Note')).toHaveValue('Wants two berths from May');
  await saveOutcome(page, 'Call back', 'Wants two berths from May');
  await page.reload();
  await openPhone(page);
  await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeHidden();
});

test('complaint 10: the leading tab is closed in mid-call, and the next one goes on', async ({
  context,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const leader = await openTabOf(context, sandbox, tomas);
  const follower = await openTabOf(context, sandbox, tomas);
  const callId = await call(leader, sandbox);
  await expect(phoneOf(follower).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await leader.close();
  await goesOn(follower, sandbox, callId);
  await hangUpAndSave(follower);
  await expect.poll(() => stateOf(sandbox, callId)).toBe('ended');
});

test('complaint 7: the leading tab stands still in mid-call, and the next one goes on', async ({
  context,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const leader = await openTabOf(context, sandbox, tomas);
  const follower = await openTabOf(context, sandbox, tomas);
  const callId = await call(leader, sandbox);
  await expect(phoneOf(follower).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  // Playwright keeps every tab awake, so that none can be frozen; a debugger stops its scripts and timers all the same.
  const scripts = await context.newCDPSession(leader);
  await scripts.send('Debugger.enable');
  await scripts.send('Debugger.pause');
  await expect(phoneOf(follower).getByText('In another tab', { exact: true })).toBeHidden(IN_TIME);
  await goesOn(follower, sandbox, callId);
  await scripts.send('Debugger.disable');
  await expect(phoneOf(leader).getByText('In another tab', { exact: true })).toBeVisible(IN_TIME);
  await expect(phoneOf(leader).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await phoneOf(leader).getByRole('button', { name: 'Hang up', exact: true }).click();
  await saveOutcome(follower, 'Call back', '');
});

test('complaint 17: the second click dials as the first did, without a reload', async ({
  context,
  sandbox,
}) => {
  const page = await openTabOf(context, sandbox, sandbox.people.tomas);
  const first = await call(page, sandbox);
  await hangUpAndSave(page);
  // The panel lies over the list.
  await phoneOf(page).getByRole('button', { name: 'Minimize Phone' }).click();
  await openContact(page, 'Kim Wu');
  const second = await call(page, sandbox, 'Kim Wu');
  expect(second).not.toBe(first);
  await hangUpAndSave(page);
});

/** Holds the page's requests to an address of the relay until it is released. */
async function holdRelay(page: Page, path: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(path, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

test('complaint 11: a click before the phone is ready waits, is dialed, and becomes one Task', async ({
  page,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  await watchPeerConnections(page);
  const release = await holdRelay(page, '**/v1/sessions');
  await signIn(page, sandbox, tomas);
  await openContact(page, 'Ana Ruiz');
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
  await expect(page.getByText('The phone is starting; calling in a moment.').first()).toBeVisible();
  release();
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible({ timeout: 20_000 });
  await bothHear(page, sandbox);
  const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';
  await hangUpAndSave(page);
  const connection = await sandbox.connectionOf(tomas);
  await expect
    .poll(async () => (await tasksOfCall(connection, callId)).map((task) => task.Call_Outcome__c), {
      timeout: 20_000,
    })
    .toEqual(['callBack']);
});

test('a slow relay: the click is answered at once, a second one dials nothing, and the call is placed', async ({
  context,
  sandbox,
}) => {
  const page = await openTabOf(context, sandbox, sandbox.people.tomas);
  await openPhone(page);
  await phoneOf(page).getByRole('button', { name: 'Minimize Phone' }).click();
  const callsSince = await switchCallsSince(sandbox);
  const release = await holdRelay(page, '**/v1/calls');
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).dblclick();
  await expect(phoneOf(page).getByText('Dialing…')).toBeVisible();
  expect(await callsSince()).toEqual([]);
  release();
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await bothHear(page, sandbox);
  expect(await callsSince()).toHaveLength(1);
  await hangUpAndSave(page);
});

test.describe('over a network that fails', () => {
  // The proxy has a port of its own, which the page's policy does not name.
  test.use({ bypassCSP: true });
  let proxy: SwitchProxy;

  test.beforeEach(async ({ context, page, sandbox }) => {
    proxy = await openSwitchProxy(sandbox.switchUrl);
    await goThrough(context, proxy);
    await watchPeerConnections(page);
  });

  test.afterEach(async ({ context }) => {
    await context.close();
    await proxy.close();
  });

  test('complaint 1: the socket is dropped in mid-call, and the voice, hold and the far end’s BYE work after it', async ({
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas, 'Grace Tanner');
    await page.getByRole('button', { name: 'Call Grace Tanner' }).click();
    await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible({ timeout: 30_000 });
    await bothHear(page, sandbox);
    const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';
    const opened = proxy.opened;
    proxy.drop();
    await expect.poll(() => proxy.opened, IN_TIME).toBeGreaterThan(opened);
    await goesOn(page, sandbox, callId);
    await phoneOf(page).getByRole('button', { name: 'Hold', exact: true }).click();
    await expect(phoneOf(page).getByText(/\d On hold\b/u)).toBeVisible(IN_TIME);
    await phoneOf(page).getByRole('button', { name: 'Hold', exact: true }).click();
    await goesOn(page, sandbox, callId);
    // She hangs up 45 s after her answer.
    await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible({ timeout: 55_000 });
    await saveOutcome(page, 'Call back', '');
  });

  test('complaint 2: the socket bounces while it rings, and the call is answered', async ({
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas, 'Grace Tanner');
    await page.getByRole('button', { name: 'Call Grace Tanner' }).click();
    await expect(phoneOf(page).getByText('Ringing…')).toBeVisible(IN_TIME);
    proxy.drop();
    await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
    await bothHear(page, sandbox);
    await hangUpAndSave(page);
  });

  test('complaint 1: the network goes without a word and comes back, and so does the voice', async ({
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas);
    const callId = await call(page, sandbox);
    const opened = proxy.opened;
    proxy.stall();
    await context.setOffline(true);
    proxy.resume();
    await context.setOffline(false);
    await expect.poll(() => proxy.opened, IN_TIME).toBeGreaterThan(opened);
    await goesOn(page, sandbox, callId);
    await hangUpAndSave(page);
    await expect.poll(() => stateOf(sandbox, callId)).toBe('ended');
  });

  test('complaint 20: a switch that was away is found again without a click', async ({
    context,
    sandbox,
  }) => {
    const page = await openTabOf(context, sandbox, sandbox.people.tomas);
    await openPhone(page);
    proxy.stall();
    proxy.drop();
    await expect(phoneOf(page).getByText('Reconnecting', { exact: true })).toBeVisible(IN_TIME);
    proxy.resume();
    proxy.drop();
    await expect(phoneOf(page).getByText('Ready', { exact: true })).toBeVisible({ timeout: 30_000 });
    await phoneOf(page).getByRole('button', { name: 'Minimize Phone' }).click();
    await call(page, sandbox);
    await hangUpAndSave(page);
  });
});

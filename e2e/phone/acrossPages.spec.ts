import type { Page } from '@playwright/test';
import { openContact, openTab, signIn, switchCalls, watchPeerConnections } from '../support/callFlow.ts';
import { callAtSwitch, endCall } from '../support/enginePhone.ts';
import { call, hears, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';

/** The utility bar's panel, in which Lightning places the phone; without a placement it holds no component. */
interface UtilityPanel extends HTMLElement {
  placement: object | undefined;
}

/** Both ends hear each other in the one call that is up, and the phone shows it. */
async function goesOn(page: Page, sandbox: RunningSandbox, callId: string): Promise<void> {
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible();
  const { receivedPackets } = await callAtSwitch(sandbox, callId);
  await expect
    .poll(async () => (await callAtSwitch(sandbox, callId)).receivedPackets)
    .toBeGreaterThan(receivedPackets);
  await hears(page);
  const running = (await switchCalls(sandbox)).filter(({ state }) => state !== 'ended');
  expect(running.map((each) => each.callId)).toEqual([callId]);
}

/** How many connections for sound the page has made: a call that goes on needs no other one. */
async function connectionsOf(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      (globalThis as unknown as { scorelineTestConnections: RTCPeerConnection[] }).scorelineTestConnections
        .length,
  );
}

/**
 * Has the phone's component destroyed and made anew, as a change of the Lightning app does with the utility bar. The
 * local page has one app: what holds the component is told to do without it for a moment.
 */
async function changeApp(page: Page): Promise<void> {
  const panel = page.locator('shell-utility-panel');
  const component = page.locator('c-softphone');
  await panel.evaluate((holder: UtilityPanel) => {
    Object.assign(globalThis, { scorelineTestPlacement: holder.placement });
    holder.placement = undefined;
  });
  await expect(component).toHaveCount(0);
  await panel.evaluate((holder: UtilityPanel) => {
    holder.placement = (globalThis as unknown as { scorelineTestPlacement: object }).scorelineTestPlacement;
  });
  await expect(component).toHaveCount(1);
}

test.beforeEach(async ({ page, sandbox }) => {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
});

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('the rep looks at other records, lists and tabs in mid-call: the call goes on and keeps its person', async ({
  page,
  sandbox,
}) => {
  const callId = await call(page, sandbox);
  const connections = await connectionsOf(page);
  await phoneOf(page).getByRole('button', { name: 'Minimize Phone' }).click();
  await openContact(page, 'Kim Wu');
  await openTab(page, 'Scorecards');
  await openTab(page, 'Contacts');
  await page.goBack();
  await phoneOf(page).locator('.slds-utility-bar__action').click();
  await goesOn(page, sandbox, callId);
  await expect(phoneOf(page).locator('.person')).toContainText('Ana Ruiz');
  expect(await connectionsOf(page)).toBe(connections);
});

test('another Lightning app makes the phone’s component anew in mid-call: the call goes on, is shown and obeys', async ({
  page,
  sandbox,
}) => {
  const callId = await call(page, sandbox);
  const connections = await connectionsOf(page);
  await changeApp(page);
  await goesOn(page, sandbox, callId);
  await expect(phoneOf(page).locator('.person')).toContainText('Ana Ruiz');
  expect(await connectionsOf(page)).toBe(connections);

  const hold = phoneOf(page).getByRole('button', { name: 'Hold', exact: true });
  await hold.click();
  await expect(phoneOf(page).getByText(/\d On hold\b/u)).toBeVisible();
  await changeApp(page);
  await expect(phoneOf(page).getByText(/\d On hold\b/u)).toBeVisible();
  await hold.click();
  await goesOn(page, sandbox, callId);

  await phoneOf(page).getByRole('button', { name: 'Hang up', exact: true }).click();
  await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible();
  await phoneOf(page).getByLabel('Note').fill('Asks for the new price list');
  await changeApp(page);
  await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeVisible();
  await expect(phoneOf(page).getByLabel('Note')).toHaveValue('Asks for the new price list');
});

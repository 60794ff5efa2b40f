import type { Page } from '@playwright/test';
import { openContact, signIn, watchPeerConnections } from '../support/callFlow.ts';
import { callAtSwitch, endCall, snapshotOf, watchStates } from '../support/enginePhone.ts';
import { bothHear, call, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';
import { type Signalling, isReinvite, overhearSwitch, withBody } from '../support/signalling.ts';

/** Sound in the clear is what the switch takes from no phone: it answers 488 to such an offer, and the call stays. */
function offersPlainSound(message: string): string {
  return isReinvite(message)
    ? withBody(message, (sdp) => sdp.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'))
    : message;
}

async function talk(page: Page, sandbox: RunningSandbox): Promise<[string, Signalling]> {
  const signalling = await overhearSwitch(page, sandbox.switchUrl);
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  return [await call(page, sandbox), signalling];
}

const holdButton = (page: Page) => phoneOf(page).getByRole('button', { name: 'Hold', exact: true });

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('complaint 4: a refused hold never shows “on hold”, both talk on, and the next hold holds', async ({
  page,
  sandbox,
}) => {
  const [callId, signalling] = await talk(page, sandbox);
  const statesShown = await watchStates(page);
  const phone = phoneOf(page);
  signalling.fromPhone = offersPlainSound;
  await holdButton(page).click();
  const refusal = phone.locator('p').filter({ hasText: 'Could not hold. You are still talking.' });
  await expect(refusal).toBeVisible();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible();
  await expect(holdButton(page)).toHaveAttribute('aria-pressed', 'false');
  expect(await statesShown()).toEqual(['talking']);
  expect((await callAtSwitch(sandbox, callId)).state).toBe('talking');
  await bothHear(page, sandbox);

  signalling.fromPhone = (message) => message;
  await holdButton(page).click();
  await expect(phone.getByText(/\d On hold\b/u)).toBeVisible();
  await expect(refusal).toBeHidden();
  await expect.poll(async () => (await callAtSwitch(sandbox, callId)).state).toBe('held');
  await holdButton(page).click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible();
  await bothHear(page, sandbox);
});

test('complaint 4: a refused resume stays “on hold”, and the next one brings both back', async ({
  page,
  sandbox,
}) => {
  const [callId, signalling] = await talk(page, sandbox);
  const phone = phoneOf(page);
  await holdButton(page).click();
  await expect(phone.getByText(/\d On hold\b/u)).toBeVisible();
  signalling.fromPhone = offersPlainSound;
  await holdButton(page).click();
  await expect(
    phone.locator('p').filter({ hasText: 'Could not resume. The call is still on hold.' }),
  ).toBeVisible();
  await expect(phone.getByText(/\d On hold\b/u)).toBeVisible();
  expect((await callAtSwitch(sandbox, callId)).state).toBe('held');
  expect((await snapshotOf(page)).call?.state).toBe('held');

  signalling.fromPhone = (message) => message;
  await holdButton(page).click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible();
  await bothHear(page, sandbox);
});

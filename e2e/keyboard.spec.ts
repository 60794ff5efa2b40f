import type { Page } from '@playwright/test';
import { openContact, signIn, switchCalls, watchPeerConnections } from './support/callFlow.ts';
import { bothHear, phoneOf } from './support/runningCall.ts';
import { expect, test } from './support/sandbox.ts';

const TABS_TO_THE_BUTTON = 40;

/** Goes on by Tab until a button of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  // A page that is still being drawn has fewer stops, and the focus would leave it at the last one.
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  const focused = page.locator(':focus');
  for (let tabs = 0; tabs < TABS_TO_THE_BUTTON; tabs += 1) {
    await page.keyboard.press('Tab');
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.innerText());
    if (label.trim() === name) return;
  }
  throw new Error(`${TABS_TO_THE_BUTTON} tabs do not lead to ${name}`);
}

test('a whole call without a mouse: dial, mute, hold, keys, hang up, outcome, note', async ({
  page,
  sandbox,
}) => {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  const phone = phoneOf(page);

  await tabTo(page, 'Call Ana Ruiz, mobile');
  await page.keyboard.press('Enter');
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible({ timeout: 20_000 });
  await bothHear(page, sandbox);
  // The panel that opened took no focus.
  await expect(page.locator(':focus')).toHaveAccessibleName(/Ana Ruiz, mobile/u);

  const mute = phone.getByRole('button', { name: 'Mute', exact: true });
  await page.keyboard.press('Control+Shift+M');
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+Shift+M');
  await expect(mute).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Control+Shift+H');
  await expect(phone.getByText(/\d On hold\b/u)).toBeVisible();
  await page.keyboard.press('Control+Shift+H');
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible();

  await phone.getByRole('button', { name: 'Keypad', exact: true }).focus();
  await page.keyboard.press('Enter');
  await phone.getByRole('group', { name: 'Keypad' }).getByRole('button').first().focus();
  await page.keyboard.type('42#');
  await expect.poll(async () => (await switchCalls(sandbox)).at(-1)?.receivedKeys).toBe('42#');
  await page.keyboard.press('Escape');
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible();

  // For a second after each new state it takes no wish, so that a late click ends no call.
  await expect(phone.getByRole('button', { name: 'Hang up', exact: true })).toBeEnabled();
  await page.keyboard.press('Control+Shift+E');
  const outcomes = phone.getByRole('group', { name: 'Outcome' });
  await expect(outcomes).toBeVisible();
  await outcomes.getByRole('radio').first().focus();
  await page.keyboard.press('1');
  await expect(outcomes.getByRole('radio', { name: /Meeting/u })).toBeChecked();
  const note = phone.getByLabel('Note');
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(note).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.type('Said by keyboard');
  await page.keyboard.press('Control+Enter');
  await expect(phone.getByText(/^Saved/u).first()).toBeVisible({ timeout: 10_000 });
});

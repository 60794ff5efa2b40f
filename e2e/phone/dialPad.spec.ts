import { saveOutcome, signIn, switchCallsSince, watchPeerConnections } from '../support/callFlow.ts';
import { endCall, snapshotOf } from '../support/enginePhone.ts';
import { bothHear, phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';

const NUMBER = '+13035550145';

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('a number typed on the pad is dialed as it is read, and Redial dials it again', async ({
  page,
  sandbox,
}) => {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  const phone = phoneOf(page);
  const talking = phone.getByText(/\d Talking\b/u);
  await phone.getByRole('button', { name: 'Phone', exact: true }).click();
  await expect(phone.getByText('Ready', { exact: true })).toBeVisible({ timeout: 15_000 });
  const callsSince = await switchCallsSince(sandbox);

  // A pad has no plus.
  await phone.getByLabel('Number').fill('+');
  const keys = phone.getByRole('group', { name: 'Keypad' });
  for (const digit of NUMBER.slice(1)) await keys.getByRole('button', { name: digit, exact: true }).click();
  await expect(phone.getByLabel('Number')).toHaveValue(NUMBER);
  await phone.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(talking).toBeVisible({ timeout: 20_000 });
  await bothHear(page, sandbox);
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await saveOutcome(page, 'Call back', '');

  await phone.getByRole('button', { name: `Redial ${NUMBER}` }).click();
  await expect(talking).toBeVisible({ timeout: 20_000 });
  await bothHear(page, sandbox);
  expect((await snapshotOf(page)).call?.request.number).toBe(NUMBER);
  const dialed = await callsSince();
  expect(dialed.map(({ numberE164 }) => numberE164)).toEqual([NUMBER, NUMBER]);
});

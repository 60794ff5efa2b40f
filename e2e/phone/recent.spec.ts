import type { Page } from '@playwright/test';
import { openContact, signIn, watchPeerConnections } from '../support/callFlow.ts';
import { ring } from '../support/callers.ts';
import { giveOutcomes, phoneIsReady, shownCall } from '../support/enginePhone.ts';
import { contactIdOf, tasksOfCall } from '../support/orgRecords.ts';
import { RelayClient } from '../support/relayClient.ts';
import { bothHear, openPanel, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';

const ANAS_NUMBER = '+13035550142';
const AUDIBLE_RMS = 0.01;
const IN_TIME = { timeout: 20_000 };
const WAV_HEADER_BYTES = 44;
const FULL_SCALE = 32_768;

test.beforeEach(async ({ page, sandbox }) => {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Kim Wu');
  await phoneIsReady(page);
  await openPanel(page);
});

test.afterEach(async ({ page }) => {
  await giveOutcomes(page);
});

/** The row of a call in the list of the last ones. */
async function openRowOf(page: Page, callId: string) {
  const phone = phoneOf(page);
  await phone.getByRole('tab', { name: 'Recent' }).click();
  const row = phone.locator(`li[data-call-id="${callId}"]`);
  await expect(row).toBeVisible(IN_TIME);
  return row;
}

/** The root mean square of a WAV of 16-bit samples, from 0 to 1. */
function rmsOf(wav: Buffer): number {
  let sum = 0;
  for (let offset = WAV_HEADER_BYTES; offset < wav.length; offset += 2)
    sum += (wav.readInt16LE(offset) / FULL_SCALE) ** 2;
  return Math.sqrt((sum * 2) / (wav.length - WAV_HEADER_BYTES));
}

/** The status of asking the relay, as this person, where the message of a call is played. */
async function askForMessage(sandbox: RunningSandbox, relay: RelayClient, callId: string): Promise<number> {
  const address = `${sandbox.relayUrl}/v1/calls/${callId}/voicemail`;
  return (await fetch(address, { headers: relay.authorization })).status;
}

test('a message that a caller leaves is played from the list, and by nobody else', async ({
  page,
  sandbox,
}) => {
  const { maya, tomas } = sandbox.people;
  const callId = await ring(sandbox, tomas, {
    from: ANAS_NUMBER,
    behaviour: { kind: 'voicemail', messageSeconds: 4 },
    ringSeconds: 1,
  });
  const row = await openRowOf(page, callId);
  await expect(row).toContainText('Missed', IN_TIME);
  // The message comes some seconds after the call was missed; the list is read anew as it is opened.
  await expect(async () => {
    await phoneOf(page).getByRole('tab', { name: 'Keypad' }).click();
    await openRowOf(page, callId);
    await row.getByRole('button', { name: 'Message 0:04' }).click({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const player = row.getByLabel('Message from Ana Ruiz');
  const seconds = (): Promise<number> =>
    player.evaluate((element) => (element as HTMLAudioElement).currentTime);
  await expect.poll(seconds, IN_TIME).toBeGreaterThan(1);
  expect(await player.evaluate((element) => (element as HTMLAudioElement).duration)).toBeCloseTo(4, 1);

  const address = (await player.getAttribute('src')) ?? '';
  const message = await fetch(address);
  expect(rmsOf(Buffer.from(await message.arrayBuffer()))).toBeGreaterThan(AUDIBLE_RMS);

  expect(await askForMessage(sandbox, await RelayClient.signIn(sandbox, tomas), callId)).toBe(200);
  expect(await askForMessage(sandbox, await RelayClient.signIn(sandbox, maya), callId)).toBe(404);
  const { origin, pathname } = new URL(address);
  expect((await fetch(origin + pathname)).status).toBe(403);
});

test('a missed call is called back from the list, and waits there no more', async ({ page, sandbox }) => {
  const { tomas } = sandbox.people;
  const missed = await ring(sandbox, tomas, {
    from: ANAS_NUMBER,
    behaviour: { kind: 'givesUp', afterSeconds: 1 },
  });
  const phone = phoneOf(page);
  const row = await openRowOf(page, missed);
  await expect(phone.locator('li[data-call-id]').first()).toHaveAttribute('data-call-id', missed);
  await row.getByRole('button', { name: 'Call back: Ana Ruiz' }).click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
  await bothHear(page, sandbox);
  const { callId } = await shownCall(page, ({ state }) => state === 'talking');
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  await phone.getByRole('group', { name: 'Outcome' }).getByText('Meeting').click();
  await phone.getByRole('button', { name: 'Save', exact: true }).click();

  await openRowOf(page, callId);
  // What waits to be called back comes first: this one stands among the others now, under the newer call.
  await expect
    .poll(async () => {
      const rows = await phone.locator('li[data-call-id]').all();
      const callIds = await Promise.all(rows.map((each) => each.getAttribute('data-call-id')));
      return callIds.indexOf(missed) - callIds.indexOf(callId);
    })
    .toBeGreaterThan(0);
  const connection = await sandbox.connectionOf(tomas);
  await expect
    .poll(async () => await tasksOfCall(connection, callId), IN_TIME)
    .toMatchObject([
      {
        WhoId: await contactIdOf(connection, 'Ana Ruiz'),
        CallType: 'Outbound',
        Call_Outcome__c: 'meeting',
      },
    ]);
});

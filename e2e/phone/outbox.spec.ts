import { openContact, saveOutcome, signIn, switchCalls } from '../support/callFlow.ts';
import { tasksOfCall } from '../support/orgRecords.ts';
import { askLedger } from '../support/recomputed.ts';
import { openPanel, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';

const IN_TIME = { timeout: 20_000 };
/** The phone tries again by itself after at most half a minute. */
const TRIED_AGAIN = { timeout: 45_000 };
const DAY_MS = 86_400_000;
const NOTE = 'Ring the harbour office first';

async function outcomesInLedger(sandbox: RunningSandbox, callId: string): Promise<object[]> {
  return await askLedger(sandbox, "select outcome from call_event where call_id = $1 and kind = 'outcome'", [
    callId,
  ]);
}

test('an outcome saved while the relay is away outlives the page and the day, and is sent by itself, once', async ({
  context,
  page,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const phone = phoneOf(page);
  await signIn(page, sandbox, tomas);
  // Busy at once: a call that nobody has to talk in.
  await openContact(page, 'Jonas Whitfield');
  await page.getByRole('button', { name: 'Call Jonas Whitfield, mobile' }).click();
  await expect(phone.getByRole('group', { name: 'Outcome' })).toBeVisible(IN_TIME);
  const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';

  const relay = `${sandbox.relayUrl}/**`;
  await context.route(relay, (route) => route.abort('connectionrefused'));
  await saveOutcome(page, 'Busy', NOTE);
  await expect(phone.getByText('Saved on this computer; sending it.')).toBeVisible();

  await page.reload();
  await openPanel(page);
  await expect(phone.getByText('The relay does not answer.').first()).toBeVisible(IN_TIME);
  const kept = phone.getByText('Finished calls are kept here and sent when you are back.');
  await expect(kept).toBeVisible();

  await page.clock.install({ time: Date.now() + DAY_MS });
  await page.reload();
  await openPanel(page);
  await expect(kept).toBeVisible(IN_TIME);
  expect(await outcomesInLedger(sandbox, callId)).toEqual([]);

  await context.unroute(relay);
  await expect(phone.getByText('Ready', { exact: true })).toBeVisible(TRIED_AGAIN);
  await expect(phone.getByText(/^Saved \d/u)).toBeVisible(IN_TIME);
  const connection = await sandbox.connectionOf(tomas);
  await expect
    .poll(async () => await tasksOfCall(connection, callId), IN_TIME)
    .toMatchObject([{ Call_Outcome__c: 'busy', Description: NOTE }]);
  await page.reload();
  await openPanel(page);
  await expect(phone.getByText('Ready', { exact: true })).toBeVisible(IN_TIME);
  expect(await outcomesInLedger(sandbox, callId)).toEqual([{ outcome: 'busy' }]);
  expect(await tasksOfCall(connection, callId)).toHaveLength(1);
});

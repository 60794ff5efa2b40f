import { openContact, signIn, switchCallsSince } from '../support/callFlow.ts';
import { order, phoneIsReady, shownCall } from '../support/enginePhone.ts';
import { makeOutcomeOptional } from '../support/optionalOutcome.ts';
import { askLedger } from '../support/recomputed.ts';
import { phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';

/** Busy at once: a call that nobody has to talk in. */
const BUSY_NUMBER = '+1 303 555 0155';
const IN_TIME = { timeout: 20_000 };

test('where the admin makes it optional, the next dial and one click go on without an outcome, and no call is lost', async ({
  page,
  sandbox,
}) => {
  await makeOutcomeOptional(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await phoneIsReady(page);
  const phone = phoneOf(page);
  await order(page, 'dial', BUSY_NUMBER);
  const { callId: leftByDialing } = await shownCall(page, ({ state }) => state === 'ended');
  const callsSince = await switchCallsSince(sandbox);

  await test.step('not over a note that was not saved', async () => {
    await phone.getByLabel('Note').fill('Ask for Leo');
    await phone.getByRole('button', { name: 'Minimize Phone' }).click();
    await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
    await expect(page.getByText('Not called: choose an outcome before the next call.').first()).toBeVisible();
    expect(await callsSince()).toEqual([]);
    await phone.getByRole('button', { name: /^Outcome: /u }).click();
    await phone.getByLabel('Note').fill('');
  });

  await test.step('the next dial', async () => {
    await phone.getByRole('button', { name: 'Minimize Phone' }).click();
    await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
    await expect(phone.getByText(/\d Talking\b/u)).toBeVisible(IN_TIME);
    expect(await callsSince()).toHaveLength(1);
    await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  });

  const { callId: leftByClick } = await shownCall(page, ({ state }) => state === 'ended');
  await phone.getByRole('button', { name: 'No outcome' }).click();
  await expect(phone.getByRole('group', { name: 'Outcome' })).toBeHidden();
  await expect(phone.getByRole('tab', { name: 'Keypad' })).toBeVisible();

  // The org gets them two minutes later: until then the rep might have chosen an outcome.
  await expect
    .poll(
      async () =>
        await askLedger(
          sandbox,
          `select call_id, state, outcome, due_at is not null as is_due from call
           join crm_delivery using (org_id, call_id) where call_id = any($1::uuid[]) order by call_id`,
          [[leftByDialing, leftByClick]],
        ),
      IN_TIME,
    )
    .toEqual(
      [leftByDialing, leftByClick].map((callId) => ({
        call_id: callId,
        state: 'ended',
        outcome: null,
        is_due: true,
      })),
    );
});

import { saveOutcome, signIn, switchCalls } from './support/callFlow.ts';
import { createSharers } from './support/callers.ts';
import { tasksOfCall } from './support/orgRecords.ts';
import { phoneOf } from './support/runningCall.ts';
import { expect, test } from './support/sandbox.ts';

/** Busy at once: a call that nobody has to talk in. */
const NUMBER = '+13035550158';
const SHARED_BY = ['Nora', 'Nils'].map((FirstName) => ({ FirstName, LastName: 'Fjord' }));

test('complaint 12: a call to a number that two people have is logged on the one the rep chooses, later too', async ({
  page,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const connection = await sandbox.connectionOf(tomas);
  const ids = await createSharers(sandbox, connection, tomas, SHARED_BY, NUMBER);

  await signIn(page, sandbox, tomas);
  const phone = phoneOf(page);
  await phone.getByRole('button', { name: 'Phone', exact: true }).click();
  await phone.getByLabel('Number').fill(NUMBER);
  await phone.getByRole('button', { name: /^Call/u }).click();
  await expect(phone.getByRole('group', { name: 'Outcome' })).toBeVisible({ timeout: 15_000 });
  await saveOutcome(page, 'Busy', '');
  const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';

  const choice = phone.getByLabel(`Whose call was it: ${NUMBER}`);
  await expect(async () => {
    await phone.getByRole('tab', { name: 'Keypad' }).click();
    await phone.getByRole('tab', { name: 'Recent' }).click();
    await expect(choice).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await choice.selectOption({ label: 'Nils Fjord' });
  await expect(choice).toBeHidden();
  await expect(phone.getByRole('button', { name: 'Redial: Nils Fjord' })).toBeVisible();
  await expect
    .poll(async () => (await tasksOfCall(connection, callId)).map(({ WhoId }) => WhoId), { timeout: 20_000 })
    .toEqual([ids[1]]);
});

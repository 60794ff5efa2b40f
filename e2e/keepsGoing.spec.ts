import { saveOutcome, switchCalls } from './support/callFlow.ts';
import { bothHear, call, hears, openTabOf, phoneOf } from './support/runningCall.ts';
import { expect, test } from './support/sandbox.ts';

test('complaint 10: three tabs register once, and each shows and controls the call', async ({
  context,
  sandbox,
}) => {
  const { maya } = sandbox.people;
  const [first, second, third] = [
    await openTabOf(context, sandbox, maya),
    await openTabOf(context, sandbox, maya, 'Kim Wu'),
    await openTabOf(context, sandbox, maya),
  ];
  await second.getByRole('button', { name: 'Call Kim Wu, mobile' }).dblclick();
  for (const page of [first, second, third])
    await expect(phoneOf(page).getByText(/\d Talking$/u)).toBeVisible({ timeout: 20_000 });
  expect((await switchCalls(sandbox)).filter(({ state }) => state !== 'ended')).toHaveLength(1);
  await bothHear(first, sandbox);

  await phoneOf(third).getByRole('button', { name: 'Hold' }).click();
  for (const page of [first, second, third])
    await expect(phoneOf(page).getByText(/\d On hold$/u)).toBeVisible();
  await phoneOf(first).getByRole('button', { name: 'Hold' }).click();
  await expect(phoneOf(second).getByText(/\d Talking$/u)).toBeVisible();
  await hears(first);

  await phoneOf(second).getByRole('button', { name: 'Hang up', exact: true }).click();
  await expect(phoneOf(third).getByRole('group', { name: 'Outcome' })).toBeVisible();
  await saveOutcome(third, 'Call back', 'Saved in another tab');
  for (const page of [first, second])
    await expect(phoneOf(page).getByRole('group', { name: 'Outcome' })).toBeHidden();
});

import { openContact, signIn, switchCalls, talk, watchPeerConnections, wrapUp } from './support/callFlow.ts';
import { tasksOfCall } from './support/orgRecords.ts';
import { expect, test } from './support/sandbox.ts';

test('the same call with components and static resource inside a near-membrane', async ({
  page,
  sandbox,
}) => {
  const { tomas } = sandbox.people;
  const connection = await sandbox.connectionOf(tomas);
  await watchPeerConnections(page);
  await signIn(page, sandbox, tomas, '?membrane=1');
  expect(await page.evaluate(() => Reflect.get(globalThis, '__scorelineMembrane'))).toBe(true);
  // Lightning Web Security keeps what a static resource defines away from the page, and so must this.
  expect(await page.evaluate(() => 'ScorelineSoftphone' in globalThis)).toBe(false);

  await openContact(page, 'Ana Ruiz');
  await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
  await talk(page, sandbox);
  await wrapUp(page, 'Call back', 'From inside the membrane');

  const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';
  await expect
    .poll(async () => (await tasksOfCall(connection, callId)).map((task) => task.Description), {
      timeout: 15_000,
    })
    .toEqual(['From inside the membrane']);
  expect(await page.evaluate(() => 'ScorelineSoftphone' in globalThis)).toBe(false);
  await expect(page.locator('.slds-timeline').getByText('From inside the membrane')).toBeVisible({
    timeout: 15_000,
  });
});

import type { BrowserContext, Page } from '@playwright/test';
import { saveOutcome, secondsAtSwitch } from './support/callFlow.ts';
import { ring } from './support/callers.ts';
import { call, openPanel, openTabOf, phoneOf } from './support/runningCall.ts';
import { expect, test } from './support/sandbox.ts';

const CALLER = '+13035550113';
const IN_TIME = { timeout: 15_000 };

/** Has every page of the context count the tones that it begins to play. */
async function countTones(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const begin = OscillatorNode.prototype.start;
    const tones = { begun: 0 };
    Object.assign(globalThis, { scorelineTestTones: tones });
    OscillatorNode.prototype.start = function start(this: OscillatorNode, when?: number) {
      tones.begun += 1;
      begin.call(this, when);
    };
  });
}

async function tonesOf(page: Page): Promise<number> {
  return await page.evaluate(
    () => (globalThis as unknown as { scorelineTestTones: { begun: number } }).scorelineTestTones.begun,
  );
}

test('complaint 18: a missed call sounds in one tab, is counted in each, and seen in one is seen in all', async ({
  context,
  sandbox,
}) => {
  await countTones(context);
  const { tomas } = sandbox.people;
  const tabs = [await openTabOf(context, sandbox, tomas), await openTabOf(context, sandbox, tomas, 'Kim Wu')];
  for (const tab of tabs) await openPanel(tab);
  await expect(phoneOf(tabs[0] as Page).getByText('Ready', { exact: true })).toBeVisible(IN_TIME);
  await ring(sandbox, tomas, { from: CALLER, behaviour: { kind: 'givesUp', afterSeconds: 2 } });
  for (const tab of tabs) {
    const recent = phoneOf(tab).getByRole('tab', { name: 'Recent' });
    await expect(recent).toHaveText(/1 missed/u, IN_TIME);
    await expect(tab.locator('.slds-notify_toast')).toHaveCount(0);
  }
  expect((await Promise.all(tabs.map(tonesOf))).sort()).toEqual([0, 1]);

  const [first, second] = tabs as [Page, Page];
  await phoneOf(second).getByRole('tab', { name: 'Recent' }).click();
  await expect(
    phoneOf(second)
      .getByText(/^Missed · /u)
      .first(),
  ).toBeVisible(IN_TIME);
  await expect(phoneOf(first).getByRole('tab', { name: 'Recent' })).toHaveText('Recent', IN_TIME);
});

test('complaint 18: how long a call was is saved, as the switch counted it', async ({ context, sandbox }) => {
  const { tomas } = sandbox.people;
  const page = await openTabOf(context, sandbox, tomas);
  const callId = await call(page, sandbox);
  const hold = phoneOf(page).getByRole('button', { name: 'Hold', exact: true });
  await hold.click();
  await expect(phoneOf(page).getByText(/\d On hold\b/u)).toBeVisible();
  await hold.click();
  await expect(phoneOf(page).getByText(/0:(?:0[6-9]|1\d) Talking\b/u)).toBeVisible(IN_TIME);
  await phoneOf(page).getByRole('button', { name: 'Hang up', exact: true }).click();
  await saveOutcome(page, 'Call back', '');

  const connection = await sandbox.connectionOf(tomas);
  const durationInOrg = async (): Promise<number> => {
    const { records } = await connection.query<{ CallDurationInSeconds: number | null }>(
      `SELECT CallDurationInSeconds FROM Task WHERE Call_Id__c = '${callId}'`,
    );
    return records[0]?.CallDurationInSeconds ?? 0;
  };
  const seconds = await secondsAtSwitch(sandbox, callId);
  // Talk and hold are kept in whole seconds, each rounded down.
  await expect.poll(durationInOrg, IN_TIME).toBeGreaterThan(seconds - 2);
  expect(await durationInOrg()).toBeLessThanOrEqual(seconds);
});

import type { Page } from '@playwright/test';
import type { LineQuality } from '@scoreline/contract';
import { saveOutcome, signIn, watchPeerConnections } from '../support/callFlow.ts';
import { phoneIsReady, shownCall, watchQuality } from '../support/enginePhone.ts';
import { phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';

const CLEAN_LINE = '+44 20 7946 0112';
/** Two of a hundred packets are lost. */
const SLIGHT_LOSS = '+44 20 7946 0240';
/** Twenty of a hundred are. */
const HEAVY_LOSS = '+44 20 7946 0244';
/** Hears the rep, but nothing comes back. */
const ONE_WAY = '+44 20 7946 0230';
/** The loss is the mean of seven seconds, and the talk has to begin before. */
const MEASURED_WITHIN = { timeout: 30_000 };
const A_POOR_LINE = /^Poor line: (?:1\d|2\d) % loss\. Try a cable\.$/u;

/** Calls this number; what it gives tells what the phone has shown of the line since. */
async function dial(
  page: Page,
  sandbox: RunningSandbox,
  number: string,
): Promise<() => Promise<LineQuality[]>> {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  const phone = phoneOf(page);
  await phone.getByRole('button', { name: 'Phone', exact: true }).click();
  await phoneIsReady(page);
  const qualities = await watchQuality(page);
  await phone.getByLabel('Number').fill(number);
  await phone.getByRole('button', { name: /^Call/u }).click();
  await expect(phone.getByText(/\d Talking\b/u)).toBeVisible({ timeout: 20_000 });
  return qualities;
}

/** What the phone measures of the running call, once it fits. */
async function measured(page: Page, fits: (quality: LineQuality) => boolean): Promise<LineQuality> {
  const { quality } = await shownCall(page, ({ quality: now }) => now !== undefined && fits(now));
  if (quality === undefined) throw new Error('Nothing is measured');
  return quality;
}

async function hangUpAndSave(page: Page): Promise<string> {
  await phoneOf(page).getByRole('button', { name: 'Hang up', exact: true }).click();
  const { callId } = await shownCall(page, ({ state }) => state === 'ended');
  await saveOutcome(page, 'Call back', '');
  return callId;
}

interface LineOnTask {
  readonly Mean_Opinion_Score__c: number;
  readonly Round_Trip_Milliseconds__c: number;
  readonly Jitter_Milliseconds__c: number;
  readonly Packet_Loss_Percent__c: number;
}

/** The means of the whole call on its Task, once the org has them. */
async function lineOnTask(sandbox: RunningSandbox, callId: string): Promise<LineOnTask> {
  const connection = await sandbox.connectionOf(sandbox.people.tomas);
  let found: LineOnTask[] = [];
  await expect
    .poll(
      async () => {
        const { records } = await connection.query<LineOnTask>(
          `SELECT Mean_Opinion_Score__c, Round_Trip_Milliseconds__c, Jitter_Milliseconds__c, Packet_Loss_Percent__c
           FROM Task WHERE Call_Id__c = '${callId}' AND Mean_Opinion_Score__c != null`,
        );
        found = records;
        return records.length;
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  const [line] = found;
  if (line === undefined) throw new Error('The Task has no line');
  return line;
}

/** What the phone says of the line, beside what it announces. */
function trouble(page: Page) {
  return phoneOf(page).locator('p.trouble');
}

test('a clean line is called good, without a warning, and its figures are in the panel and on the Task', async ({
  page,
  sandbox,
}) => {
  const qualities = await dial(page, sandbox, CLEAN_LINE);
  await expect(phoneOf(page).getByText('· good line')).toBeVisible(MEASURED_WITHIN);
  // Seven seconds of measurements: from then on the loss could warn.
  await expect(phoneOf(page).getByText(/0:(?:09|1\d) Talking\b/u)).toBeVisible(MEASURED_WITHIN);
  // A machine that is busy for a moment delays the sound, and the phone rightly says so.
  const { rttMs, jitterMs, lossPercent } = await measured(
    page,
    ({ mos, warnings }) => mos > 4 && warnings.length === 0,
  );
  expect(rttMs).toBeLessThan(400);
  expect(jitterMs).toBeLessThan(30);
  expect(lossPercent).toBeLessThan(3);
  await expect(trouble(page)).toBeHidden();
  await phoneOf(page).getByRole('button', { name: 'Devices' }).click();
  await expect(
    phoneOf(page).getByText(/^MOS 4\.\d · \d+ ms round trip · \d+ ms jitter · \d\.\d % loss$/u),
  ).toBeVisible();
  const line = await lineOnTask(sandbox, await hangUpAndSave(page));
  // How good the line was over the whole call is this machine's matter; its means lie between what was shown.
  const shown = await qualities();
  const isAmong = (value: number, figure: 'mos' | 'rttMs' | 'jitterMs', rounding: number): void => {
    const figures = shown.map((quality) => quality[figure]);
    expect(value).toBeGreaterThanOrEqual(Math.min(...figures) - rounding);
    expect(value).toBeLessThanOrEqual(Math.max(...figures) + rounding);
  };
  isAmong(line.Mean_Opinion_Score__c, 'mos', 0.01);
  isAmong(line.Round_Trip_Milliseconds__c, 'rttMs', 1);
  isAmong(line.Jitter_Milliseconds__c, 'jitterMs', 1);
  expect(line.Packet_Loss_Percent__c).toBeLessThan(3);
});

test('a line that loses two packets of a hundred is measured so, and worries nobody', async ({
  page,
  sandbox,
}) => {
  await dial(page, sandbox, SLIGHT_LOSS);
  await expect(phoneOf(page).getByText(/0:(?:09|1\d) Talking\b/u)).toBeVisible(MEASURED_WITHIN);
  const { lossPercent, warnings } = await measured(page, ({ lossPercent: loss }) => loss > 0);
  expect(lossPercent).toBeGreaterThan(1);
  expect(lossPercent).toBeLessThan(3);
  expect(warnings).not.toContain('highLoss');
  await expect(phoneOf(page).getByText('· good line')).toBeVisible(MEASURED_WITHIN);
  await expect(trouble(page)).toBeHidden();
  await hangUpAndSave(page);
});

test('a line that loses a fifth is called poor, with the loss and what to do, shown and announced once', async ({
  page,
  sandbox,
}) => {
  await dial(page, sandbox, HEAVY_LOSS);
  await expect(trouble(page)).toHaveText(A_POOR_LINE, MEASURED_WITHIN);
  await expect(phoneOf(page).getByRole('status').filter({ hasText: A_POOR_LINE })).toHaveCount(1);
  await expect(phoneOf(page).getByText('· good line')).toBeHidden();
  const { lossPercent, mos, warnings } = await measured(page, () => true);
  expect(lossPercent).toBeGreaterThan(16);
  expect(lossPercent).toBeLessThan(24);
  expect(mos).toBeLessThan(3.5);
  expect(warnings).toEqual(expect.arrayContaining(['highLoss', 'lowMos']));
  const line = await lineOnTask(sandbox, await hangUpAndSave(page));
  expect(line.Mean_Opinion_Score__c).toBeLessThan(3.5);
  expect(line.Packet_Loss_Percent__c).toBeGreaterThan(16);
  expect(line.Packet_Loss_Percent__c).toBeLessThan(24);
});

test('a line on which nothing comes back is called silent within seconds, while the rep is heard', async ({
  page,
  sandbox,
}) => {
  await dial(page, sandbox, ONE_WAY);
  await expect(trouble(page)).toHaveText(
    'No sound arrives. Check the speaker, and ask if you are heard.',
    MEASURED_WITHIN,
  );
  const { warnings } = await measured(page, () => true);
  expect(warnings).toContain('silence');
  await hangUpAndSave(page);
});

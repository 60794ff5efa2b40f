import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, chromium } from '@playwright/test';
import playwrightConfig from '../playwright.config.ts';
import { saveOutcome, signIn, watchPeerConnections } from './support/callFlow.ts';
import { shownCall } from './support/enginePhone.ts';
import { phoneOf } from './support/runningCall.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';
import { writeSpokenWav } from './support/spokenSound.ts';

/** Takes a breath, which is too short to be dead air, speaks without a pause, then listens. */
const LISTENER = '+44 20 7946 0260';
const BREATH_SECONDS = 1.5;
const PROSPECT_SECONDS = 14.4;

/**
 * When the rep speaks, from the moment the microphone opens, which is about 1.5 s before the answer. The first two
 * stretches fall into the middle of what the prospect says, with 2 s to spare at either end; the others follow once
 * the prospect has been silent for more than 2 s, and are one monologue.
 */
const REP_SPEAKS = [
  { fromSeconds: 5.4, toSeconds: 10.4 },
  { fromSeconds: 11, toSeconds: 16 },
  { fromSeconds: 22.6, toSeconds: 27.6 },
  { fromSeconds: 28.6, toSeconds: 33.6 },
];
const REP_SECONDS = 20;
const CROSSTALK_SECONDS = 10;
/** With the pause for breath in it. */
const MONOLOGUE_SECONDS = 11;
const WAV_SECONDS = 60;
/** A call of a machine that stood still for longer measures the machine, and is made again. */
const LONGEST_GAP_SECONDS = 1;
const MOST_CALLS = 3;

interface TalkFigures {
  readonly Talk_Ratio__c: number;
  readonly Longest_Monologue_Seconds__c: number;
  readonly Dead_Air_Seconds__c: number;
  readonly Crosstalk_Seconds__c: number;
}

/** Runs with a browser whose microphone plays this file once, from the moment it is opened. */
async function withMicrophone<Result>(
  wavPath: string,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const { args = [], ...launch } = playwrightConfig.use?.launchOptions ?? {};
  const microphone = `--use-file-for-fake-audio-capture=${wavPath}%noloop`;
  const browser = await chromium.launch({ ...launch, args: [...args, microphone] });
  try {
    return await use(
      await browser.newPage({ viewport: { width: 1280, height: 900 }, permissions: ['microphone'] }),
    );
  } finally {
    await browser.close();
  }
}

/**
 * Notes how many seconds of sound the page has played of its call, as WebRTC counts them: a machine that stands still for
 * a while hears nothing meanwhile, whatever its clock says.
 */
async function noteHeardSeconds(page: Page): Promise<() => Promise<number>> {
  const NOTED_EVERY_MS = 100;
  await watchPeerConnections(page);
  await page.addInitScript((everyMs) => {
    const heard = { seconds: 0 };
    Object.assign(globalThis, { heard });
    setInterval(async () => {
      const { scorelineTestConnections } = globalThis as unknown as {
        scorelineTestConnections: RTCPeerConnection[];
      };
      for (const report of (await scorelineTestConnections.at(-1)?.getStats())?.values() ?? [])
        if (report.type === 'inbound-rtp')
          heard.seconds = Math.max(heard.seconds, Number(report.totalSamplesDuration ?? 0));
    }, everyMs);
  }, NOTED_EVERY_MS);
  return () => page.evaluate(() => (globalThis as unknown as { heard: { seconds: number } }).heard.seconds);
}

/**
 * Calls the listener, until the microphone has said all and some seconds more. Answers the call's id and how long it was
 * by the clock.
 */
async function callListener(page: Page): Promise<{ callId: string; clockSeconds: number }> {
  const phone = phoneOf(page);
  await phone.getByRole('button', { name: 'Phone', exact: true }).click();
  await phone.getByLabel('Number').fill(LISTENER);
  await phone.getByRole('button', { name: /^Call/u }).click();
  await expect(phone.getByText(/^0?0:4[7-9] Talking\b/u)).toBeVisible({ timeout: 80_000 });
  await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
  const call = await shownCall(page, ({ state }) => state === 'ended');
  await saveOutcome(page, 'Call back', '');
  const { callId, answeredAtMs = NaN, endedAtMs = NaN } = call;
  return { callId, clockSeconds: (endedAtMs - answeredAtMs) / 1_000 };
}

async function figuresInOrg(sandbox: RunningSandbox, callId: string): Promise<TalkFigures> {
  const connection = await sandbox.connectionOf(sandbox.people.tomas);
  let figures: TalkFigures | undefined;
  await expect
    .poll(async () => {
      const { records } = await connection.query<TalkFigures>(
        `SELECT Talk_Ratio__c, Longest_Monologue_Seconds__c, Dead_Air_Seconds__c, Crosstalk_Seconds__c
         FROM Task WHERE Call_Id__c = '${callId}' AND Dead_Air_Seconds__c != null`,
      );
      [figures] = records;
      return records.length;
    })
    .toBe(1);
  if (figures === undefined) throw new Error('The call has no figures');
  return figures;
}

interface MeasuredCall {
  readonly figures: TalkFigures;
  readonly heardSeconds: number;
  /** The machine stood still for part of the call: what was said then was heard by nobody. */
  readonly hasGap: boolean;
}

async function measureCall(sandbox: RunningSandbox, wavPath: string): Promise<MeasuredCall> {
  return await withMicrophone(wavPath, async (page) => {
    const readHeardSeconds = await noteHeardSeconds(page);
    await signIn(page, sandbox, sandbox.people.tomas);
    const { callId, clockSeconds } = await callListener(page);
    const heardSeconds = await readHeardSeconds();
    const hasGap = clockSeconds - heardSeconds > LONGEST_GAP_SECONDS;
    return { figures: await figuresInOrg(sandbox, callId), heardSeconds, hasGap };
  });
}

test('talk ratio, monologue, dead air and crosstalk of a call agree within 5 % with what was said', async ({
  sandbox,
}) => {
  test.setTimeout(MOST_CALLS * 90_000);
  const folder = await mkdtemp(join(tmpdir(), 'scoreline-voice-'));
  const wavPath = join(folder, 'rep.wav');
  try {
    await writeSpokenWav(wavPath, REP_SPEAKS, WAV_SECONDS);
    let call = await measureCall(sandbox, wavPath);
    for (let calls = 1; call.hasGap && calls < MOST_CALLS; calls += 1)
      call = await measureCall(sandbox, wavPath);
    const { figures, heardSeconds } = call;
    const otherSeconds = BREATH_SECONDS + PROSPECT_SECONDS + MONOLOGUE_SECONDS;
    expectWithin5Percent(figures.Talk_Ratio__c, REP_SECONDS / (REP_SECONDS + PROSPECT_SECONDS));
    expectWithin5Percent(figures.Longest_Monologue_Seconds__c, MONOLOGUE_SECONDS);
    expectWithin5Percent(figures.Crosstalk_Seconds__c, CROSSTALK_SECONDS);
    expectWithin5Percent(figures.Dead_Air_Seconds__c, heardSeconds - otherSeconds);
  } finally {
    await rm(folder, { recursive: true });
  }
});

function expectWithin5Percent(figure: number, truth: number): void {
  expect(Math.abs(figure / truth - 1), `${figure}, in truth ${truth}`).toBeLessThanOrEqual(0.05);
}

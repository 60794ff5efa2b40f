import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { BrowserContext } from '@playwright/test';
import { chromium } from '@playwright/test';
import type { RunningSandbox } from '../../e2e/support/sandbox.ts';
import { withSandbox } from '../../e2e/support/sandbox.ts';
import config from '../../playwright.config.ts';
import type { Figures } from '../bench.ts';
import { installChromium } from '../installChromium.ts';
import { openJssipPhone } from './support/dial/jssipPhone.ts';
import { addProspect, openOurPhone } from './support/dial/ourPhone.ts';
import { cuttableNetwork, reloadInCall } from './support/dial/recovery.ts';
import { median } from './support/statistics.ts';

const { calls: CALLS, recoveries: RECOVERIES } = readCounts();
/** They fill caches and are not counted. */
const WARM_UP_CALLS = 2;

/**
 * How soon a call leaves after the click, and how soon a running one is back. In one browser and at one switch,
 * Scoreline's phone on its Lightning page and JsSIP on an empty one dial in turn. JsSIP has its permit beforehand and is
 * timed from its `call()`; our figures begin at the click on the page and include the permit.
 */
export async function measure(): Promise<Figures> {
  installChromium();
  return await withSandbox(async (sandbox) => {
    await addProspect(sandbox, sandbox.people.maya);
    const browser = await chromium.launch(config.use?.launchOptions ?? {});
    try {
      const newContext = (): Promise<BrowserContext> =>
        browser.newContext({ permissions: ['microphone'], viewport: { width: 1280, height: 900 } });
      const dialing = await measureDialing(sandbox, newContext);
      console.error(JSON.stringify({ ...dialing, loadAverage: loadavg()[0] }));
      if (RECOVERIES === 0) return dialing;
      const recovery = await measureRecovery(sandbox, newContext);
      console.error(JSON.stringify({ ...recovery, loadAverage: loadavg()[0] }));
      return { ...dialing, ...recovery };
    } finally {
      await browser.close();
    }
  });
}

async function measureDialing(
  sandbox: RunningSandbox,
  newContext: () => Promise<BrowserContext>,
): Promise<Figures> {
  const context = await newContext();
  const ours = await openOurPhone(await context.newPage(), sandbox, sandbox.people.maya);
  const jssip = await openJssipPhone(await context.newPage(), sandbox, sandbox.people.tomas);
  const dials: Awaited<ReturnType<typeof ours.dial>>[] = [];
  const theirs: Awaited<ReturnType<typeof jssip.dial>>[] = [];
  const theirsEarly: typeof theirs = [];
  const answers: number[] = [];
  for (let round = -WARM_UP_CALLS; round < CALLS; round += 1) {
    const [own, other, early, answer] = [
      await ours.dial(),
      await jssip.dial({ early: false }),
      await jssip.dial({ early: true }),
      await ours.answer(),
    ];
    if (round < 0) continue;
    dials.push(own);
    theirs.push(other);
    theirsEarly.push(early);
    answers.push(answer);
  }
  await context.close();
  const clickToInviteMs = median(dials.map((dial) => dial.clickToInviteMs));
  const clickToInviteMsJssip = median(theirs.map((dial) => dial.clickToInviteMs));
  return {
    clickToInviteMs: tenths(clickToInviteMs),
    permitMs: tenths(median(dials.map((dial) => dial.permitMs))),
    clickToInviteMsJssip: tenths(clickToInviteMsJssip),
    clickToInviteMsJssipEarly: tenths(median(theirsEarly.map((dial) => dial.clickToInviteMs))),
    clickToInviteRatio: Math.round((clickToInviteMs / clickToInviteMsJssip) * 1_000) / 1_000,
    clickToAudioMs: Math.round(median(dials.map((dial) => dial.clickToAudioMs))),
    clickToAudioMsJssip: Math.round(median(theirs.map((dial) => dial.clickToAudioMs))),
    answerMs: tenths(median(answers)),
  };
}

async function measureRecovery(
  sandbox: RunningSandbox,
  newContext: () => Promise<BrowserContext>,
): Promise<Figures> {
  const context = await newContext();
  const page = await context.newPage();
  const network = await cuttableNetwork(context, page, sandbox.switchUrl);
  const ours = await openOurPhone(page, sandbox, sandbox.people.maya);
  const drops: number[] = [];
  const reloads: number[] = [];
  for (let round = 0; round < RECOVERIES; round += 1) {
    await ours.talk();
    drops.push(await network.cut());
    reloads.push(await reloadInCall(ours));
    await ours.end();
  }
  await context.close();
  return {
    socketRecoveryMs: Math.round(median(drops)),
    socketRecoveryWorstMs: Math.round(Math.max(...drops)),
    reloadRecoveryMs: Math.round(median(reloads)),
    reloadRecoveryWorstMs: Math.round(Math.max(...reloads)),
  };
}

/** `npm run bench -- dial --calls 25 --recoveries 20`, which is also what is measured without saying so. */
function readCounts(): { calls: number; recoveries: number } {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { calls: { type: 'string', default: '25' }, recoveries: { type: 'string', default: '20' } },
  });
  return { calls: Number(values.calls), recoveries: Number(values.recoveries) };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

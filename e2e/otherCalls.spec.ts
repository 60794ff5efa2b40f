import type { Page } from '@playwright/test';
import { receivedRms, signIn, watchPeerConnections } from './support/callFlow.ts';
import { type CallerBehaviour, ring } from './support/callers.ts';
import { callAtSwitch, giveOutcomes, order, shownCall, snapshotOf } from './support/enginePhone.ts';
import type { CallAtSwitch } from './support/enginePhone.ts';
import { phoneIsLoaded } from './support/pagePhone.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';

const FIRST = '+1 303 555 0142';
const SECOND = '+1 303 555 0107';
const CALLER = '+13035550118';
/** Sound louder than this is somebody; silence in PCMU is below 0.001. */
const AUDIBLE_RMS = 0.01;
const SILENT_RMS = 0.002;
const SOUND_MS = 15_000;

/** Until the switch sees the call so. */
async function atSwitch(
  sandbox: RunningSandbox,
  callId: string,
  fits: (call: CallAtSwitch) => boolean,
): Promise<void> {
  await expect.poll(async () => fits(await callAtSwitch(sandbox, callId)), { timeout: SOUND_MS }).toBe(true);
}

async function rings(page: Page, sandbox: RunningSandbox, behaviour: CallerBehaviour): Promise<string> {
  await expect.poll(async () => (await snapshotOf(page)).phoneState, { timeout: 15_000 }).toBe('ready');
  const callId = await ring(sandbox, sandbox.people.tomas, { from: CALLER, behaviour });
  await shownCall(page, (call) => call.callId === callId && call.state === 'ringing');
  return callId;
}

async function dialAndTalk(page: Page): Promise<string> {
  await expect.poll(async () => (await snapshotOf(page)).phoneState, { timeout: 15_000 }).toBe('ready');
  await order(page, 'dial', FIRST);
  return (await shownCall(page, ({ state }) => state === 'talking')).callId;
}

/** The first call is on hold, and the rep talks in one beside it. */
async function talkInTwo(page: Page, purpose: 'call' | 'consultation'): Promise<[string, string]> {
  const first = await dialAndTalk(page);
  await order(page, 'addCall', SECOND, purpose);
  const second = await shownCall(page, ({ callId, state }) => callId !== first && state === 'talking');
  return [first, second.callId];
}

test.describe('call control', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await watchPeerConnections(page);
    await signIn(page, sandbox, sandbox.people.tomas);
    await phoneIsLoaded(page);
  });

  test.afterEach(async ({ page }) => {
    await giveOutcomes(page);
  });

  test('a call comes in, both sides hear each other, and the caller’s BYE ends it', async ({
    page,
    sandbox,
  }) => {
    const callId = await rings(page, sandbox, { kind: 'hangsUp', afterSeconds: 8 });
    await order(page, 'answer', callId);
    await shownCall(page, ({ state }) => state === 'talking');
    await atSwitch(sandbox, callId, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await expect.poll(() => receivedRms(page), { timeout: SOUND_MS }).toBeGreaterThan(AUDIBLE_RMS);
    const ended = await shownCall(page, ({ state }) => state === 'ended');
    expect([ended.endedBy, ended.endCause]).toEqual(['prospect', 'completed']);
  });

  test('a rejected call is declined at the switch and leaves no form', async ({ page, sandbox }) => {
    const callId = await rings(page, sandbox, { kind: 'talks' });
    await order(page, 'reject', callId);
    await expect.poll(async () => (await snapshotOf(page)).call).toBeUndefined();
    await atSwitch(sandbox, callId, ({ endCause }) => endCause === 'declined');
  });

  test('a caller who gives up is a missed call in the list', async ({ page, sandbox }) => {
    const callId = await rings(page, sandbox, { kind: 'givesUp', afterSeconds: 1 });
    await expect
      .poll(async () => (await snapshotOf(page)).recent?.find((call) => call.callId === callId)?.isMissed, {
        timeout: 20_000,
      })
      .toBe(true);
    expect((await snapshotOf(page)).call).toBeUndefined();
  });

  test('two calls: the one on hold hears nothing, and switching changes that', async ({ page, sandbox }) => {
    const [first, second] = await talkInTwo(page, 'call');
    await atSwitch(sandbox, second, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await atSwitch(
      sandbox,
      first,
      ({ state, recentReceivedRms }) => state === 'held' && recentReceivedRms < SILENT_RMS,
    );
    await order(page, 'switchTo', first);
    await shownCall(page, ({ callId, state }) => callId === first && state === 'talking');
    await atSwitch(sandbox, first, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await atSwitch(
      sandbox,
      second,
      ({ state, recentReceivedRms }) => state === 'held' && recentReceivedRms < SILENT_RMS,
    );
    await order(page, 'hangUp');
    await shownCall(page, ({ callId, state }) => callId === second && state === 'talking');
    await atSwitch(sandbox, second, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await order(page, 'hangUp');
    await shownCall(page, ({ state }) => state === 'ended');
  });

  test('blind transfer: the other two talk on without the rep', async ({ page, sandbox }) => {
    const callId = await dialAndTalk(page);
    await order(page, 'transfer', SECOND);
    const ended = await shownCall(page, ({ state }) => state === 'ended');
    expect(ended.endCause).toBe('transferred');
    await atSwitch(sandbox, callId, ({ transferredTo, farEnds }) => {
      const heard = farEnds.map(({ recentHeardRms }) => recentHeardRms);
      return (
        transferredTo === '+13035550107' && heard.length === 2 && heard.every((rms) => rms > AUDIBLE_RMS)
      );
    });
  });

  test('a transfer to a number that is not in use leaves the call up', async ({ page, sandbox }) => {
    const callId = await dialAndTalk(page);
    await order(page, 'transfer', '+1 303 555 0181');
    const refused = await shownCall(page, ({ transfer }) => transfer === 'refused');
    expect(refused.state).toBe('talking');
    await atSwitch(sandbox, callId, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await order(page, 'hangUp');
  });

  test('complaint 5: a colleague is asked, given up, asked again and connected', async ({
    page,
    sandbox,
  }) => {
    const [first, given] = await talkInTwo(page, 'consultation');
    await atSwitch(sandbox, given, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await order(page, 'cancelConsultation');
    await shownCall(page, ({ callId, state }) => callId === first && state === 'talking');
    await atSwitch(sandbox, first, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await order(page, 'addCall', SECOND, 'consultation');
    const consult = await shownCall(page, ({ callId, state }) => callId !== first && state === 'talking');
    await order(page, 'completeTransfer');
    const ended = await shownCall(page, ({ callId, state }) => callId === first && state === 'ended');
    expect(ended.endCause).toBe('transferred');
    expect((await snapshotOf(page)).otherCalls).toEqual([]);
    await atSwitch(sandbox, consult.callId, ({ endCause }) => endCause === 'transferred');
    await atSwitch(sandbox, first, ({ farEnds }) => {
      const heard = farEnds.map(({ recentHeardRms }) => recentHeardRms);
      return heard.length === 2 && heard.every((rms) => rms > AUDIBLE_RMS);
    });
  });

  test('conference: all three hear each other, and the last one stays', async ({ page, sandbox }) => {
    const [first, second] = await talkInTwo(page, 'call');
    await order(page, 'startConference');
    await shownCall(page, ({ isInConference }) => isInConference);
    await atSwitch(sandbox, first, ({ mixedInto }) => mixedInto === second);
    await atSwitch(sandbox, second, ({ farEnds, recentReceivedRms }) => {
      const heard = farEnds.map(({ recentHeardRms }) => recentHeardRms);
      return recentReceivedRms > AUDIBLE_RMS && heard.length === 2 && heard.every((rms) => rms > AUDIBLE_RMS);
    });
    await order(page, 'hangUp');
    await shownCall(page, ({ callId, state }) => callId === first && state === 'talking');
    await atSwitch(sandbox, first, ({ recentReceivedRms }) => recentReceivedRms > AUDIBLE_RMS);
    await order(page, 'hangUp');
    await shownCall(page, ({ state }) => state === 'ended');
  });
});

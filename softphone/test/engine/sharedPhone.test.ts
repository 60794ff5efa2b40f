import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { ASK_EVERY_MS } from '../../src/domain/leaderWatch.ts';
import type { LeadingPhone } from '../../src/engine/leadingPhone.ts';
import { dialRequest } from '../support/samples.ts';
import type { SharedTab } from '../support/sharedTab.ts';
import { openTab } from '../support/sharedTab.ts';
import type { StartedPhone } from '../support/startedPhone.ts';
import { PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 10_000 };

interface TabWithEngine extends SharedTab {
  /** The phones that were started in this tab; empty while it follows. */
  readonly started: StartedPhone[];
  readonly abandoned: StartedPhone[];
}

function openTabWithEngine(context: TestContext, userKey: string, isOutcomeOptional = false): TabWithEngine {
  const started: StartedPhone[] = [];
  const abandoned: StartedPhone[] = [];
  const start = async (): Promise<LeadingPhone> => {
    const engine = await startPhone(context, { isOutcomeOptional });
    started.push(engine);
    return {
      ...engine.phone,
      get snapshot() {
        return engine.phone.snapshot;
      },
      abandon: () => abandoned.push(engine),
      verify: () => undefined,
    };
  };
  const tab = openTab(context, userKey, start, isOutcomeOptional);
  return { ...tab, started, abandoned };
}

/** The only phone that runs in this tab. */
function engineOf(tab: TabWithEngine): StartedPhone {
  const [engine, ...others] = tab.started;
  assert.ok(engine !== undefined && others.length === 0);
  return engine;
}

async function openTwoTabs(
  context: TestContext,
  isOutcomeOptional = false,
): Promise<[TabWithEngine, TabWithEngine]> {
  const leader = openTabWithEngine(context, context.name, isOutcomeOptional);
  await leader.until(({ phoneState, runsElsewhere }) => phoneState === 'ready' && !runsElsewhere);
  const follower = openTabWithEngine(context, context.name, isOutcomeOptional);
  await follower.until(({ phoneState, runsElsewhere }) => phoneState === 'ready' && runsElsewhere);
  return [leader, follower];
}

test('complaint 10: two tabs register once, and both show the call', LIMIT, async (context) => {
  const [leader, follower] = await openTwoTabs(context);
  assert.equal(follower.phone.dial(dialRequest('click 1')), 'dialing');
  assert.equal(follower.phone.dial(dialRequest('click 1')), 'dialing');
  const call = await engineOf(leader).placedCall();
  call.report({ kind: 'dialing' });
  call.report({ kind: 'answered' });
  await follower.until(({ call: shown }) => shown?.state === 'talking');
  assert.equal(leader.phone.snapshot.call?.request.requestId, 'click 1');

  follower.phone.setMuted(true);
  await leader.until(({ call: shown }) => shown?.muted === true);
  follower.phone.setHeld(true);
  await leader.until(({ call: shown }) => shown?.holdPending === true);
  call.report({ kind: 'held' });
  await follower.until(({ call: shown }) => shown?.state === 'held');
  call.report(PROSPECT_ENDS);
  await follower.until(({ call: shown }) => shown?.state === 'ended');
  await follower.phone.saveOutcome({ outcome: 'meeting', note: 'From the other tab' });
  await follower.until(({ lastSaved }) => lastSaved?.callId === call.order.callId);

  assert.equal(engineOf(leader).gateway.placed.length, 1);
  assert.deepEqual([follower.started, leader.faults, follower.faults], [[], [], []]);
});

test('where the outcome may be left out, another tab goes on without it too', LIMIT, async (context) => {
  const [leader, follower] = await openTwoTabs(context, true);
  const ended = async (requestId: string): Promise<string> => {
    assert.equal(follower.phone.dial(dialRequest(requestId)), 'dialing');
    await leader.until(({ call }) => call?.request.requestId === requestId);
    (await engineOf(leader).placedCall()).report(PROSPECT_ENDS);
    const { call } = await follower.until(({ call: shown }) => shown?.state === 'ended');
    return call?.callId ?? '';
  };
  await ended('click 1');
  follower.phone.leaveOutcomeOut(await ended('click 2'));
  await follower.until(({ call }) => call === undefined);
  assert.deepEqual([leader.faults, follower.faults], [[], []]);
});

test('two users of one browser never share a phone', LIMIT, async (context) => {
  const maya = openTabWithEngine(context, 'maya');
  const tomas = openTabWithEngine(context, 'tomas');
  await maya.until(({ phoneState }) => phoneState === 'ready');
  await tomas.until(({ phoneState }) => phoneState === 'ready');
  maya.phone.dial(dialRequest('click 1'));
  await engineOf(maya).placedCall();
  assert.equal(tomas.phone.snapshot.call, undefined);
  assert.equal(tomas.phone.snapshot.runsElsewhere, false);
});

test('the next tab leads when the leading one is closed', LIMIT, async (context) => {
  const [leader, follower] = await openTwoTabs(context);
  await leader.phone.close();
  await follower.until(({ phoneState, runsElsewhere }) => phoneState === 'ready' && !runsElsewhere);
  follower.phone.dial(dialRequest('click 1'));
  await engineOf(follower).placedCall();
});

test('a dial in a tab that has not found the leader yet waits and is dialed once', LIMIT, async (context) => {
  const leader = openTabWithEngine(context, context.name);
  await leader.until(({ phoneState }) => phoneState === 'ready');
  const follower = openTabWithEngine(context, context.name);
  assert.equal(follower.phone.dial(dialRequest('early')), 'waiting');
  assert.equal(follower.phone.snapshot.waiting?.requestId, 'early');
  assert.equal((await engineOf(leader).placedCall()).order.numberE164, '+13035550142');
  assert.equal(engineOf(leader).gateway.placed.length, 1);
});

test('complaint 7: a frozen leader leaves the phone to the tab that is awake', LIMIT, async (context) => {
  const [leader, follower] = await openTwoTabs(context);
  leader.freeze();
  assert.equal(leader.abandoned.length, 1);
  await follower.until(({ phoneState, runsElsewhere }) => phoneState === 'ready' && !runsElsewhere);
  leader.thaw();
  await leader.until(({ phoneState, runsElsewhere }) => phoneState === 'ready' && runsElsewhere);
});

test('a tab that is alone keeps its phone through a freeze', LIMIT, async (context) => {
  const tab = openTabWithEngine(context, context.name);
  await tab.until(({ phoneState }) => phoneState === 'ready');
  tab.freeze();
  tab.thaw();
  assert.deepEqual([tab.started.length, tab.abandoned.length], [1, 0]);
});

test('a leader that is silent without a word loses the lead after two seconds', LIMIT, async (context) => {
  const [leader, follower] = await openTwoTabs(context);
  // The questions and the time that passes come in one turn of the event loop: nobody can answer in between.
  follower.clock.advance(2_000 + ASK_EVERY_MS);
  await follower.until(({ phoneState, runsElsewhere }) => phoneState === 'ready' && !runsElsewhere);
  await leader.until(({ runsElsewhere }) => runsElsewhere);
  assert.equal(leader.abandoned.length, 1);
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { NetworkEvent } from '@scoreline/contract';
import { type Chain, startChain } from './support/chain.ts';
import { eventually } from './support/eventually.ts';
import { assertFinalSet } from './support/finalSet.ts';
import { type AcknowledgedCall, phoneOf } from './support/phone.ts';

const HOUR_MS = 3_600_000;
const TALK_SECONDS = 65;

let chain: Chain;
before(async () => {
  chain = await startChain({ webs: 1, workers: 1 });
});
after(() => chain.stop());

/** A process so started believes that it is this much later. */
function clockOff(shiftMs: number): Record<string, string> {
  const preload = join(import.meta.dirname, 'support', 'shiftedClock.ts');
  return { NODE_OPTIONS: `--import=${preload}`, CLOCK_SHIFT_MS: String(shiftMs) };
}

/** A talk of 65 s during which the wall clock jumps, while the monotonic one does not. */
function talkWithJump(beganAt: number, jumpMs: number): NetworkEvent[] {
  const moment = (sequence: number, elapsedMs: number, jumpedMs = 0) => ({
    sequence,
    at: new Date(beganAt + elapsedMs + jumpedMs).toISOString(),
    elapsedMs,
  });
  return [
    { ...moment(1, 0), kind: 'dialed' },
    { ...moment(2, 1_000), kind: 'ringing' },
    { ...moment(3, 4_000), kind: 'answered' },
    {
      ...moment(4, 4_000 + TALK_SECONDS * 1_000, jumpMs),
      kind: 'ended',
      endedBy: 'rep',
      cause: 'completed',
    },
  ];
}

const acknowledged: AcknowledgedCall[] = [];

test('21 clock ±1 h and DST: durations are monotonic', async () => {
  const recently = Date.now() - 2 * HOUR_MS;
  // Both of the reps' changes of clocks in 2026, each a second after the call was answered.
  const spring = Date.parse('2026-03-08T08:59:55Z');
  const autumn = Date.parse('2026-11-01T07:59:55Z');
  for (const events of [
    talkWithJump(recently, HOUR_MS),
    talkWithJump(recently, -HOUR_MS),
    talkWithJump(spring, 0),
    talkWithJump(autumn, 0),
  ])
    acknowledged.push(await phoneOf(chain, 0).placeCall({ events, talkSeconds: TALK_SECONDS }));
  await assertFinalSet(chain, acknowledged);
});

for (const shiftMs of [HOUR_MS, -HOUR_MS])
  test(`21 clock ${shiftMs / HOUR_MS} h off at the relay: tokens and signatures fail closed, and nothing is lost`, async () => {
    const [web] = chain.webs;
    assert.ok(web);
    const signedIn = phoneOf(chain, 0);
    const callId = await signedIn.dial();
    await web.restart(clockOff(shiftMs));

    const detail = phoneOf(chain, 0);
    await assert.rejects(detail.reportDetail(callId, talkWithJump(Date.now() - HOUR_MS, 0)));
    assert.deepEqual(detail.statuses, [403]);
    // A session of the right time, and a sign-in of the right time.
    const fresh = phoneOf(chain, 1);
    const sending = Promise.all([signedIn.chooseOutcome(callId), fresh.placeCall()]);
    await eventually('both are refused', () =>
      [signedIn, fresh].every(({ statuses }) => statuses.at(-1) === 401),
    );
    await web.restart();
    acknowledged.push(...(await sending));
    assert.deepEqual([...new Set(signedIn.statuses)].toSorted(), [200, 401, null]);
    await assertFinalSet(chain, acknowledged);
  });

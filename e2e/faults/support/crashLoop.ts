import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../sandbox/src/seed/seededRandom.ts';
import { type Chain, startChain } from './chain.ts';
import { type PlannedKill, type Victim, crashPlan } from './crashPlan.ts';
import { eventually } from './eventually.ts';
import { type FinalSet, settle } from './finalSet.ts';
import { type AcknowledgedCall, Phone } from './phone.ts';

const PHONES = 4;
/** Between two calls of one rep; a real one talks longer. */
const LONGEST_PAUSE_MS = 150;
const SHARE_CORRECTED = 0.2;
const SETTLED_WITHIN_MS = 300_000;

export interface CrashLoopOptions {
  readonly loops: number;
  readonly seed: number;
  /** Told after each loop whom it killed, and how many calls are acknowledged so far. */
  readonly onLoop: (loop: number, victims: readonly Victim[], acknowledged: number) => void;
}

export interface CrashLoopResult extends FinalSet {
  readonly kills: Readonly<Partial<Record<Victim, number>>>;
}

/**
 * Kills relays, PostgreSQL and the org at random moments while phones go on placing calls, and says what came of the
 * calls that were acknowledged.
 */
export async function runCrashLoop({ loops, seed, onLoop }: CrashLoopOptions): Promise<CrashLoopResult> {
  const chain = await startChain({ webs: 2, workers: 2 });
  try {
    const calling = startCalling(chain, seed);
    const kills: Partial<Record<Victim, number>> = {};
    for (const [index, plan] of crashPlan(seed, loops).entries()) {
      await Promise.race([runLoop(chain, plan, calling), calling.failed]);
      for (const { victim } of plan) kills[victim] = (kills[victim] ?? 0) + 1;
      onLoop(
        index + 1,
        plan.map(({ victim }) => victim),
        calling.acknowledged.size,
      );
    }
    await calling.stop();
    return { kills, ...(await settle(chain, [...calling.acknowledged.values()], SETTLED_WITHIN_MS)) };
  } finally {
    await chain.stop();
  }
}

interface Calling {
  /** By call id, each as it was acknowledged last. */
  readonly acknowledged: ReadonlyMap<string, AcknowledgedCall>;
  readonly requests: () => number;
  /** Rejects when a phone was refused for good, and never resolves. */
  readonly failed: Promise<never>;
  /** Every call that was begun is acknowledged then. */
  stop(): Promise<void>;
}

function startCalling(chain: Chain, seed: number): Calling {
  const random = seededRandom(seed + 1);
  const acknowledged = new Map<string, AcknowledgedCall>();
  let requests = 0;
  let isOver = false;
  const phones = Array.from({ length: PHONES }, async (_none, index) => {
    const rep = chain.people.reps[index % chain.people.reps.length];
    if (rep === undefined) throw new Error('The sample company has no reps');
    const phone = new Phone(chain, rep, () => (requests += 1));
    while (!isOver) {
      const call = await phone.placeCall();
      acknowledged.set(call.callId, call);
      if (random() < SHARE_CORRECTED) {
        const corrected = await phone.chooseOutcome(call.callId, { outcome: 'noInterest' }, 6);
        acknowledged.set(call.callId, corrected);
      }
      await pause(random() * LONGEST_PAUSE_MS);
    }
  });
  const all = Promise.all(phones);
  const failed = new Promise<never>((_resolve, reject) => {
    all.catch(reject);
  });
  return {
    acknowledged,
    requests: () => requests,
    failed,
    async stop() {
      isOver = true;
      await all;
    },
  };
}

/** Kills as planned, and ends once everything is up again and another call was acknowledged. */
async function runLoop(chain: Chain, plan: readonly PlannedKill[], calling: Calling): Promise<void> {
  const requestsBefore = calling.requests();
  const returns: Promise<void>[] = [];
  for (const { victim, afterRequests, thenMs } of plan) {
    await eventually(`${afterRequests} requests`, () => calling.requests() - requestsBefore >= afterRequests);
    await pause(thenMs);
    returns.push((await kill(chain, victim)).isBack);
  }
  await Promise.all(returns);
  const { size } = calling.acknowledged;
  await eventually('another call is acknowledged', () => calling.acknowledged.size > size, 120_000);
}

/** Kills it now, and gives the promise of its return. */
async function kill(chain: Chain, victim: Victim): Promise<{ readonly isBack: Promise<void> }> {
  const [web1, web2] = chain.webs;
  const [worker1, worker2] = chain.workers;
  if (victim === 'postgres') {
    await chain.server.kill();
    return { isBack: chain.server.restart() };
  }
  const named = { 'web 1': web1, 'web 2': web2, 'worker 1': worker1, 'worker 2': worker2, org: chain.org };
  const killed = named[victim];
  if (killed === undefined) throw new Error(`The chain has no ${victim}`);
  killed.signal('SIGKILL');
  return { isBack: killed.isReady() };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChain } from './support/chain.ts';
import { settle } from './support/finalSet.ts';
import { buildLongRoad } from './support/longRoad.ts';
import { Phone } from './support/phone.ts';
import { taskHasOutcome } from './support/tasks.ts';

test('20 a stopped worker’s request arrives after another worker’s newer write: the newer version stays', async () => {
  const road = await buildLongRoad();
  const chain = await startChain({ webs: 1, workers: 2, road });
  try {
    const [rep] = chain.people.reps;
    const [worker, otherWorker] = chain.workers;
    assert.ok(rep && worker && otherWorker);
    await otherWorker.stop();
    const phone = new Phone(chain, rep);
    const first = await phone.placeCall();
    await taskHasOutcome(chain, first.callId, 'meeting');

    const underWay = road.holdWriteOf(first.callId);
    await phone.chooseOutcome(first.callId, { outcome: 'callBack' }, 6);
    const letGo = await underWay;
    worker.signal('SIGSTOP');
    // What the server does itself once a transaction is idle for too long.
    await chain.relayDatabase.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name in ('scoreline-relay', 'scoreline-queue')
         and state in ('idle in transaction', 'idle in transaction (aborted)')`,
    );
    const newest = await phone.chooseOutcome(first.callId, { outcome: 'noInterest' }, 7);
    await otherWorker.start();
    await taskHasOutcome(chain, first.callId, 'noInterest');
    await otherWorker.stop();

    letGo();
    worker.signal('SIGCONT');
    const final = await settle(chain, [newest]);
    assert.deepEqual(final.differences, []);
    assert.deepEqual([final.ledger, final.tasks], [1, 1]);
  } finally {
    await chain.stop();
    await road.close();
  }
});

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type Chain, startChain } from './support/chain.ts';
import { eventually } from './support/eventually.ts';
import { assertFinalSet, settle } from './support/finalSet.ts';
import { answerIsHeld, holdAnswer, releaseAnswer } from './support/heldAnswers.ts';
import type { Phone } from './support/phone.ts';
import { type AcknowledgedCall, phoneOf } from './support/phone.ts';
import { firstTasks, hasTask, taskHasOutcome } from './support/tasks.ts';

/** Whatever request writes Tasks, its path begins so. */
const WRITES = '/services/data/v66.0/composite';
const CALLS_OF_A_DAY = 250;

let chain: Chain;
let acknowledged: AcknowledgedCall[] = [];

before(async () => {
  chain = await startChain({ webs: 1, workers: 2 });
  // The second one waits for the test that needs it.
  await chain.workers[1]?.stop();
});
after(() => chain.stop());
afterEach(() => assertFinalSet(chain, acknowledged));

/** Places a call whose Task the org has committed, while the worker still waits for the answer. */
async function callWithHeldAnswer(phone: Phone): Promise<AcknowledgedCall> {
  for (;;) {
    await holdAnswer(chain, WRITES);
    const call = await phone.placeCall();
    acknowledged.push(call);
    assert.ok(await answerIsHeld(chain));
    if (await hasTask(chain, call.callId)) return call;
    // A scorecard's answer was held, not a Task's.
    await releaseAnswer(chain);
  }
}

test('15 kill −9 after the CRM write and before the job’s completion: no second Task', async () => {
  const { callId } = await callWithHeldAnswer(phoneOf(chain, 0));
  await chain.workers[0]?.takeDown();
  await releaseAnswer(chain);
  await chain.workers[0]?.start();
  assert.ok(await hasTask(chain, callId));
});

test('18 poison job: a dead letter, and the others go on', async () => {
  await chain.workers[0]?.stop();
  for (const queue of ['call-changed', 'roll-up-rep'])
    await chain.relayDatabase.query(
      `insert into pgboss.job (name, data, policy, dead_letter, retry_limit)
       select name, $2, policy, dead_letter, retry_limit from pgboss.queue where name = $1`,
      [queue, { orgId: 'nonsense', poison: true }],
    );
  for (const phone of [phoneOf(chain, 0), phoneOf(chain, 1)]) acknowledged.push(await phone.placeCall());
  await chain.workers[0]?.start();
  await eventually('each poison job is a dead letter', async () => {
    const { rows } = await chain.relayDatabase.query<{ name: string }>(
      `select name from pgboss.job where name like '%-dead' and data ? 'poison' order by name`,
    );
    return rows.length === 2 && rows;
  });
});

test('19 org down for 24 h: drains in order and with few requests', async () => {
  await chain.org.takeDown();
  const day: AcknowledgedCall[] = [];
  const calling = [phoneOf(chain, 0), phoneOf(chain, 1)].map(async (phone) => {
    while (day.length < CALLS_OF_A_DAY) day.push(await phone.placeCall());
  });
  await Promise.all(calling);
  acknowledged.push(...day);
  await eventually('deliveries failed', async () => {
    const { rows } = await chain.relayDatabase.query('select from crm_pace where failures > 1');
    return rows.length > 0;
  });
  await chain.workers[0]?.stop();
  await chain.relayDatabase.query(
    `update crm_delivery set due_at = due_at - interval '1 day', due_since = due_since - interval '1 day'
     where due_at is not null`,
  );
  await chain.relayDatabase.query(
    `update pgboss.job set created_on = created_on - interval '1 day', started_on = started_on - interval '1 day',
       keep_until = keep_until - interval '1 day', start_after = now() - interval '1 minute'
     where state in ('created', 'retry')`,
  );
  await chain.org.start();
  await chain.workers[0]?.start();
  const final = await settle(chain, acknowledged);
  assert.deepEqual(final.differences, []);

  const ids = day.map(({ callId }) => callId);
  const written = await firstTasks(chain, ids);
  const oldest = new Set(ids.slice(0, 25));
  const newest = new Set(ids.slice(-25));
  const lastOfOldest = written.callIds.findLastIndex((callId) => oldest.has(callId));
  const firstOfNewest = written.callIds.findIndex((callId) => newest.has(callId));
  assert.ok(lastOfOldest < firstOfNewest, `${lastOfOldest} came before ${firstOfNewest}`);
  // The org counts from its start: everything that the whole backlog, its cards and this look at it took.
  assert.ok(written.requestsUsed < CALLS_OF_A_DAY / 2, `${written.requestsUsed} requests`);
});

test('20 worker stopped for 2 minutes and resumed: it can’t commit a stale claim', async () => {
  const phone = phoneOf(chain, 0);
  const { callId } = await callWithHeldAnswer(phone);
  const [worker, otherWorker] = chain.workers;
  assert.ok(worker && otherWorker);
  worker.signal('SIGSTOP');
  // What the server does itself once a transaction is idle for too long.
  await chain.relayDatabase.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name in ('scoreline-relay', 'scoreline-queue')
       and state in ('idle in transaction', 'idle in transaction (aborted)')`,
  );
  const newer = await phone.chooseOutcome(callId, { outcome: 'noInterest' }, 6);
  acknowledged = [...acknowledged.filter((call) => call.callId !== callId), newer];
  await otherWorker.start();
  await taskHasOutcome(chain, callId, 'noInterest');
  await otherWorker.stop();

  await releaseAnswer(chain);
  worker.signal('SIGCONT');
  // A worker takes its next batch once it is done with the one that it was stopped in.
  const next = await phone.placeCall();
  acknowledged.push(next);
  await taskHasOutcome(chain, next.callId, next.outcome);
});

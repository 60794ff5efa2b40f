import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../../sandbox/src/postgres.ts';
import { makeDataDirectory } from '../support/serve.ts';
import { type Chain, startChain } from './support/chain.ts';
import { settle } from './support/finalSet.ts';
import { type AcknowledgedCall, Phone } from './support/phone.ts';

const PHONES = 12;

/** Places calls from several phones at once, and tells after each how many were acknowledged. */
async function placeCalls(
  chain: Chain,
  count: number,
  onAcknowledged: (sofar: number) => void = () => undefined,
): Promise<AcknowledgedCall[]> {
  const acknowledged: AcknowledgedCall[] = [];
  let begun = 0;
  const phones = Array.from({ length: PHONES }, async (_none, index) => {
    const rep = chain.people.reps[index % chain.people.reps.length];
    assert.ok(rep);
    const phone = new Phone(chain, rep);
    while (begun++ < count) {
      acknowledged.push(await phone.placeCall());
      onAcknowledged(acknowledged.length);
    }
  });
  await Promise.all(phones);
  return acknowledged;
}

async function assertFinalSet(
  chain: Chain,
  acknowledged: readonly AcknowledgedCall[],
  count: number,
): Promise<void> {
  const final = await settle(chain, acknowledged);
  assert.deepEqual(final.differences, []);
  assert.deepEqual([final.acknowledged, final.ledger, final.tasks], [count, count, count]);
}

test('two web and two worker relays on one PostgreSQL share the work, and any of them may die', async () => {
  const chain = await startChain({ webs: 2, workers: 2 });
  try {
    const { webs, workers } = chain;
    const acknowledged = await placeCalls(chain, 300, (sofar) => {
      if (sofar === 100) for (const relay of [webs[0], workers[1]]) relay?.signal('SIGKILL');
      if (sofar === 200) for (const relay of [webs[1], workers[0]]) relay?.signal('SIGKILL');
    });
    await assertFinalSet(chain, acknowledged, 300);
  } finally {
    await chain.stop();
  }
});

test('the relays work on an external PostgreSQL by DATABASE_URL, as a role that owns its database only', async () => {
  const directory = await makeDataDirectory();
  const external = await startPostgres({ directory, port: 0, password: 'administrators-own' });
  const administrator = new pg.Client({ connectionString: external.url('postgres') });
  try {
    await administrator.connect();
    await administrator.query("create role scoreline login password 'from-the-vault'");
    await administrator.query('create database company owner scoreline');
    const url = new URL(external.url('company'));
    url.username = 'scoreline';
    url.password = 'from-the-vault';
    const chain = await startChain({ webs: 1, workers: 1, databaseUrl: url.href });
    try {
      const acknowledged = await placeCalls(chain, 20);
      await assertFinalSet(chain, acknowledged, 20);
      const [own] = (await chain.relayDatabase.query('select current_database() as name')).rows;
      assert.deepEqual(own, { name: 'company' });
    } finally {
      await chain.stop();
    }
  } finally {
    await administrator.end();
    await external.stop();
    await rm(directory, { recursive: true, force: true });
  }
});

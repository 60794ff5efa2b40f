import type { Chain } from './chain.ts';
import { eventually } from './eventually.ts';

type Ask = Pick<Chain, 'relayDatabase'>;

/** Resolves once this many of the relays' statements wait for a lock that somebody else holds. */
export async function statementsWaitForLock({ relayDatabase }: Ask, count = 1): Promise<void> {
  await eventually(`${count} statements wait for a lock`, async () => {
    const { rows } = await relayDatabase.query<{ waiting: number }>(
      `select count(*)::integer as waiting from pg_stat_activity
       where wait_event_type = 'Lock' and application_name = 'scoreline-relay'`,
    );
    return (rows[0]?.waiting ?? 0) >= count;
  });
}

/**
 * Keeps a call's row locked while the work runs, so that the relay's transaction on it stands still just before its
 * commit. A work that ends the server's life takes the lock along.
 */
export async function whileLocked(
  { relayDatabase }: Ask,
  callId: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const client = await relayDatabase.connect();
  let isLost = false;
  try {
    await client.query('begin');
    await client.query('select from call where call_id = $1 for update', [callId]);
    await work();
    await client.query('rollback');
  } catch (error) {
    isLost = true;
    if (!/terminat|not queryable|client has encountered/iu.test(String(error))) throw error;
  } finally {
    client.release(isLost);
  }
}

/**
 * While the work runs, every commit is durable and yet not answered: the server waits for a standby that does not
 * exist. Afterwards the commits stand.
 */
export async function whileCommitsGoUnanswered(
  { relayDatabase }: Ask,
  work: () => Promise<unknown>,
): Promise<void> {
  const setStandby = async (value: string): Promise<void> => {
    await relayDatabase.query(`alter system set synchronous_standby_names = '${value}'`);
    await relayDatabase.query('select pg_reload_conf()');
  };
  await setStandby('nobody');
  const probe = relayDatabase.query("select pg_logical_emit_message(true, 'probe', '')");
  try {
    await commitsWait({ relayDatabase }, 'true');
    await work();
  } finally {
    await setStandby('');
    await probe;
  }
}

/** Resolves once a relay's commit is durable and unanswered. */
export async function relayCommitWaits(chain: Ask): Promise<void> {
  await commitsWait(chain, "application_name = 'scoreline-relay'");
}

async function commitsWait({ relayDatabase }: Ask, condition: string): Promise<void> {
  await eventually('a commit waits for its standby', async () => {
    const { rows } = await relayDatabase.query(
      `select from pg_stat_activity where wait_event = 'SyncRep' and ${condition}`,
    );
    return rows.length > 0;
  });
}

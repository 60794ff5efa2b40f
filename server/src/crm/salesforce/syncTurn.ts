import type { Connection } from '../../database/index.ts';

/**
 * Takes or keeps the turn to read an org, so that of several workers one does. Whoever holds it asks again before
 * each step. Two that read at once after all do the same twice and no harm.
 *
 * @param worker tells the workers apart
 * @param seconds for which a worker that died holds the others up at the most
 */
export async function takeTurn(
  connection: Connection,
  orgId: string,
  worker: string,
  seconds: number,
): Promise<boolean> {
  const taken = await connection.query(
    `insert into crm_sync_turn as turn (org_id, worker, ends_at) values ($1, $2, now() + $3 * interval '1 second')
     on conflict (org_id) do update set worker = excluded.worker, ends_at = excluded.ends_at
     where turn.worker = excluded.worker or turn.ends_at < now() returning org_id`,
    [orgId, worker, seconds],
  );
  return taken.length > 0;
}

/** Lets the next worker read the org at once. */
export async function endTurn(connection: Connection, orgId: string, worker: string): Promise<void> {
  await connection.query('delete from crm_sync_turn where org_id = $1 and worker = $2', [orgId, worker]);
}

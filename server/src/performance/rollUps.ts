import type { EvidenceBasis } from '@scoreline/scoring';
import { DEFINITION_VERSION } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/**
 * Locks a rep until the transaction ends and gives the ledger position up to which the rep's calls are rolled up. It
 * is 0 when the calls were rolled up by other rules than today's, so that all of them are taken again.
 */
export async function lockRollUp(
  connection: Connection,
  orgId: string,
  userId: string,
  basis: EvidenceBasis,
): Promise<number> {
  await connection.query(
    `insert into rep_rollup (org_id, user_id, evidence_basis, definition_version) values ($1, $2, $3, $4)
     on conflict (org_id, user_id) do nothing`,
    [orgId, userId, basis, DEFINITION_VERSION],
  );
  const [row] = await connection.query<{ position: number; isSameRules: boolean }>(
    `select position, (evidence_basis, definition_version) = ($3, $4) as "isSameRules"
     from rep_rollup where org_id = $1 and user_id = $2 for update`,
    [orgId, userId, basis, DEFINITION_VERSION],
  );
  if (row === undefined) throw new Error('A rep that was inserted has no row');
  return row.isSameRules ? row.position : 0;
}

/** Notes how far a rep's calls are rolled up, and by which rules. */
export async function storePosition(
  connection: Connection,
  orgId: string,
  userId: string,
  { position, basis }: { readonly position: number; readonly basis: EvidenceBasis },
): Promise<void> {
  await connection.query(
    `update rep_rollup set position = $3, evidence_basis = $4, definition_version = $5
     where org_id = $1 and user_id = $2`,
    [orgId, userId, position, basis, DEFINITION_VERSION],
  );
}

/** The days whose cards wait to be published. */
export async function changedDays(connection: Connection, orgId: string, userId: string): Promise<string[]> {
  const rows = await connection.query<{ day: string }>(
    'select day from rep_changed_day where org_id = $1 and user_id = $2 order by day',
    [orgId, userId],
  );
  return rows.map(({ day }) => day);
}

/** Their cards are published. */
export async function forgetChangedDays(
  connection: Connection,
  orgId: string,
  userId: string,
): Promise<void> {
  await connection.query('delete from rep_changed_day where org_id = $1 and user_id = $2', [orgId, userId]);
}

import { DEFINITION_VERSION, type EvidenceBasis } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';
import { COMMIT_MARGIN } from './dueReps.ts';

export interface RepToRollUp {
  readonly orgId: string;
  readonly userId: string;
  readonly basis: EvidenceBasis;
  /** The rep's IANA zone, in which a call has its day. */
  readonly timeZone: string;
}

/**
 * Locks a rep until the transaction ends and gives the ledger position up to which the rep's calls are rolled up; null
 * when they never were, or were by other rules, so that all of them are taken again.
 *
 * @param rules what names the rules by which calls count now
 */
export async function lockRollUp(
  connection: Connection,
  { orgId, userId, basis }: Pick<RepToRollUp, 'orgId' | 'userId' | 'basis'>,
  rules: string,
): Promise<number | null> {
  await connection.query(
    `insert into rep_rollup (org_id, user_id, evidence_basis, definition_version) values ($1, $2, $3, $4)
     on conflict (org_id, user_id) do nothing`,
    [orgId, userId, basis, DEFINITION_VERSION],
  );
  const [row] = await connection.query<{ position: number; isSameRules: boolean }>(
    `select position, counted_by is not distinct from $3 as "isSameRules"
     from rep_rollup where org_id = $1 and user_id = $2 for update`,
    [orgId, userId, rules],
  );
  if (row === undefined) throw new Error('A rep that was inserted has no row');
  return row.isSameRules ? row.position : null;
}

/** Locks a rep until the transaction ends, and gives the position up to which the rep's days are added up. */
export async function lockedPosition(
  connection: Connection,
  { orgId, userId }: Pick<RepToRollUp, 'orgId' | 'userId'>,
): Promise<number> {
  const [row] = await connection.query<{ position: number }>(
    'select position from rep_rollup where org_id = $1 and user_id = $2 for update',
    [orgId, userId],
  );
  return row?.position ?? 0;
}

/** The moment after which changes may be missing in the rep's published cards; null where none were published. */
export async function publishedAt(
  connection: Connection,
  { orgId, userId }: Pick<RepToRollUp, 'orgId' | 'userId'>,
): Promise<Date | null> {
  const [row] = await connection.query<{ publishedAt: Date | null }>(
    `select published_at - interval '${COMMIT_MARGIN}' as "publishedAt" from rep_rollup
     where org_id = $1 and user_id = $2`,
    [orgId, userId],
  );
  return row?.publishedAt ?? null;
}

/** Notes how far a rep's calls are rolled up, and by which rules. */
export async function storePosition(
  connection: Connection,
  { orgId, userId, basis }: Pick<RepToRollUp, 'orgId' | 'userId' | 'basis'>,
  position: number,
  rules: string,
): Promise<void> {
  await connection.query(
    `update rep_rollup set position = $3, evidence_basis = $4, definition_version = $5, counted_by = $6
     where org_id = $1 and user_id = $2`,
    [orgId, userId, position, basis, DEFINITION_VERSION, rules],
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

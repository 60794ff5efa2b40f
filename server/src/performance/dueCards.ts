import type { EvidenceBasis } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import { organizationOf, repOf, type CardSource, type RepCards } from '../crm/index.ts';
import type { Connection, Database } from '../database/index.ts';
import { cardsOf } from './cards.ts';
import { rollUpRep } from './rollUpRep.ts';
import { forgetChangedDays } from './rollUps.ts';

export interface CardSourceOptions {
  readonly database: Database;
  /** Whether a switch or carrier reports for this org: then only what it saw counts. */
  readonly networkReports: (orgId: string) => boolean;
}

/** A card that no Task takes along goes alone after this time. */
const PATIENCE_SECONDS = 60;
const LONGEST_RETRY_SECONDS = 900;
/** Cards taken at once. */
const MOST_REPS = 60;

/** Gives the delivery the cards that are due, and notes which of them the CRM has. */
export function createCardSource({ database, networkReports }: CardSourceOptions): CardSource {
  return {
    async takeDue(orgId, userIds, now) {
      const organization = await organizationOf(database, orgId);
      // Nobody knows yet when its fiscal year starts: the next sync brings it, and the cards stay due.
      if (organization === null) return [];
      const others = await repsWithDueCards(database, orgId, now, userIds.length > 0);
      const taken: RepCards[] = [];
      for (const userId of [...new Set([...userIds, ...others])].slice(0, MOST_REPS)) {
        const rep = await repOf(database, orgId, userId);
        if (rep === null || !rep.isActive) {
          await forgetCard(database, orgId, userId);
          continue;
        }
        const basis: EvidenceBasis = networkReports(orgId) ? 'verified' : 'reported';
        const known = { orgId, userId, basis, timeZone: rep.timeZone, roleId: rep.roleId };
        await rollUpRep(database, known);
        taken.push(await cardsOf(database, known, organization, instantOf(now)));
      }
      return taken;
    },
    async settle(connection, orgId, { published, refused, now }) {
      for (const rep of published) await storePublished(connection, orgId, rep, now);
      await postpone(
        connection,
        orgId,
        refused.map(({ userId }) => userId),
        now,
      );
    },
  };
}

function instantOf(now: Date): DateTime<true> {
  const instant = DateTime.fromJSDate(now, { zone: 'utc' });
  if (!instant.isValid) throw new RangeError('The moment is not valid');
  return instant;
}

/**
 * Notes that a rep's figures changed, and with them the cards.
 *
 * @param at the moment of the change; the database's clock when absent
 */
export async function markCardDue(
  connection: Connection,
  orgId: string,
  userId: string,
  at?: Date,
): Promise<void> {
  await connection.query(
    `update rep_rollup set card_due_at = coalesce(card_due_at, coalesce($4, now()) + $3::interval)
     where org_id = $1 and user_id = $2`,
    [orgId, userId, `${PATIENCE_SECONDS} seconds`, at?.toISOString() ?? null],
  );
}

/** The org takes no record of a user who is not active; one who comes back is found by `takeDueReps`. */
async function forgetCard(connection: Connection, orgId: string, userId: string): Promise<void> {
  await connection.query(
    'update rep_rollup set card_due_at = null where org_id = $1 and user_id = $2 and card_due_at is not null',
    [orgId, userId],
  );
}

/** Reps whose cards are due; where a request goes out anyway, also those who could wait. */
async function repsWithDueCards(
  connection: Connection,
  orgId: string,
  now: Date,
  hasCompany: boolean,
): Promise<string[]> {
  const rows = await connection.query<{ userId: string }>(
    `select user_id as "userId" from rep_rollup
     where org_id = $1 and card_due_at <= $2::timestamptz + $3::interval order by card_due_at limit $4`,
    [orgId, now.toISOString(), hasCompany ? `${PATIENCE_SECONDS} seconds` : '0 seconds', MOST_REPS],
  );
  return rows.map(({ userId }) => userId);
}

/** What changed while the cards were under way stays due. */
async function storePublished(
  connection: Connection,
  orgId: string,
  { userId, position, day }: RepCards,
  now: Date,
): Promise<void> {
  const [rollup] = await connection.query<{ isCurrent: boolean }>(
    `update rep_rollup set published_position = $3, published_day = $4, published_at = now(), requested_at = null,
       card_attempts = 0, card_due_at = case when position > $3 then $5::timestamptz end
     where org_id = $1 and user_id = $2 returning position = $3 as "isCurrent"`,
    [orgId, userId, position, day, now.toISOString()],
  );
  if (rollup?.isCurrent === true) await forgetChangedDays(connection, orgId, userId);
}

async function postpone(
  connection: Connection,
  orgId: string,
  userIds: readonly string[],
  now: Date,
): Promise<void> {
  if (userIds.length === 0) return;
  await connection.query(
    `update rep_rollup set card_attempts = card_attempts + 1,
       card_due_at = $3::timestamptz + least($4, power(2, least(card_attempts, 20))) * interval '1 second'
     where org_id = $1 and user_id = any($2::text[])`,
    [orgId, userIds, now.toISOString(), LONGEST_RETRY_SECONDS],
  );
}

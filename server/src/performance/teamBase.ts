import type { Period, TeamBase } from '@scoreline/scoring';
import { DEFINITION_VERSION, sharesOf, teamBaseOf } from '@scoreline/scoring';
import { membersOf } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import { figuresOf, type FiguresQuestion } from './figuresOf.ts';

/**
 * How the shares of a role's reps were spread in the quarter before. It is made once a day, since nothing but late facts
 * changes it; nobody's calls of today do.
 *
 * @param before the quarter before the period
 */
export async function teamBaseFor(
  connection: Connection,
  question: FiguresQuestion,
  period: Period,
  before: Period,
): Promise<TeamBase> {
  const { orgId, roleId, today } = question;
  if (roleId === null) return {};
  const known = await storedBase(connection, question, period);
  if (known !== null) return known;
  const members = await membersOf(connection, orgId, roleId);
  const shares = [];
  for (const member of members) {
    const figures = await figuresOf(connection, { ...question, ...member, roleId: null }, before);
    shares.push(sharesOf(figures));
  }
  const base = teamBaseOf(shares);
  await connection.query(
    `insert into team_base (org_id, role_id, period_start, definition_version, made_on, base)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (org_id, role_id, period_start) do update
     set definition_version = excluded.definition_version, made_on = excluded.made_on, base = excluded.base`,
    [orgId, roleId, period.startDay, DEFINITION_VERSION, today, JSON.stringify(base)],
  );
  return base;
}

async function storedBase(
  connection: Connection,
  { orgId, roleId, today }: FiguresQuestion,
  period: Period,
): Promise<TeamBase | null> {
  const [row] = await connection.query<{ base: TeamBase }>(
    `select base from team_base
     where org_id = $1 and role_id = $2 and period_start = $3 and definition_version = $4 and made_on >= $5`,
    [orgId, roleId, period.startDay, DEFINITION_VERSION, today],
  );
  return row?.base ?? null;
}

import type { MetricName } from '@scoreline/contract';
import type { Period, RangedScore } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** One metric of a standing; what it lacks is null. */
export interface StandingMetric {
  readonly value: number | null;
  /** Of its change since the period before. */
  readonly pValue: number | null;
  /** How much own figures weigh in it. */
  readonly ownShare: number;
}

/** A rep's last figures of a quarter. */
export interface Standing {
  readonly userId: string;
  readonly periodStart: string;
  readonly periodLabel: string;
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  /** The range for the comparison with another quarter. */
  readonly paceLow: number | null;
  readonly paceHigh: number | null;
  readonly alternatives: readonly number[];
  readonly scorePValue: number | null;
  readonly metrics: Readonly<Partial<Record<MetricName, StandingMetric>>>;
}

const COLUMNS = `standing.user_id as "userId", period_start as "periodStart", period_label as "periodLabel", score,
  score_low as "scoreLow", score_high as "scoreHigh", pace_low as "paceLow", pace_high as "paceHigh", alternatives, score_p_value as "scorePValue", metrics`;

interface Rep {
  readonly orgId: string;
  readonly userId: string;
}

/** Keeps a rep's figures of a quarter for the next comparison. */
export async function storeStanding(
  connection: Connection,
  orgId: string,
  roleId: string | null,
  standing: Standing,
): Promise<void> {
  await connection.query(
    `insert into rep_standing (org_id, user_id, period_start, period_label, role_id, score, score_low, score_high,
       alternatives, score_p_value, metrics, pace_low, pace_high)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (org_id, user_id, period_start) do update
     set period_label = excluded.period_label, role_id = excluded.role_id, score = excluded.score,
       score_low = excluded.score_low, score_high = excluded.score_high, alternatives = excluded.alternatives,
       score_p_value = excluded.score_p_value, metrics = excluded.metrics, pace_low = excluded.pace_low,
       pace_high = excluded.pace_high`,
    [
      orgId,
      standing.userId,
      standing.periodStart,
      standing.periodLabel,
      roleId,
      standing.score,
      standing.scoreLow,
      standing.scoreHigh,
      standing.alternatives,
      standing.scorePValue,
      JSON.stringify(standing.metrics),
      standing.paceLow,
      standing.paceHigh,
    ],
  );
}

/** The standings of the other active people of a role in a quarter. */
export async function peerStandings(
  connection: Connection,
  { orgId, userId }: Rep,
  roleId: string | null,
  period: Period,
): Promise<Standing[]> {
  return connection.query<Standing>(
    `select ${COLUMNS} from rep_standing standing join crm_user rep using (org_id, user_id)
     where org_id = $1 and period_start = $2 and standing.role_id = $3 and user_id <> $4 and rep.is_active`,
    [orgId, period.startDay, roleId, userId],
  );
}

/** The standings of the active people of a role in the quarter that starts on a day. */
export async function roleStandings(
  connection: Connection,
  orgId: string,
  roleId: string,
  periodStart: string,
): Promise<Standing[]> {
  return connection.query<Standing>(
    `select ${COLUMNS} from rep_standing standing join crm_user rep using (org_id, user_id)
     where org_id = $1 and period_start = $2 and standing.role_id = $3 and rep.is_active`,
    [orgId, periodStart, roleId],
  );
}

/** The rep's own standings of a quarter and earlier ones, newest first. */
export async function ownStandings(
  connection: Connection,
  { orgId, userId }: Rep,
  period: Period,
  most: number,
): Promise<Standing[]> {
  return connection.query<Standing>(
    `select ${COLUMNS} from rep_standing standing
     where org_id = $1 and user_id = $2 and period_start <= $3 order by period_start desc limit $4`,
    [orgId, userId, period.startDay, most],
  );
}

/** The score with its range; null for a standing without one. */
export function rangedScore({
  score,
  scoreLow,
  scoreHigh,
}: Pick<Standing, 'score' | 'scoreLow' | 'scoreHigh'>): RangedScore | null {
  return score === null || scoreLow === null || scoreHigh === null ? null : { score, scoreLow, scoreHigh };
}

/** The score with its range for the comparison with another quarter; null for a standing without a score. */
export function paceScore({
  score,
  paceLow,
  paceHigh,
}: Pick<Standing, 'score' | 'paceLow' | 'paceHigh'>): RangedScore | null {
  return score === null || paceLow === null || paceHigh === null
    ? null
    : { score, scoreLow: paceLow, scoreHigh: paceHigh };
}

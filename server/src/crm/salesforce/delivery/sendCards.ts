import type { Connection } from '../../../database/index.ts';
import type { MetricPublication, RepCards, ScorecardPublication } from '../../port.ts';
import { cardKeyOf, cardRecord, metricRecord } from './cardRecords.ts';
import {
  GROUPS_PER_REQUEST,
  RECORDS_PER_GROUP,
  type GroupResult,
  type RowResult,
  type UpsertGroup,
} from './upsertGroups.ts';

/** A row of the cards of one rep. */
interface CardRow {
  readonly userId: string;
  readonly card: ScorecardPublication;
  /** Null for the card itself. */
  readonly metric: MetricPublication | null;
  /** Whether a metric names its card. */
  readonly namesCard: boolean;
}

/** Cards as they are sent: a rep's new cards, then metrics, then the cards that the org has. */
export interface CardShipment {
  readonly reps: readonly RepCards[];
  readonly groups: readonly (readonly CardRow[])[];
}

/** One group is for Tasks, one for new cards, one for known ones; metrics have the rest. */
const METRIC_GROUPS = GROUPS_PER_REQUEST - 3;
/** A metric that the org does not have yet names no card. */
const PARENT_NEEDED_CODE = 'REQUIRED_FIELD_MISSING';
/** A metric that the org has names its card. */
const PARENT_KNOWN_CODE = 'INVALID_FIELD_FOR_INSERT_UPDATE';

/**
 * Puts cards into one request's groups; those of reps that do not fit are left out and stay due. A known card goes
 * behind its metrics, so that whoever sees its watermark sees its metrics too.
 *
 * @param otherGroups how many groups of the request are taken beside those of Tasks and cards
 */
export async function packCards(
  connection: Connection,
  orgId: string,
  due: readonly RepCards[],
  otherGroups = 0,
): Promise<CardShipment> {
  const groupsOfMetrics = METRIC_GROUPS - otherGroups;
  const mostMetrics = groupsOfMetrics * RECORDS_PER_GROUP;
  const reps: RepCards[] = [];
  let cards = 0;
  let metrics = 0;
  for (const rep of due) {
    const own = rep.cards.reduce((sum, card) => sum + card.metrics.length, 0);
    if (metrics + own > mostMetrics || cards + rep.cards.length > RECORDS_PER_GROUP) continue;
    metrics += own;
    cards += rep.cards.length;
    reps.push(rep);
  }
  const known = await knownCards(connection, orgId, reps);
  const rowsOf = (isKnown: boolean): CardRow[] =>
    reps.flatMap(({ userId, cards }) =>
      cards
        .filter((card) => known.has(cardKeyOf(card)) === isKnown)
        .map((card) => ({ userId, card, metric: null, namesCard: false })),
    );
  const metricRows = reps.flatMap(({ userId, cards }) =>
    cards.flatMap((card) =>
      card.metrics.map((metric) => ({ userId, card, metric, namesCard: !known.has(cardKeyOf(card)) })),
    ),
  );
  const metricGroups = Array.from({ length: groupsOfMetrics }, (_, index) =>
    metricRows.slice(index * RECORDS_PER_GROUP, (index + 1) * RECORDS_PER_GROUP),
  );
  return { reps, groups: [rowsOf(false), ...metricGroups, rowsOf(true)] };
}

export function cardGroups({ groups }: CardShipment): UpsertGroup[] {
  return groups.map((rows) => {
    const [first] = rows;
    return first === undefined || first.metric === null
      ? {
          objectName: 'Rep_Scorecard__c',
          externalIdField: 'Scorecard_Key__c',
          records: rows.map(({ card }) => cardRecord(card)),
        }
      : {
          objectName: 'Rep_Metric__c',
          externalIdField: 'Metric_Key__c',
          records: rows.flatMap(({ card, metric, namesCard }) =>
            metric === null ? [] : [metricRecord(card, metric, namesCard)],
          ),
        };
  });
}

/** The code that refused each rep's cards, by user id; and what can be mended at once. */
export interface CardOutcome {
  readonly refused: ReadonlyMap<string, string>;
  readonly retry: CardShipment;
}

/** Reads the results: a metric that named its card wrongly, or should have, is sent again the other way. */
export function outcomeOfCards({ reps, groups }: CardShipment, results: readonly GroupResult[]): CardOutcome {
  const refused = new Map<string, string>();
  const retries: CardRow[] = [];
  for (const [groupIndex, rows] of groups.entries()) {
    for (const [index, row] of rows.entries()) {
      const { code } = results[groupIndex]?.rows[index] ?? NO_ANSWER;
      if (code === null) continue;
      const needsParent = row.metric !== null && !row.namesCard && code === PARENT_NEEDED_CODE;
      const hasParent = row.namesCard && code === PARENT_KNOWN_CODE;
      if (needsParent || hasParent) retries.push({ ...row, namesCard: needsParent });
      // What comes behind a refused card fails of it: the first code tells why.
      else if (!refused.has(row.userId)) refused.set(row.userId, code);
    }
  }
  const groupsAgain = Array.from({ length: METRIC_GROUPS }, (_, index) =>
    retries.slice(index * RECORDS_PER_GROUP, (index + 1) * RECORDS_PER_GROUP),
  );
  return { refused, retry: { reps, groups: groupsAgain } };
}

const NO_ANSWER: RowResult = { id: null, code: 'UNKNOWN_EXCEPTION' };

async function knownCards(
  connection: Connection,
  orgId: string,
  reps: readonly RepCards[],
): Promise<ReadonlySet<string>> {
  const rows = await connection.query<{ key: string }>(
    'select card_key as key from crm_card where org_id = $1 and card_key = any($2::text[])',
    [orgId, reps.flatMap(({ cards }) => cards.map(cardKeyOf))],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Notes that the org has these reps' cards. */
export async function recordCards(
  connection: Connection,
  orgId: string,
  reps: readonly RepCards[],
): Promise<void> {
  await connection.query(
    `insert into crm_card (org_id, card_key) select $1, unnest($2::text[]) on conflict do nothing`,
    [orgId, reps.flatMap(({ cards }) => cards.map(cardKeyOf))],
  );
}

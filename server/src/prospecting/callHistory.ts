import type { OutcomeCode } from '@scoreline/contract';
import type { CallMoment, PastCall } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import type { CallableRecord } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';

/** What was made of a person's numbers so far. */
export interface PersonHistory {
  /** Oldest first, whoever called. */
  readonly calls: readonly PastCall[];
  /** Of a lead. */
  readonly leadSource: string | null;
}

/** More calls than these say nothing new of a person. */
const CALLS_PER_PERSON = 100;

/** The calls to each of these people, at any of their numbers, by their record ids. */
export async function historiesOf(
  connection: Connection,
  orgId: string,
  people: readonly Pick<CallableRecord, 'recordId' | 'numbers'>[],
  timeZone: string,
): Promise<ReadonlyMap<string, PersonHistory>> {
  const numbers = people.flatMap(({ recordId, numbers: own }) =>
    [...new Set(own.map(({ numberHash }) => numberHash))].map((numberHash) => ({ recordId, numberHash })),
  );
  const calls = await connection.query<{
    recordId: string;
    startedAt: Date;
    answered: boolean;
    outcome: OutcomeCode | null;
  }>(
    `select number.record_id as "recordId", past.*
     from unnest($2::text[], $3::text[]) as number (record_id, number_hash)
     cross join lateral (
       select started_at as "startedAt", answered, outcome from call
       where org_id = $1 and number_hash = number.number_hash and started_at is not null
         and direction = 'outbound' and purpose = 'prospect'
       order by opened_at desc limit ${CALLS_PER_PERSON}) past
     order by number.record_id, past."startedAt"`,
    [orgId, numbers.map(({ recordId }) => recordId), numbers.map(({ numberHash }) => numberHash)],
  );
  const leads = await connection.query<{ leadId: string; leadSource: string | null }>(
    `select lead_id as "leadId", lead_source as "leadSource" from crm_lead
     where org_id = $1 and lead_id = any($2::text[])`,
    [orgId, people.map(({ recordId }) => recordId)],
  );
  const callsOf = Map.groupBy(calls, ({ recordId }) => recordId);
  const sourceOf = new Map(leads.map(({ leadId, leadSource }) => [leadId, leadSource]));
  return new Map(
    people.map(({ recordId }) => [
      recordId,
      {
        calls: (callsOf.get(recordId) ?? []).map(({ startedAt, answered, outcome }) => ({
          atMs: startedAt.getTime(),
          hour: momentOf(startedAt, timeZone).hour,
          answered,
          outcome,
        })),
        leadSource: sourceOf.get(recordId) ?? null,
      },
    ]),
  );
}

/** An instant on the clock and calendar of a zone. */
export function momentOf(instant: Date, timeZone: string): CallMoment {
  const { hour, weekday } = DateTime.fromJSDate(instant, { zone: timeZone });
  return { atMs: instant.getTime(), hour, weekday };
}

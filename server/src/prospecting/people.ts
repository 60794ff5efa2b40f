import { OUTCOMES, type SkipReasonCode } from '@scoreline/contract';
import type { Connection } from '../database/index.ts';
import type { StoredList } from './storedList.ts';

/** Someone who is still to be called. */
export interface WaitingPerson {
  readonly recordId: string;
  /** In the order of the list's source. */
  readonly place: number;
  /** Not to be called before; then before all others. */
  readonly callBackAt: Date | null;
}

export interface PeopleCounts {
  readonly left: number;
  readonly called: number;
  readonly conversations: number;
  readonly skipped: number;
  readonly unreachable: number;
}

const CONVERSATIONS = OUTCOMES.filter(({ meaning }) => meaning === 'conversation').map(({ code }) => code);

type ListKey = Pick<StoredList, 'orgId' | 'listId'>;

/** Those who are left, in the order of the source. */
export async function waitingPeople(
  connection: Connection,
  { orgId, listId }: ListKey,
): Promise<WaitingPerson[]> {
  return connection.query<WaitingPerson>(
    `select record_id as "recordId", place, call_back_at as "callBackAt" from call_list_person
     where org_id = $1 and list_id = $2 and state = 'waiting' order by place`,
    [orgId, listId],
  );
}

/**
 * Takes off the list whom somebody called since the list began, or since the person was put back: the call has its
 * outcome, and was made to one of the person's numbers or from the person's record.
 */
export async function settleCalled(connection: Connection, { orgId, listId }: ListKey): Promise<void> {
  await connection.query(
    `with waiting as (
       select * from call_list_person where org_id = $1 and list_id = $2 and state = 'waiting'
     ), made as (
       select waiting.record_id, call.call_id
       from waiting
       join crm_number number on number.org_id = $1 and number.record_id = waiting.record_id
       join call on call.org_id = $1 and call.number_hash = number.number_hash
         and call.opened_at >= waiting.waits_since
       left join call_personal personal on personal.org_id = $1 and personal.call_id = call.call_id
       where call.outcome is not null and call.direction = 'outbound' and call.purpose = 'prospect'
         and coalesce(personal.extension, '') = number.extension
         and coalesce(personal.record_id, waiting.record_id) = waiting.record_id
       union
       select waiting.record_id, call.call_id
       from call
       join call_personal personal on personal.org_id = $1 and personal.call_id = call.call_id
       join waiting on waiting.record_id = personal.record_id and call.opened_at >= waiting.waits_since
       where call.org_id = $1 and call.outcome is not null
         and call.direction = 'outbound' and call.purpose = 'prospect'
         and call.user_id = (select user_id from call_list where org_id = $1 and list_id = $2)
         and call.started_at >= (select created_at - interval '1 day' from call_list
           where org_id = $1 and list_id = $2)
     )
     update call_list_person person set state = 'called', call_id = made.call_id
     from (select record_id, min(call_id::text)::uuid as call_id from made group by record_id) made
     where person.org_id = $1 and person.list_id = $2 and person.record_id = made.record_id`,
    [orgId, listId],
  );
}

/** Takes off the list whom nobody can or may call. */
export async function settleUnreachable(
  connection: Connection,
  { orgId, listId }: ListKey,
  recordIds: readonly string[],
): Promise<void> {
  if (recordIds.length === 0) return;
  await connection.query(
    `update call_list_person set state = 'unreachable'
     where org_id = $1 and list_id = $2 and state = 'waiting' and record_id = any($3::text[])`,
    [orgId, listId, recordIds],
  );
}

/** Passes over someone for good; answers false where the person is not left any more, or never was. */
export async function skipPerson(
  connection: Connection,
  { orgId, listId }: ListKey,
  recordId: string,
  reason: SkipReasonCode,
): Promise<boolean> {
  const rows = await connection.query(
    `update call_list_person set state = 'skipped', skip_reason = $4
     where org_id = $1 and list_id = $2 and record_id = $3 and state = 'waiting' returning record_id`,
    [orgId, listId, recordId, reason],
  );
  return rows.length === 1;
}

/** Puts someone off until a moment; answers false where the person is not left any more, or never was. */
export async function postponePerson(
  connection: Connection,
  { orgId, listId }: ListKey,
  recordId: string,
  callBackAt: Date,
): Promise<boolean> {
  const rows = await connection.query(
    `update call_list_person set call_back_at = $4, waits_since = now()
     where org_id = $1 and list_id = $2 and record_id = $3 and state = 'waiting' returning record_id`,
    [orgId, listId, recordId, callBackAt.toISOString()],
  );
  return rows.length === 1;
}

/** How far the list has come. */
export async function countPeople(connection: Connection, { orgId, listId }: ListKey): Promise<PeopleCounts> {
  const [counts] = await connection.query<PeopleCounts>(
    `select count(*) filter (where person.state = 'waiting') as left,
       count(*) filter (where person.state = 'called') as called,
       count(*) filter (where person.state = 'called' and call.answered and call.outcome = any($3::text[]))
         as conversations,
       count(*) filter (where person.state = 'skipped') as skipped,
       count(*) filter (where person.state = 'unreachable') as unreachable
     from call_list_person person
     left join call on call.org_id = person.org_id and call.call_id = person.call_id
     where person.org_id = $1 and person.list_id = $2`,
    [orgId, listId, CONVERSATIONS],
  );
  if (counts === undefined) throw new Error('A count has no row');
  return counts;
}

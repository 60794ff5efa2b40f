import type { RecordChoiceResponse } from '@scoreline/contract/wire';
import { assignRecord, dialedNumbersOf, type Ledger } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { Refusal } from '../../refusal.ts';
import { withoutAccountsOfContacts } from './decideMatch.ts';
import { holdersOf, ownRecordsOf, recordsOf, type DialedNumber } from './recordIndex.ts';

/** No record has this for the hash of a number. */
const WITHHELD = '';
/** Prefixes of contacts and leads: a rep may name any of them, also one that came about after the call. */
const PERSON_PREFIXES = ['003', '00Q'];

/**
 * Enters the record that a rep chose for one of their calls, remembers it for the number, and gives it to every other
 * call of the org that waits for the same number; so their Tasks are amended. The same choice again changes nothing.
 * Refuses with `callNotFound` a call that is not this rep's or whose personal data was erased, and with
 * `recordNotSuitable` a record that neither has the number nor is a contact or lead, is gone, or is the rep's own.
 * Of a withheld number nothing is remembered.
 */
export async function chooseRecord(
  { database, queue }: Pick<Ledger, 'database' | 'queue'>,
  caller: { readonly orgId: string; readonly userId: string },
  callId: string,
  recordId: string,
): Promise<RecordChoiceResponse> {
  const { orgId, userId } = caller;
  return database.transaction(async (connection) => {
    const [call] = await dialedNumbersOf(connection, orgId, [callId]);
    if (call?.userId !== userId) throw new Refusal('callNotFound');
    const number = { numberHash: call.numberHash ?? WITHHELD, extension: call.extension ?? '', userId };
    if (!(await isSuitable(connection, orgId, number, recordId)))
      throw new Refusal('recordNotSuitable', 'recordId');
    const waiting =
      number.numberHash === WITHHELD ? [] : await settleNumber(connection, orgId, number, recordId);
    const callIds = [...new Set([call.callId, ...waiting])];
    const positions = await assignRecord(connection, queue, { orgId, callIds, recordId });
    return { callId: call.callId, recordId, position: positions.get(userId) ?? 0 };
  });
}

async function isSuitable(
  connection: Connection,
  orgId: string,
  number: DialedNumber,
  recordId: string,
): Promise<boolean> {
  const holders = await holdersOf(connection, orgId, [number]);
  const candidates = withoutAccountsOfContacts(holders.get(0) ?? []);
  if (candidates.some((candidate) => candidate.recordId === recordId)) return true;
  if (!PERSON_PREFIXES.includes(recordId.slice(0, 3))) return false;
  const known = (await recordsOf(connection, orgId, [recordId])).get(recordId);
  if (known !== undefined && (known.isDeleted || known.recordId !== recordId)) return false;
  return (await ownRecordsOf(connection, orgId, [{ userId: number.userId, recordId }])).size === 0;
}

/** Remembers whose the number is, and gives the calls that waited for that. */
async function settleNumber(
  connection: Connection,
  orgId: string,
  number: DialedNumber,
  recordId: string,
): Promise<string[]> {
  await remember(connection, orgId, number, recordId);
  return takeWaiting(connection, orgId, number, recordId);
}

async function remember(
  connection: Connection,
  orgId: string,
  { numberHash, extension, userId }: DialedNumber,
  recordId: string,
): Promise<void> {
  await connection.query(
    `insert into crm_number_choice as known (org_id, number_hash, extension, record_id, chosen_by)
     values ($1, $2, $3, $4, $5)
     on conflict (org_id, number_hash, extension) do update
     set record_id = excluded.record_id, chosen_by = excluded.chosen_by, chosen_at = now()
     where known.record_id <> excluded.record_id`,
    [orgId, numberHash, extension, recordId, userId],
  );
}

/** The calls that waited for this number and have no record yet. They wait no longer. */
async function takeWaiting(
  connection: Connection,
  orgId: string,
  { numberHash, extension }: DialedNumber,
  recordId: string,
): Promise<string[]> {
  const waiting = await connection.query<{ callId: string; userId: string }>(
    `delete from crm_pending_match pending using call_personal personal
     where pending.org_id = $1 and pending.number_hash = $2 and pending.extension = $3
       and personal.org_id = pending.org_id and personal.call_id = pending.call_id
     returning pending.call_id as "callId", pending.user_id as "userId"`,
    [orgId, numberHash, extension],
  );
  const pairs = waiting.map(({ userId }) => ({ userId, recordId }));
  const own = await ownRecordsOf(connection, orgId, pairs);
  const open = await connection.query<{ callId: string }>(
    `select call_id as "callId" from call_personal
     where org_id = $1 and call_id = any($2::uuid[]) and record_id is null`,
    [orgId, waiting.filter(({ userId }) => !own.has(`${userId} ${recordId}`)).map(({ callId }) => callId)],
  );
  return open.map(({ callId }) => callId);
}

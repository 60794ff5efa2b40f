import type { Connection } from '../../database/index.ts';
import type { Candidate } from './decideMatch.ts';
import type { IndexedNumber } from './readNumbers.ts';

/** A number that someone dialed, or may dial. */
export interface DialedNumber extends IndexedNumber {
  /** The rep, whose own record is nobody's whom the rep calls. */
  readonly userId: string;
}

/** A record as the index has it. */
interface IndexedRecord extends Candidate {
  readonly isDeleted: boolean;
}

/** The records on which these numbers stand, by the place of the number; gone ones and the rep's own left out. */
export async function holdersOf(
  connection: Connection,
  orgId: string,
  numbers: readonly DialedNumber[],
): Promise<ReadonlyMap<number, readonly Candidate[]>> {
  const rows = await connection.query<Candidate & { place: number }>(
    `select distinct dialed.place, target.record_id as "recordId", target.account_id as "accountId"
     from unnest($2::text[], $3::text[], $4::text[]) with ordinality
       as dialed (number_hash, extension, user_id, place)
     join crm_number number
       on number.org_id = $1 and number.number_hash = dialed.number_hash and number.extension = dialed.extension
     join crm_record holder on holder.org_id = $1 and holder.record_id = number.record_id
     join crm_record target
       on target.org_id = $1 and target.record_id = coalesce(holder.converted_to, holder.record_id)
     where not target.is_deleted and not exists (${ownRecord('dialed.user_id', 'target.record_id')})`,
    [
      orgId,
      numbers.map(({ numberHash }) => numberHash),
      numbers.map(({ extension }) => extension),
      numbers.map(({ userId }) => userId),
    ],
  );
  const byPlace = Map.groupBy(rows, ({ place }) => place - 1);
  return new Map(
    [...byPlace].map(([place, found]) => [
      place,
      found.map(({ recordId, accountId }) => ({ recordId, accountId })),
    ]),
  );
}

/** These records as the index has them; a converted lead is answered by its contact. Unknown ones are left out. */
export async function recordsOf(
  connection: Connection,
  orgId: string,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, IndexedRecord>> {
  const rows = await connection.query<IndexedRecord & { askedId: string }>(
    `select record.record_id as "askedId", coalesce(record.converted_to, record.record_id) as "recordId",
       record.account_id as "accountId", coalesce(target.is_deleted, record.is_deleted) as "isDeleted"
     from crm_record record
     left join crm_record target on target.org_id = record.org_id and target.record_id = record.converted_to
     where record.org_id = $1 and record.record_id = any($2::text[])`,
    [orgId, recordIds],
  );
  return new Map(
    rows.map(({ askedId, recordId, accountId, isDeleted }) => [askedId, { recordId, accountId, isDeleted }]),
  );
}

/** Those of these pairs in which the record is the user's own, as `userId recordId`. */
export async function ownRecordsOf(
  connection: Connection,
  orgId: string,
  pairs: readonly { readonly userId: string; readonly recordId: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await connection.query<{ userId: string; recordId: string }>(
    `select pair.user_id as "userId", pair.record_id as "recordId"
     from unnest($2::text[], $3::text[]) as pair (user_id, record_id)
     where exists (${ownRecord('pair.user_id', 'pair.record_id')})`,
    [orgId, pairs.map(({ userId }) => userId), pairs.map(({ recordId }) => recordId)],
  );
  return new Set(rows.map(({ userId, recordId }) => `${userId} ${recordId}`));
}

/** What a rep once chose for these numbers, by the place of the number. */
export async function choicesOf(
  connection: Connection,
  orgId: string,
  numbers: readonly IndexedNumber[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await connection.query<{ place: number; recordId: string }>(
    `select dialed.place, choice.record_id as "recordId"
     from unnest($2::text[], $3::text[]) with ordinality as dialed (number_hash, extension, place)
     join crm_number_choice choice on choice.org_id = $1
       and choice.number_hash = dialed.number_hash and choice.extension = dialed.extension`,
    [orgId, numbers.map(({ numberHash }) => numberHash), numbers.map(({ extension }) => extension)],
  );
  return new Map(rows.map(({ place, recordId }) => [place - 1, recordId]));
}

/** A record is a user's own when it has the user's address or one of the user's numbers. Both names are columns. */
function ownRecord(userColumn: string, recordColumn: string): string {
  return `select from crm_record own join crm_user rep on rep.org_id = own.org_id
    where own.org_id = $1 and own.record_id = ${recordColumn} and rep.user_id = ${userColumn}
    and (own.email_hash = rep.email_hash or exists (
      select from crm_number on_record join crm_user_number of_user using (org_id, number_hash, extension)
      where on_record.org_id = $1 and on_record.record_id = own.record_id and of_user.user_id = rep.user_id))`;
}

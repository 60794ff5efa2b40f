import type { Connection } from '../../database/index.ts';

/** A contact or lead, as far as the index knows it. */
export interface CallableRecord {
  readonly recordId: string;
  /** The numbers of people who did not ask not to be called. */
  readonly numbers: readonly { readonly numberHash: string; readonly extension: string }[];
}

/**
 * These records with the numbers at which they may be called, in the order of their numbers. A record that the index
 * does not have yet is left out; one that is gone has no number.
 */
export async function callableRecords(
  connection: Connection,
  orgId: string,
  recordIds: readonly string[],
): Promise<CallableRecord[]> {
  return connection.query<CallableRecord>(
    `select record.record_id as "recordId",
       coalesce(jsonb_agg(
         jsonb_build_object('numberHash', number.number_hash, 'extension', number.extension)
         order by number.number_hash, number.extension
       ) filter (where number.number_hash is not null), '[]') as numbers
     from crm_record record
     left join crm_number number on number.org_id = record.org_id and number.record_id = record.record_id
       and not exists (
         select from crm_do_not_call wish
         where wish.org_id = number.org_id and wish.number_hash = number.number_hash)
     where record.org_id = $1 and record.record_id = any($2::text[])
     group by record.record_id`,
    [orgId, recordIds],
  );
}

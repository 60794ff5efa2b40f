import { keyedHash } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { storeCopies, type CopyTable } from '../storeCopies.ts';
import type { IndexedNumber } from './readNumbers.ts';

/** What the index keeps of a contact, lead or account. */
export interface RecordToIndex {
  readonly recordId: string;
  readonly objectName: 'Contact' | 'Lead' | 'Account';
  readonly accountId: string | null;
  /** The contact that a lead became. */
  readonly convertedTo: string | null;
  readonly emailHash: string | null;
  readonly numbers: readonly IndexedNumber[];
  readonly doNotCall: boolean;
  readonly isDeleted: boolean;
  readonly modifiedAt: Date;
}

const RECORD_TABLE: CopyTable = {
  name: 'crm_record',
  key: 'record_id',
  columns: {
    record_id: 'text',
    object_name: 'text',
    account_id: 'text',
    converted_to: 'text',
    email_hash: 'text',
    content_hash: 'text',
    is_deleted: 'boolean',
  },
};

/**
 * Brings the index of numbers and the list of those who asked not to be called up to date with these records. A
 * deleted record has no number; the wish not to be called ends when it is taken back, not when its record is deleted.
 */
export async function indexRecords(
  connection: Connection,
  orgId: string,
  personalDataKey: Buffer,
  records: readonly RecordToIndex[],
): Promise<void> {
  const changedIds = await storeCopies(
    connection,
    orgId,
    RECORD_TABLE,
    records.map((record) => ({
      record_id: record.recordId,
      object_name: record.objectName,
      account_id: record.accountId,
      converted_to: record.convertedTo,
      email_hash: record.emailHash,
      content_hash: contentHashOf(personalDataKey, record),
      is_deleted: record.isDeleted,
      modified_at: record.modifiedAt,
    })),
  );
  const changed = records.filter(({ recordId }) => changedIds.has(recordId));
  if (changed.length === 0) return;
  await replaceNumbers(connection, orgId, changed);
  await replaceWishes(connection, orgId, changed);
}

function contentHashOf(personalDataKey: Buffer, { numbers, doNotCall }: RecordToIndex): string {
  const parts = numbers.map(({ numberHash, extension }) => `${numberHash} ${extension}`).sort();
  return keyedHash(personalDataKey, ['numbers', doNotCall ? 'no' : 'yes', ...parts]);
}

async function replaceNumbers(
  connection: Connection,
  orgId: string,
  records: readonly RecordToIndex[],
): Promise<void> {
  const entries = records
    .filter(({ isDeleted }) => !isDeleted)
    .flatMap(({ recordId, numbers }) => numbers.map((number) => ({ recordId, ...number })));
  await connection.query('delete from crm_number where org_id = $1 and record_id = any($2::text[])', [
    orgId,
    records.map(({ recordId }) => recordId),
  ]);
  await connection.query(
    `insert into crm_number (org_id, record_id, number_hash, extension)
     select $1, each.* from unnest($2::text[], $3::text[], $4::text[]) as each`,
    [
      orgId,
      entries.map(({ recordId }) => recordId),
      entries.map(({ numberHash }) => numberHash),
      entries.map(({ extension }) => extension),
    ],
  );
}

async function replaceWishes(
  connection: Connection,
  orgId: string,
  records: readonly RecordToIndex[],
): Promise<void> {
  const entries = records
    .filter(({ doNotCall }) => doNotCall)
    .flatMap(({ recordId, numbers }) => numbers.map(({ numberHash }) => ({ recordId, numberHash })));
  await connection.query('delete from crm_do_not_call where org_id = $1 and record_id = any($2::text[])', [
    orgId,
    records.map(({ recordId }) => recordId),
  ]);
  await connection.query(
    `insert into crm_do_not_call (org_id, record_id, number_hash)
     select $1, each.* from unnest($2::text[], $3::text[]) as each on conflict do nothing`,
    [orgId, entries.map(({ recordId }) => recordId), entries.map(({ numberHash }) => numberHash)],
  );
}

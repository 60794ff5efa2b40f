import { ApiError, insufficientAccess } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import { inSavepoint } from '../storage/database.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { prepareLookups, storedOrNull } from './prepareLookups.ts';
import { insertRows } from './rows.ts';
import { failedResult, saveMany } from './saveMany.ts';
import type { SaveResult } from './saveMany.ts';
import { followCreation, prepareRecord } from './saveRecord.ts';
import type { NewRecord } from './saveRecord.ts';
import { upsertRecord, valueOf } from './upsertRecord.ts';

/** A record of a collection, with the object that it says it is of. */
export interface TypedValues {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A record with its key apart. */
interface KeyedRecord {
  readonly type: string;
  readonly key: unknown;
  /** Whether another record of the collection has the same key. */
  readonly isDouble: boolean;
  readonly others: Readonly<Record<string, unknown>>;
}

/** Upserts records by one external id, each with its own result. A key that stands twice fails both its records. */
export async function upsertMany(
  work: UnitOfWork,
  object: ObjectDefinition,
  key: FieldDefinition,
  records: readonly TypedValues[],
  allOrNone: boolean,
): Promise<SaveResult[]> {
  const keyed = withKeys(key, records);
  const created = allOrNone ? null : await createTogether(work, object, key, keyed);
  const left = keyed.filter((_, index) => created?.get(index) === undefined);
  const saved = await saveMany(work, left, allOrNone, (record) => {
    checkRecord(object, key, record);
    return upsertRecord(work, object, key, record.key, record.others);
  });
  const results = keyed.map((_, index) => created?.get(index) ?? saved.shift());
  // A failed upsert says that nothing was created.
  return results.flatMap((result) => (result === undefined ? [] : [{ created: false, ...result }]));
}

function withKeys(key: FieldDefinition, records: readonly TypedValues[]): KeyedRecord[] {
  const isKey = (name: string): boolean => name.toLowerCase() === key.name.toLowerCase();
  const foldKey = (value: unknown): string =>
    key.caseSensitive ? String(value) : String(value).toLowerCase();
  const keys = records.map(({ values }) => Object.entries(values).find(([name]) => isKey(name))?.[1]);
  const counts = new Map<string, number>();
  for (const value of keys) counts.set(foldKey(value), (counts.get(foldKey(value)) ?? 0) + 1);
  return records.map(({ type, values }, index) => ({
    type,
    key: keys[index],
    isDouble: (counts.get(foldKey(keys[index])) ?? 0) > 1,
    others: Object.fromEntries(Object.entries(values).filter(([name]) => !isKey(name))),
  }));
}

function checkRecord(object: ObjectDefinition, key: FieldDefinition, record: KeyedRecord): void {
  if (record.type.toLowerCase() !== object.name.toLowerCase())
    throw new ApiError(400, 'INVALID_TYPE', `${record.type} is not of type ${object.name}`);
  if (record.isDouble)
    throw new ApiError(400, 'DUPLICATE_VALUE', `Duplicate external id specified: ${String(record.key)}`, [
      key.name,
    ]);
}

/** Whether the org has one of them already: then they are saved in their order, one by one. */
async function hasKnown(
  work: UnitOfWork,
  object: ObjectDefinition,
  key: FieldDefinition,
  records: readonly KeyedRecord[],
): Promise<boolean> {
  for (const record of records) {
    const stored = storedOrNull(key, valueOf(key, record.key));
    if (stored !== null && (await work.lookups.holders(object, key, stored)).length > 0) return true;
  }
  return false;
}

/**
 * Creates the records, when all are new, with a few statements for all of them. Gives null, and has changed nothing,
 * where they cannot stand together: then each is saved by itself.
 */
async function createTogether(
  work: UnitOfWork,
  object: ObjectDefinition,
  key: FieldDefinition,
  records: readonly KeyedRecord[],
): Promise<Map<number, SaveResult> | null> {
  if (key.name === 'Id') return null;
  const lookups = await prepareLookups(work, object, key, records);
  const batch = { ...work, lookups };
  if (await hasKnown(batch, object, key, records)) return null;
  const results = new Map<number, SaveResult>();
  const fresh = new Map<number, NewRecord>();
  for (const [index, record] of records.entries()) {
    try {
      checkRecord(object, key, record);
      if (work.access.userId !== null && !key.createable) throw insufficientAccess();
      const body = { ...record.others, [key.name]: valueOf(key, record.key) };
      fresh.set(index, await prepareRecord(batch, object, body));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      results.set(index, failedResult(error));
    }
  }
  try {
    await inSavepoint(work.connection, async () => {
      await insertRows(work, object, [...fresh.values()]);
      for (const record of fresh.values()) await followCreation(work, object, record);
      return { result: undefined, commit: true };
    });
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
  for (const [index, { id }] of fresh) results.set(index, { id, success: true, errors: [], created: true });
  return results;
}

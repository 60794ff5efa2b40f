import { ApiError } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { saveMany } from './saveMany.ts';
import type { SaveResult } from './saveMany.ts';
import { upsertRecord } from './upsertRecord.ts';

/** A record of a collection, with the object that it says it is of. */
export interface TypedValues {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Upserts records by one external id, each with its own result. A key that stands twice fails both its records. */
export async function upsertMany(
  work: UnitOfWork,
  object: ObjectDefinition,
  key: FieldDefinition,
  records: readonly TypedValues[],
  allOrNone: boolean,
): Promise<SaveResult[]> {
  const isKey = (name: string): boolean => name.toLowerCase() === key.name.toLowerCase();
  const keyOf = ({ values }: TypedValues): unknown =>
    Object.entries(values).find(([name]) => isKey(name))?.[1];
  const foldKey = (value: unknown): string =>
    key.caseSensitive ? String(value) : String(value).toLowerCase();
  const counts = new Map<string, number>();
  for (const record of records) {
    const folded = foldKey(keyOf(record));
    counts.set(folded, (counts.get(folded) ?? 0) + 1);
  }
  const results = await saveMany(work, records, allOrNone, async (record) => {
    if (record.type.toLowerCase() !== object.name.toLowerCase()) {
      throw new ApiError(400, 'INVALID_TYPE', `${record.type} is not of type ${object.name}`);
    }
    const value = keyOf(record);
    if ((counts.get(foldKey(value)) ?? 0) > 1) {
      throw new ApiError(400, 'DUPLICATE_VALUE', `Duplicate external id specified: ${String(value)}`, [
        key.name,
      ]);
    }
    const others = Object.entries(record.values).filter(([name]) => !isKey(name));
    return upsertRecord(work, object, key, value, Object.fromEntries(others));
  });
  // A failed upsert says that nothing was created.
  return results.map((result) => ({ created: false, ...result }));
}

import { ApiError } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import { normalizeId } from '../storage/recordIds.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { toStoredValue } from './fieldValues.ts';
import type { StoredValue } from './fieldValues.ts';
import { preparedLookups } from './lookups.ts';
import type { Lookups } from './lookups.ts';
import { valueOf } from './upsertRecord.ts';

/** Reads at once what the checks of these records will ask of others. */
export async function prepareLookups(
  work: UnitOfWork,
  object: ObjectDefinition,
  key: FieldDefinition,
  records: readonly { readonly key: unknown; readonly others: Readonly<Record<string, unknown>> }[],
): Promise<Lookups> {
  const referencedIds = new Map<ObjectDefinition, Set<string>>();
  const heldValues = new Map<FieldDefinition, StoredValue[]>();
  for (const record of records) {
    if (key.name !== 'Id') addValue(heldValues, key, valueOf(key, record.key));
    for (const [name, value] of Object.entries(record.others)) {
      const field = work.schema.field(object, name);
      if (field?.unique === true) addValue(heldValues, field, value);
      const id = field?.reference && typeof value === 'string' ? normalizeId(value) : null;
      const target = id === null ? undefined : work.schema.objectOfPrefix(id.slice(0, 3));
      if (id !== null && target) referencedIds.set(target, (referencedIds.get(target) ?? new Set()).add(id));
    }
  }
  const actor = work.schema.object('User');
  if (actor && work.actorId !== null)
    referencedIds.set(actor, (referencedIds.get(actor) ?? new Set()).add(work.actorId));
  return preparedLookups(work.connection, object, { referencedIds, heldValues });
}

function addValue(
  heldValues: Map<FieldDefinition, StoredValue[]>,
  field: FieldDefinition,
  value: unknown,
): void {
  const stored = storedOrNull(field, value);
  if (stored !== null) heldValues.set(field, [...(heldValues.get(field) ?? []), stored]);
}

/** The value as the field keeps it. One that the field refuses is null: its record's own check says so. */
export function storedOrNull(field: FieldDefinition, value: unknown): StoredValue {
  try {
    return value === undefined ? null : toStoredValue(field, value);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return null;
  }
}

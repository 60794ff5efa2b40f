import { ApiError } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { FieldValues } from './readValues.ts';

/** Throws `REQUIRED_FIELD_MISSING` where a new record lacks a field, or a change empties one. */
export function checkRequired(
  object: ObjectDefinition,
  values: FieldValues,
  purpose: 'create' | 'update',
): void {
  const missing = object.fields.filter((field) => {
    if (field.nillable || field.type === 'boolean' || field.autoNumberFormat !== null) return false;
    if (values.has(field.name)) return values.get(field.name) === null;
    // Fields that the org fills itself, and the owner, who defaults to the current user, are never asked for.
    return purpose === 'create' && field.createable && field.name !== 'OwnerId';
  });
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  throw new ApiError(
    400,
    'REQUIRED_FIELD_MISSING',
    `Required fields are missing: [${names.join(', ')}]`,
    names,
  );
}

/** Throws where a reference names no record, one of another object, or an owner who is not active. */
export async function checkReferences(
  work: UnitOfWork,
  object: ObjectDefinition,
  values: FieldValues,
): Promise<void> {
  for (const field of object.fields) {
    const id = values.get(field.name);
    if (field.reference && typeof id === 'string') await checkReference(work, object, field, id);
  }
}

async function checkReference(
  work: UnitOfWork,
  object: ObjectDefinition,
  field: FieldDefinition,
  id: string,
): Promise<void> {
  const target = work.schema.objectOfPrefix(id.slice(0, 3));
  if (!target || !field.reference?.to.includes(target.name)) {
    throw new ApiError(
      400,
      'FIELD_INTEGRITY_EXCEPTION',
      `${field.label}: id value of incorrect type: ${id}`,
      [field.name],
    );
  }
  const record = await work.lookups.referenced(target, id);
  if (record === null) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  }
  if (field.name === 'OwnerId' && !record.isActive) {
    throw new ApiError(
      400,
      'INACTIVE_OWNER_OR_USER',
      `operation performed with inactive user [${id}] as owner of ${object.label.toLowerCase()}`,
      [field.name],
    );
  }
}

/** Throws `DUPLICATE_VALUE` where another record has the same value in a unique field. */
export async function checkUnique(
  work: UnitOfWork,
  object: ObjectDefinition,
  values: FieldValues,
  ownId: string,
): Promise<void> {
  for (const field of object.fields.filter((candidate) => candidate.unique)) {
    const value = values.get(field.name);
    if (value === undefined || value === null) continue;
    const other = (await work.lookups.holders(object, field, value)).find((id) => id !== ownId);
    if (other !== undefined) throw duplicateValue(field.name, other);
  }
}

export function duplicateValue(fieldName: string, otherId: string | null): ApiError {
  const message =
    otherId === null
      ? `duplicate value found: <unknown> duplicates value on record with id: <unknown>`
      : `duplicate value found: ${fieldName} duplicates value on record with id: ${otherId}`;
  return new ApiError(400, 'DUPLICATE_VALUE', message, []);
}

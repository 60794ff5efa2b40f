import { ApiError } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import { quoteIdentifier } from '../storage/database.ts';
import { tableOf } from '../storage/tables.ts';
import { foldedValue } from '../storage/textCase.ts';
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
  const isOwner = field.name === 'OwnerId' && target.name === 'User';
  const [row] = await work.connection.query<{ isActive: boolean }>(
    `SELECT ${isOwner ? '"IsActive"' : 'true'} AS "isActive" FROM ${tableOf(target)}
      WHERE "Id" = $1 AND NOT "IsDeleted"`,
    [id],
  );
  if (!row) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  }
  if (!row.isActive) {
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
    const column = quoteIdentifier(field.name);
    const isText = typeof value === 'string' && !field.caseSensitive;
    const [other] = await work.connection.query<{ Id: string }>(
      `SELECT "Id" FROM ${tableOf(object)}
        WHERE ${isText ? `lower(${column}) = ${foldedValue('$1')}` : `${column} = $1`} AND NOT "IsDeleted" AND "Id" <> $2`,
      [value, ownId],
    );
    if (other) throw duplicateValue(field.name, other.Id);
  }
}

export function duplicateValue(fieldName: string, otherId: string | null): ApiError {
  const message =
    otherId === null
      ? `duplicate value found: <unknown> duplicates value on record with id: <unknown>`
      : `duplicate value found: ${fieldName} duplicates value on record with id: ${otherId}`;
  return new ApiError(400, 'DUPLICATE_VALUE', message, []);
}

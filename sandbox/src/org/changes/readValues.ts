import { fieldAccess } from '../access/permissions.ts';
import { ApiError, unknownColumn } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import { quoteIdentifier } from '../storage/database.ts';
import { tableOf } from '../storage/tables.ts';
import { foldedValue } from '../storage/textCase.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { toStoredValue } from './fieldValues.ts';
import type { StoredValue } from './fieldValues.ts';

/** Field values of one record, by field name as the schema has it. */
export type FieldValues = Map<string, StoredValue>;

/** Not written by a request, though they may stand in one that a query's answer was copied into. */
const IGNORED_KEYS = new Set(['attributes', 'type']);

/**
 * Reads a request's record: every key must be a field that this user may write for this purpose, or a relationship
 * that names the parent by an external id. Throws in the org's words.
 */
export async function readValues(
  work: UnitOfWork,
  object: ObjectDefinition,
  body: Readonly<Record<string, unknown>>,
  purpose: 'create' | 'update',
): Promise<FieldValues> {
  const values: FieldValues = new Map();
  const refused: string[] = [];
  for (const [key, value] of Object.entries(body)) {
    if (IGNORED_KEYS.has(key)) continue;
    const field = work.schema.field(object, key) ?? work.schema.parentField(object, key);
    const isRelationship = field !== undefined && !work.schema.field(object, key);
    if (!field || !fieldAccess(work.access, object, field).readable) throw unknownColumn(object.name, key);
    if (!mayWrite(work, object, field, purpose)) {
      refused.push(field.name);
      continue;
    }
    values.set(
      field.name,
      isRelationship ? await findParent(work, field, value) : toStoredValue(field, value),
    );
  }
  if (refused.length > 0) {
    throw new ApiError(
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${refused.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      refused,
    );
  }
  return values;
}

function mayWrite(
  work: UnitOfWork,
  object: ObjectDefinition,
  field: FieldDefinition,
  purpose: 'create' | 'update',
): boolean {
  if (work.access.userId === null) return field.name !== 'Id' && field.autoNumberFormat === null;
  const access = fieldAccess(work.access, object, field);
  return purpose === 'create' ? access.createable : access.updateable;
}

/** Finds a parent that is named by an external id, e.g. `{ "Scorecard_Key__c": "…" }`. */
async function findParent(work: UnitOfWork, field: FieldDefinition, value: unknown): Promise<string | null> {
  if (value === null) return null;
  const parent = work.schema.object(field.reference?.to[0] ?? '');
  const entries =
    typeof value === 'object'
      ? Object.entries(value as Record<string, unknown>).filter(([key]) => key !== 'attributes')
      : [];
  const [entry] = entries;
  const key = parent && entry && work.schema.field(parent, entry[0]);
  if (!parent || !entry || entries.length !== 1 || !key?.idLookup) {
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `The relationship field ${field.reference?.relationshipName ?? field.name} must name its record by one external id`,
      [field.name],
    );
  }
  const stored = toStoredValue(key, entry[1]);
  const column = quoteIdentifier(key.name);
  const match = key.caseSensitive ? `${column} = $1` : `lower(${column}) = ${foldedValue('$1')}`;
  const rows = await work.connection.query<{ Id: string }>(
    `SELECT "Id" FROM ${tableOf(parent)} WHERE ${match} AND NOT "IsDeleted"`,
    [stored],
  );
  const [found] = rows;
  if (!found || rows.length > 1) {
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `Foreign key external ID: ${String(entry[1])} not found for field ${key.name} in entity ${parent.name}`,
      [],
    );
  }
  return found.Id;
}

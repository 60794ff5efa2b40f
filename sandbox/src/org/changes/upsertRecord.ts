import { canRead } from '../access/permissions.ts';
import { ApiError, insufficientAccess, notFound } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { toStoredValue } from './fieldValues.ts';
import { createRecord, idOf, updateRecord } from './saveRecord.ts';

export interface Upserted {
  readonly id: string;
  readonly created: boolean;
}

/** Several records have the external id: the answer names them and nothing is changed. */
export class MultipleMatches extends ApiError {
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super(300, 'DUPLICATE_VALUE', 'more than one record found with this external id');
    this.name = 'MultipleMatches';
    this.ids = ids;
  }
}

/** The field that an upsert goes by. Throws `NOT_FOUND` unless it is the id or an external id that the user can read. */
export function externalIdField(
  work: UnitOfWork,
  object: ObjectDefinition,
  fieldName: string,
): FieldDefinition {
  const field = work.schema.field(object, fieldName);
  const isKey = field?.name === 'Id' || field?.externalId === true;
  if (!field || !isKey || !canRead(work.access, object, field)) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${fieldName}`);
  }
  return field;
}

/** The ids of the records that have this external id. */
export async function findByExternalId(
  work: UnitOfWork,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: unknown,
): Promise<string[]> {
  const stored =
    field.name === 'Id' ? idOf(object, String(value)) : toStoredValue(field, valueOf(field, value));
  if (stored === null) throw new ApiError(400, 'MISSING_ARGUMENT', `${field.name} not specified`, []);
  return [...(await work.lookups.holders(object, field, stored))];
}

/**
 * Creates the record with this external id, or changes the one that has it. Who may read the key need not be able to
 * write it: the key of an existing record is not written again.
 */
export async function upsertRecord(
  work: UnitOfWork,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: unknown,
  body: Readonly<Record<string, unknown>>,
): Promise<Upserted> {
  const ids = await findByExternalId(work, object, field, value);
  const [id] = ids;
  if (ids.length > 1) throw new MultipleMatches(ids);
  if (id !== undefined) {
    await updateRecord(work, object, id, body);
    return { id, created: false };
  }
  if (field.name === 'Id') throw notFound();
  if (work.access.userId !== null && !field.createable) throw insufficientAccess();
  const created = await createRecord(work, object, { ...body, [field.name]: valueOf(field, value) });
  return { id: created, created: true };
}

/** A key in an address is text even where its field is a number. */
export function valueOf(field: FieldDefinition, value: unknown): unknown {
  const isNumber = ['int', 'double', 'currency', 'percent'].includes(field.type);
  return isNumber && typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

import { objectAccess } from '../access/permissions.ts';
import { editableRows } from '../access/sharing.ts';
import { systemAccess } from '../access/userAccess.ts';
import { ApiError, insufficientAccess, notFound } from '../apiError.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { quoteIdentifier } from '../storage/database.ts';
import { normalizeId } from '../storage/recordIds.ts';
import { tableOf } from '../storage/tables.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { checkReferences, checkRequired, checkUnique } from './checkValues.ts';
import { checkRules } from './checkRules.ts';
import { addDerivedValues } from './derivedValues.ts';
import { readValues } from './readValues.ts';
import type { FieldValues } from './readValues.ts';
import { addHistory } from './opportunityHistory.ts';
import { insertRow, lockRow, nextName, updateRow } from './rows.ts';

/** A new record that has passed every check and is not written yet. */
export interface NewRecord {
  readonly id: string;
  readonly values: FieldValues;
}

/** Creates a record and answers its id. */
export async function createRecord(
  work: UnitOfWork,
  object: ObjectDefinition,
  body: Readonly<Record<string, unknown>>,
): Promise<string> {
  const record = await prepareRecord(work, object, body);
  await insertRow(work, object, record.id, record.values);
  await followCreation(work, object, record);
  return record.id;
}

/** What the org does by itself once a record is written. */
export async function followCreation(
  work: UnitOfWork,
  object: ObjectDefinition,
  { id, values }: NewRecord,
): Promise<void> {
  await addHistory(work, object, id, null, values);
  await runAutomation(work, object, id);
}

/** Checks a new record and works out its values; writes nothing. */
export async function prepareRecord(
  work: UnitOfWork,
  object: ObjectDefinition,
  body: Readonly<Record<string, unknown>>,
): Promise<NewRecord> {
  if (!objectAccess(work.access, object).create) {
    throw new ApiError(
      400,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type cannot be inserted: ${object.label}`,
      [],
    );
  }
  const values = await readValues(work, object, body, 'create');
  const id = await work.ids.next(work.connection, object.keyPrefix ?? '');
  addDefaults(work, object, values);
  checkRequired(object, values, 'create');
  await checkReferences(work, object, values);
  await checkMaster(work, object, values);
  await checkUnique(work, object, values, id);
  await addDerivedValues(work, object, null, values);
  checkRules(work, object, null, values);
  const automatic = object.fields.filter((field) => field.autoNumberFormat !== null);
  for (const field of automatic) {
    values.set(field.name, await nextName(work, object, field.autoNumberFormat ?? ''));
  }
  work.interceptor?.beforeSave(object, id, Object.fromEntries(values));
  return { id, values };
}

/** Changes a record. Throws `NOT_FOUND`, or `INSUFFICIENT_ACCESS_OR_READONLY` where it is not the user's to change. */
export async function updateRecord(
  work: UnitOfWork,
  object: ObjectDefinition,
  id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  const stored = await lockEditable(work, object, id, 'edit');
  const values = await readValues(work, object, body, 'update');
  checkRequired(object, values, 'update');
  await checkReferences(work, object, values);
  await checkMaster(work, object, values);
  await checkUnique(work, object, values, id);
  await addDerivedValues(work, object, stored, values);
  checkRules(work, object, stored, values);
  const moment = momentOf(work);
  values.set('LastModifiedDate', moment);
  values.set('LastModifiedById', work.actorId);
  values.set('SystemModstamp', moment);
  work.interceptor?.beforeSave(object, id, { ...stored, ...Object.fromEntries(values) });
  await updateRow(work, object, id, values);
  await addHistory(work, object, id, stored, values);
  await runAutomation(work, object, id);
}

/** What a customer's trigger does after a save: it sees no field-level security, and does not set itself off. */
async function runAutomation(work: UnitOfWork, object: ObjectDefinition, id: string): Promise<void> {
  const { interceptor, ...others } = work;
  const changes = interceptor?.changesAfterSave(object) ?? null;
  if (changes === null) return;
  const { timeZone, fiscalYearStartMonth } = work.access;
  await updateRecord(
    { ...others, access: systemAccess(timeZone, fiscalYearStartMonth) },
    object,
    id,
    changes,
  );
}

/** Marks a record as deleted, and with it the records of which it is the master. */
export async function deleteRecord(work: UnitOfWork, object: ObjectDefinition, id: string): Promise<void> {
  await lockEditable(work, object, id, 'delete');
  await markDeleted(work, object, [id]);
}

/** The record's id in its full form. Throws `NOT_FOUND` for a text that is no id of this object. */
export function idOf(object: ObjectDefinition, text: string): string {
  const id = normalizeId(text);
  if (id === null || !id.startsWith(object.keyPrefix ?? ' ')) throw notFound();
  return id;
}

async function lockEditable(
  work: UnitOfWork,
  object: ObjectDefinition,
  id: string,
  permission: 'edit' | 'delete',
): Promise<Readonly<Record<string, unknown>>> {
  const row = await lockRow(work, object, id);
  if (!row) throw notFound();
  if (!row.isEditable || !objectAccess(work.access, object)[permission]) throw insufficientAccess();
  return row.values;
}

/** A detail is created under a master that the user may edit. */
async function checkMaster(work: UnitOfWork, object: ObjectDefinition, values: FieldValues): Promise<void> {
  const field = object.fields.find((candidate) => candidate.reference?.isMasterDetail);
  const masterId = field && values.get(field.name);
  const master = work.schema.object(field?.reference?.to[0] ?? '');
  if (typeof masterId !== 'string' || !master || objectAccess(work.access, object).modifyAll) return;
  const parameters: unknown[] = [masterId];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const editable = editableRows(work.schema, work.access, bind, master, 'm') ?? 'true';
  const rows = await work.connection.query(
    `SELECT 1 FROM ${tableOf(master)} m WHERE m."Id" = $1 AND ${editable}`,
    parameters,
  );
  if (rows.length === 0) throw insufficientAccess();
}

async function markDeleted(
  work: UnitOfWork,
  object: ObjectDefinition,
  ids: readonly string[],
): Promise<void> {
  const hasStamp = object.fields.some(({ name }) => name === 'SystemModstamp');
  await work.connection.query(
    `UPDATE ${tableOf(object)} SET "IsDeleted" = true${hasStamp ? ', "SystemModstamp" = $2::timestamptz' : ''}
      WHERE "Id" = ANY($1::text[])`,
    hasStamp ? [ids, momentOf(work)] : [ids],
  );
  for (const detail of work.schema.objects) {
    const field = detail.fields.find(
      (candidate) => candidate.reference?.isMasterDetail && candidate.reference.to.includes(object.name),
    );
    if (!field) continue;
    const rows = await work.connection.query<{ Id: string }>(
      `SELECT "Id" FROM ${tableOf(detail)} WHERE ${quoteIdentifier(field.name)} = ANY($1::text[]) AND NOT "IsDeleted"`,
      [ids],
    );
    if (rows.length > 0)
      await markDeleted(
        work,
        detail,
        rows.map((row) => row.Id),
      );
  }
}

function addDefaults(work: UnitOfWork, object: ObjectDefinition, values: FieldValues): void {
  for (const [name, value] of defaultValues(work, object)) {
    if (values.get(name) === undefined) values.set(name, value);
  }
}

/** What a new record has where nobody says otherwise. */
export function defaultValues(work: UnitOfWork, object: ObjectDefinition): FieldValues {
  const moment = momentOf(work);
  const values: FieldValues = new Map();
  const defaults: Record<string, string | null> = {
    CreatedDate: moment,
    CreatedById: work.actorId,
    LastModifiedDate: moment,
    LastModifiedById: work.actorId,
    SystemModstamp: moment,
    OwnerId: work.actorId,
  };
  for (const field of object.fields) {
    const value = defaults[field.name] ?? field.defaultValue;
    if (value !== null) values.set(field.name, value);
  }
  return values;
}

/** Whole seconds: what the org keeps of a time. */
function momentOf(work: UnitOfWork): string | null {
  return work.now.toUTC().startOf('second').toISO();
}

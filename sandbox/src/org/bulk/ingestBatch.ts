import { fieldAccess } from '../access/permissions.ts';
import { ApiError } from '../apiError.ts';
import { createRecord, deleteRecord, idOf, updateRecord } from '../changes/saveRecord.ts';
import { saveMany } from '../changes/saveMany.ts';
import type { SaveResult, Saved } from '../changes/saveMany.ts';
import { upsertMany } from '../changes/upsertMany.ts';
import { externalIdField } from '../changes/upsertRecord.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { InvalidUpload } from './csv.ts';
import type { IngestDefinition } from './jobDefinition.ts';

/** What a cell holds to empty a field; an empty cell leaves the field alone. */
const EMPTY_FIELD = '#N/A';
const NUMBER_TYPES = ['int', 'double', 'currency', 'percent'];

type Values = Readonly<Record<string, unknown>>;

/** Throws {@link InvalidUpload} for a column that is no field which this user can read. */
export function checkColumns(work: UnitOfWork, object: ObjectDefinition, columns: readonly string[]): void {
  const unknown = columns.find((column) => !fieldOfColumn(work, object, column));
  if (unknown !== undefined) throw new InvalidUpload(`InvalidBatch : Field name not found : ${unknown}`);
}

/** The record that a row describes. `Parent__r.Key__c` names a parent by its external id. */
export function recordOf(
  work: UnitOfWork,
  object: ObjectDefinition,
  columns: readonly string[],
  cells: readonly string[],
): Values {
  const record: Record<string, unknown> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    const field = fieldOfColumn(work, object, column);
    if (cell === '' || !field) continue;
    const [relationship = '', key] = column.split('.');
    const value = cell === EMPTY_FIELD ? null : valueOf(field, cell);
    if (key === undefined) record[column] = value;
    else record[relationship] = value === null ? null : { [key]: value };
  }
  return record;
}

/** Saves one batch of a job's rows; each has its own result, in order. */
export async function saveBatch(
  work: UnitOfWork,
  object: ObjectDefinition,
  definition: IngestDefinition,
  records: readonly Values[],
): Promise<SaveResult[]> {
  const { operation } = definition;
  if (operation === 'upsert') {
    const key = externalIdField(work, object, definition.externalIdFieldName ?? '');
    const typed = records.map((values) => ({ type: object.name, values }));
    return upsertMany(work, object, key, typed, false);
  }
  return saveMany(work, records, false, (record) => saveOne(work, object, operation, record));
}

async function saveOne(
  work: UnitOfWork,
  object: ObjectDefinition,
  operation: 'insert' | 'update' | 'delete',
  record: Values,
): Promise<Saved> {
  if (operation === 'insert') return { id: await createRecord(work, object, record), created: true };
  const { id: lowerId, Id = lowerId, ...values } = record;
  if (typeof Id !== 'string') throw new ApiError(400, 'MISSING_ARGUMENT', 'Id not specified', []);
  const id = idOf(object, Id);
  if (operation === 'update') await updateRecord(work, object, id, values);
  else await deleteRecord(work, object, id);
  return { id, created: false };
}

/** The field of a column, or of the parent that a relationship column names. */
function fieldOfColumn(
  work: UnitOfWork,
  object: ObjectDefinition,
  column: string,
): FieldDefinition | undefined {
  const [name = '', key, ...more] = column.split('.');
  if (more.length > 0) return undefined;
  const field = key === undefined ? work.schema.field(object, name) : work.schema.parentField(object, name);
  if (!field || !fieldAccess(work.access, object, field).readable) return undefined;
  if (key === undefined) return field;
  const parent = work.schema.object(field.reference?.to[0] ?? '');
  return parent && work.schema.field(parent, key);
}

/** The value of a cell as JSON would carry it; one of another kind stays text, which the field refuses. */
function valueOf(field: FieldDefinition, cell: string): unknown {
  if (NUMBER_TYPES.includes(field.type)) {
    const number = Number(cell);
    return cell.trim() === '' || Number.isNaN(number) ? cell : number;
  }
  if (field.type !== 'boolean') return cell;
  if (/^(true|1)$/i.test(cell)) return true;
  return /^(false|0)$/i.test(cell) ? false : cell;
}

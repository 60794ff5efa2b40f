import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { StoredValue } from './fieldValues.ts';
import type { FieldValues } from './readValues.ts';
import { insertRow } from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** A change of any of these makes a row of `OpportunityHistory`. */
const STAGE_FIELDS = ['StageName', 'Amount', 'CloseDate', 'Probability'] as const;
/** A change of any of these makes a row of `OpportunityFieldHistory`, as an admin would have them tracked. */
const TRACKED_FIELDS = [...STAGE_FIELDS, 'OwnerId'] as const;

/** Writes what the org itself keeps of a new or changed opportunity; nothing for another object. */
export async function addHistory(
  work: UnitOfWork,
  object: ObjectDefinition,
  id: string,
  stored: Row | null,
  values: FieldValues,
): Promise<void> {
  if (object.name !== 'Opportunity') return;
  const current: Row = { ...stored, ...Object.fromEntries(values) };
  // A record that setup dates back began then.
  const moment = stored === null ? values.get('CreatedDate') : work.now.toUTC().startOf('second').toISO();
  const actor = stored === null ? values.get('CreatedById') : work.actorId;
  const base = { IsDeleted: false, OpportunityId: id, CreatedDate: moment, CreatedById: actor };
  const changed = (name: string): boolean => !isSame(stored?.[name], current[name]);
  if (stored === null || STAGE_FIELDS.some(changed)) {
    await insertHistory(work, 'OpportunityHistory', {
      ...base,
      SystemModstamp: moment,
      StageName: current['StageName'],
      Amount: current['Amount'],
      PrevAmount: stored === null ? null : stored['Amount'],
      ExpectedRevenue: current['ExpectedRevenue'],
      CloseDate: current['CloseDate'],
      PrevCloseDate: stored === null ? null : stored['CloseDate'],
      Probability: current['Probability'],
      ForecastCategory: current['ForecastCategory'],
    });
  }
  if (stored === null) {
    await insertHistory(work, 'OpportunityFieldHistory', { ...base, Field: 'created', DataType: 'Text' });
    return;
  }
  for (const name of TRACKED_FIELDS.filter(changed)) {
    await insertHistory(work, 'OpportunityFieldHistory', {
      ...base,
      Field: name === 'OwnerId' ? 'Owner' : name,
      DataType: dataTypeOf(work, object, name),
      OldValue: textOf(stored[name]),
      NewValue: textOf(current[name]),
    });
  }
}

async function insertHistory(work: UnitOfWork, objectName: string, row: Row): Promise<void> {
  const object = work.schema.object(objectName);
  if (!object) throw new Error(`The object ${objectName} is unknown`);
  const id = await work.ids.next(work.connection, object.keyPrefix ?? '');
  await insertRow(work, object, id, new Map(Object.entries(row) as [string, StoredValue][]));
}

function dataTypeOf(work: UnitOfWork, object: ObjectDefinition, fieldName: string): string {
  const type = work.schema.field(object, fieldName)?.type;
  if (type === 'reference') return 'EntityId';
  if (type === 'date') return 'DateOnly';
  if (type === 'currency') return 'Currency';
  return type === 'percent' ? 'Percent' : 'DynamicEnum';
}

function isSame(one: unknown, other: unknown): boolean {
  return (one ?? null) === (other ?? null);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

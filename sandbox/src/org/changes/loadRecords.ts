import { quoteIdentifier } from '../storage/database.ts';
import type { ColumnValue } from '../storage/copyIn.ts';
import { nameSequenceOf, tableOf } from '../storage/tables.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { defaultValues } from './saveRecord.ts';

export type LoadedRecord = Readonly<Record<string, ColumnValue>>;

/**
 * Writes whole records in bulk, unchecked, and answers their ids in order. The caller gives every value that the org
 * would otherwise work out, full names apart; the rest is what a record has by default. For large sample data alone.
 */
export async function loadRecords(
  work: UnitOfWork,
  objectName: string,
  records: readonly LoadedRecord[],
): Promise<string[]> {
  const object = work.schema.object(objectName);
  if (!object) throw new Error(`The object ${objectName} is unknown`);
  const fields = object.fields.filter(({ name }) => name !== 'Id').map(({ name }) => name);
  const unknown = Object.keys(records[0] ?? {}).find((name) => !fields.includes(name));
  if (unknown !== undefined) throw new Error(`${objectName} has no field ${unknown}`);
  const defaults = new Map<string, ColumnValue>(defaultValues(work, object));
  const names = await automaticNames(work, object, records.length);
  const ids: string[] = [];
  for (let index = 0; index < records.length; index += 1) {
    ids.push(await work.ids.next(work.connection, object.keyPrefix ?? ''));
  }
  const hasFullName = object.fields.some(({ name }) => name === 'FirstName');
  const valueOf = (record: LoadedRecord, name: string, index: number): ColumnValue => {
    const given = record[name];
    if (given !== undefined) return given;
    if (name === 'Name' && names !== null) return names[index] ?? null;
    if (name === 'Name' && hasFullName) return fullName(record);
    return defaults.get(name) ?? null;
  };
  await work.connection.copyIn(
    `${tableOf(object)} (${['Id', ...fields].map(quoteIdentifier).join(', ')})`,
    rowsOf(records, (record, index) => [
      ids[index] ?? '',
      ...fields.map((name) => valueOf(record, name, index)),
    ]),
  );
  return ids;
}

function* rowsOf<Item, Row>(
  items: readonly Item[],
  rowOf: (item: Item, index: number) => Row,
): Iterable<Row> {
  for (const [index, item] of items.entries()) yield rowOf(item, index);
}

/** As many automatic names as there are records; null for an object without. */
async function automaticNames(
  work: UnitOfWork,
  object: ObjectDefinition,
  count: number,
): Promise<readonly string[] | null> {
  const format = object.fields.find(({ name }) => name === 'Name')?.autoNumberFormat ?? null;
  if (format === null) return null;
  const rows = await work.connection.query<{ number: number }>(
    'SELECT nextval($1::regclass) AS number FROM generate_series(1, $2)',
    [nameSequenceOf(object), count],
  );
  return rows.map(({ number }) =>
    format.replace(/\{(0+)\}/, (_, zeros: string) => String(number).padStart(zeros.length, '0')),
  );
}

function fullName(record: LoadedRecord): string {
  return [record['FirstName'], record['LastName']].filter((part) => typeof part === 'string').join(' ');
}

import { editableRows } from '../access/sharing.ts';
import { unableToLockRow } from '../apiError.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { quoteIdentifier } from '../storage/database.ts';
import { nameSequenceOf, tableOf, uniqueIndexName } from '../storage/tables.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { duplicateValue } from './checkValues.ts';
import type { FieldValues } from './readValues.ts';

/** PostgreSQL's code for the statement that it gave up. */
const DEADLOCK_DETECTED = '40P01';

/** A stored record, locked until the transaction ends, and whether this user may change it. */
export interface StoredRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly isEditable: boolean;
}

/** Reads and locks a record, or answers null where there is none. */
export async function lockRow(
  work: UnitOfWork,
  object: ObjectDefinition,
  id: string,
): Promise<StoredRow | null> {
  const parameters: unknown[] = [id];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const editable = editableRows(work.schema, work.access, bind, object, 'r') ?? 'true';
  const [row] = await withoutDeadlock(id, () =>
    work.connection.query<StoredRow>(
      `SELECT row_to_json(r) AS "values", (${editable}) IS TRUE AS "isEditable"
         FROM ${tableOf(object)} r WHERE r."Id" = $1 AND NOT r."IsDeleted" FOR UPDATE OF r`,
      parameters,
    ),
  );
  return row ?? null;
}

export async function insertRow(
  work: UnitOfWork,
  object: ObjectDefinition,
  id: string,
  values: FieldValues,
): Promise<void> {
  const names = ['Id', ...values.keys()];
  const parameters = [id, ...values.values()];
  await uniquely(object, () =>
    work.connection.query(
      `INSERT INTO ${tableOf(object)} (${names.map(quoteIdentifier).join(', ')})
       VALUES (${parameters.map((_, index) => `$${index + 1}`).join(', ')})`,
      parameters,
    ),
  );
}

/** Inserts many rows, those with the same fields in one statement. */
export async function insertRows(
  work: UnitOfWork,
  object: ObjectDefinition,
  records: readonly { readonly id: string; readonly values: FieldValues }[],
): Promise<void> {
  const rows = records.map(({ id, values }) => ({ Id: id, ...Object.fromEntries(values) }));
  for (const [, alike] of Map.groupBy(rows, (row) => Object.keys(row).join())) {
    const columns = Object.keys(alike[0] ?? {})
      .map(quoteIdentifier)
      .join(', ');
    await uniquely(object, () =>
      work.connection.query(
        `INSERT INTO ${tableOf(object)} (${columns})
         SELECT ${columns} FROM json_populate_recordset(NULL::${tableOf(object)}, $1)`,
        [JSON.stringify(alike)],
      ),
    );
  }
}

export async function updateRow(
  work: UnitOfWork,
  object: ObjectDefinition,
  id: string,
  values: FieldValues,
): Promise<void> {
  const assignments = [...values.keys()].map((name, index) => `${quoteIdentifier(name)} = $${index + 2}`);
  await uniquely(object, () =>
    work.connection.query(`UPDATE ${tableOf(object)} SET ${assignments.join(', ')} WHERE "Id" = $1`, [
      id,
      ...values.values(),
    ]),
  );
}

/** The next automatic name of an object, e.g. `SC-000042`. */
export async function nextName(work: UnitOfWork, object: ObjectDefinition, format: string): Promise<string> {
  const [row] = await work.connection.query<{ number: number }>('SELECT nextval($1::regclass) AS number', [
    nameSequenceOf(object),
  ]);
  return format.replace(/\{(0+)\}/, (_, zeros: string) =>
    String(row?.number ?? 0).padStart(zeros.length, '0'),
  );
}

/** Two requests may wait for each other's rows: one of them is refused, as the org refuses it. */
async function withoutDeadlock<Result>(id: string, lock: () => Promise<Result>): Promise<Result> {
  try {
    return await lock();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === DEADLOCK_DETECTED) {
      throw unableToLockRow([id]);
    }
    throw error;
  }
}

/** Two requests may pass the check for duplicates at once: the index decides then, in the same words. */
async function uniquely(object: ObjectDefinition, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? error.constraint : null;
    const field = object.fields.find((candidate) => uniqueIndexName(object, candidate) === constraint);
    throw field ? duplicateValue(field.name, null) : error;
  }
}

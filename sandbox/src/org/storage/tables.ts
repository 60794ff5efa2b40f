import type { FieldDefinition, FieldType, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { quoteIdentifier } from './database.ts';
import type { Connection } from './database.ts';
import { ID_BLOCK_SIZE } from './recordIds.ts';
import { TEXT_COLLATION } from './textCase.ts';

const COLUMN_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  boolean: 'boolean NOT NULL DEFAULT false',
  int: 'numeric',
  double: 'numeric',
  currency: 'numeric',
  percent: 'numeric',
  date: 'date',
  datetime: 'timestamptz',
};

/** The quoted name of an object's table. */
export function tableOf(object: ObjectDefinition): string {
  return `org.${quoteIdentifier(object.name)}`;
}

/** The quoted name of the sequence behind an object's automatic names. */
export function nameSequenceOf(object: ObjectDefinition): string {
  return `local_org.${quoteIdentifier(`names of ${object.name}`)}`;
}

/** The fields whose unique index has this name, so that a violation can name them. */
export function uniqueIndexName(object: ObjectDefinition, field: FieldDefinition): string {
  return `${object.name}.${field.name} is unique`.slice(0, 63);
}

export async function dropTables(connection: Connection): Promise<void> {
  await connection.query('DROP SCHEMA IF EXISTS org CASCADE');
  await connection.query('DROP SCHEMA IF EXISTS local_org CASCADE');
}

/** Creates the org's own bookkeeping. */
export async function createBookkeeping(connection: Connection): Promise<void> {
  await connection.query('CREATE SCHEMA IF NOT EXISTS org');
  await connection.query('CREATE SCHEMA IF NOT EXISTS local_org');
  await connection.query(
    `CREATE SEQUENCE IF NOT EXISTS local_org.record_number START ${ID_BLOCK_SIZE} INCREMENT ${ID_BLOCK_SIZE}`,
  );
  await connection.query(
    'CREATE TABLE IF NOT EXISTS local_org.key_prefix (object_name text PRIMARY KEY, prefix text NOT NULL UNIQUE)',
  );
}

/** Creates the table of every object, or adds the columns that the schema has gained. Nothing is ever dropped. */
export async function createTables(connection: Connection, schema: Schema): Promise<void> {
  const objects = schema.objects.filter((object) => object.kind !== 'view');
  for (const object of objects) {
    await connection.query(`CREATE TABLE IF NOT EXISTS ${tableOf(object)} ("Id" text PRIMARY KEY)`);
    const columns = object.fields
      .filter((field) => field.name !== 'Id')
      .map((field) => `ADD COLUMN IF NOT EXISTS ${quoteIdentifier(field.name)} ${columnType(field)}`);
    await connection.query(`ALTER TABLE ${tableOf(object)} ${columns.join(', ')}`);
    for (const field of object.fields) await createIndex(connection, object, field);
    if (object.fields.some((field) => field.autoNumberFormat !== null)) {
      await connection.query(`CREATE SEQUENCE IF NOT EXISTS ${nameSequenceOf(object)}`);
    }
  }
  await createNameView(connection, objects);
}

function columnType(field: FieldDefinition): string {
  // The cluster's own collation may know no letter case beyond ASCII.
  return COLUMN_TYPES[field.type] ?? `text COLLATE ${TEXT_COLLATION}`;
}

async function createIndex(
  connection: Connection,
  object: ObjectDefinition,
  field: FieldDefinition,
): Promise<void> {
  const column = quoteIdentifier(field.name);
  if (field.unique || field.externalId) {
    const key = field.caseSensitive || COLUMN_TYPES[field.type] ? column : `lower(${column})`;
    const name = uniqueIndexName(object, field);
    await connection.query(
      `CREATE ${field.unique ? 'UNIQUE' : ''} INDEX IF NOT EXISTS ${quoteIdentifier(name)}
       ON ${tableOf(object)} (${key}) WHERE NOT "IsDeleted"`,
    );
  } else if (field.reference) {
    const name = `${object.name}.${field.name} refers`.slice(0, 63);
    await connection.query(
      `CREATE INDEX IF NOT EXISTS ${quoteIdentifier(name)} ON ${tableOf(object)} (${column})`,
    );
  }
}

/** The view that a polymorphic reference leads to: every record that has a name. */
async function createNameView(connection: Connection, objects: readonly ObjectDefinition[]): Promise<void> {
  const parts = objects
    .filter((object) => object.fields.some((field) => field.name === 'Name'))
    .map((object) => `SELECT "Id", "Name", '${object.name}'::text AS "Type" FROM ${tableOf(object)}`);
  await connection.query('DROP VIEW IF EXISTS org."Name"');
  await connection.query(`CREATE VIEW org."Name" AS ${parts.join(' UNION ALL ')}`);
}

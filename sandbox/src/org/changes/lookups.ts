import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import { quoteIdentifier } from '../storage/database.ts';
import type { Connection } from '../storage/database.ts';
import { tableOf } from '../storage/tables.ts';
import { foldedValue } from '../storage/textCase.ts';
import type { StoredValue } from './fieldValues.ts';

/** A record that a reference names. */
export interface ReferencedRecord {
  /** Of a user; true for any other record. */
  readonly isActive: boolean;
  /** The account that it belongs to, where it has such a field. */
  readonly accountId: string | null;
}

/** What a save asks of other records. */
export interface Lookups {
  /** The record of an id, or null where there is none. */
  referenced(target: ObjectDefinition, id: string): Promise<ReferencedRecord | null>;
  /** The ids of the living records that have this value in a unique field or external id; ten at most. */
  holders(object: ObjectDefinition, field: FieldDefinition, value: StoredValue): Promise<readonly string[]>;
}

/** Asks the database each time. */
export function askingLookups(connection: Connection): Lookups {
  return {
    async referenced(target, id) {
      return (await readReferenced(connection, target, [id])).get(id) ?? null;
    },
    async holders(object, field, value) {
      return (await readHolders(connection, object, field, [value])).get(String(value)) ?? [];
    },
  };
}

/** What is asked of many records at once, so that each need not ask for itself. */
export interface Questions {
  readonly referencedIds: ReadonlyMap<ObjectDefinition, ReadonlySet<string>>;
  readonly heldValues: ReadonlyMap<FieldDefinition, readonly StoredValue[]>;
}

/**
 * Answers the questions with one statement per object and field, and whatever else is asked as it comes. What is
 * changed by the same request is not seen: the database's own constraints must decide then.
 */
export async function preparedLookups(
  connection: Connection,
  object: ObjectDefinition,
  { referencedIds, heldValues }: Questions,
): Promise<Lookups> {
  const asking = askingLookups(connection);
  const referenced = new Map<string, ReferencedRecord>();
  for (const [target, ids] of referencedIds)
    for (const [id, record] of await readReferenced(connection, target, [...ids])) referenced.set(id, record);
  const held = new Map<FieldDefinition, { asked: Set<string>; found: Map<string, string[]> }>();
  for (const [field, values] of heldValues)
    held.set(field, {
      asked: new Set(values.map(String)),
      found: await readHolders(connection, object, field, values),
    });
  return {
    referenced: async (target, id) => referenced.get(id) ?? (await asking.referenced(target, id)),
    async holders(ofObject, field, value) {
      const known = held.get(field);
      const key = String(value);
      if (ofObject !== object || known?.asked.has(key) !== true)
        return asking.holders(ofObject, field, value);
      return known.found.get(key) ?? [];
    },
  };
}

async function readReferenced(
  connection: Connection,
  target: ObjectDefinition,
  ids: readonly string[],
): Promise<Map<string, ReferencedRecord>> {
  const has = (name: string): boolean => target.fields.some((field) => field.name === name);
  const rows = await connection.query<{ Id: string; isActive: boolean; accountId: string | null }>(
    `SELECT "Id", ${target.name === 'User' ? '"IsActive"' : 'true'} AS "isActive",
            ${has('AccountId') ? '"AccountId"' : 'NULL'} AS "accountId"
       FROM ${tableOf(target)} WHERE "Id" = ANY($1::text[]) AND NOT "IsDeleted"`,
    [ids],
  );
  return new Map(rows.map((row) => [row.Id, row]));
}

/** By the value as it was given, in the letter case in which it was given. */
async function readHolders(
  connection: Connection,
  object: ObjectDefinition,
  field: FieldDefinition,
  values: readonly StoredValue[],
): Promise<Map<string, string[]>> {
  const column = `held.${quoteIdentifier(field.name)}`;
  const isText = values.every((value) => typeof value === 'string');
  const matches =
    isText && !field.caseSensitive
      ? `lower(${column}) = ${foldedValue('given.value')}`
      : `${column} = given.value`;
  const rows = await connection.query<{ value: string; ids: string[] }>(
    `SELECT given.value::text AS value, array_agg(holder."Id") AS ids
       FROM unnest($1::${isText ? 'text' : 'numeric'}[]) AS given (value)
      CROSS JOIN LATERAL (SELECT held."Id" FROM ${tableOf(object)} held
                           WHERE ${matches} AND NOT held."IsDeleted" LIMIT 10) holder
      GROUP BY given.value`,
    [values],
  );
  return new Map(rows.map(({ value, ids }) => [value, ids]));
}

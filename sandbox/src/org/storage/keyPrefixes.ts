import type { ObjectDefinition } from '../schema/model.ts';
import { createSchema } from '../schema/schema.ts';
import type { Schema } from '../schema/schema.ts';
import type { Connection } from './database.ts';
import { inBase62 } from './recordIds.ts';

/** Where the prefixes of custom objects (`a00`) and of custom metadata types (`m00`) begin. */
const FIRST_LETTER = { custom: 'a', customMetadata: 'm' } as const;

/** Gives every custom object its key prefix. One that an object was once given stays its own. */
export async function assignKeyPrefixes(connection: Connection, schema: Schema): Promise<Schema> {
  const rows = await connection.query<{ object_name: string; prefix: string }>(
    'SELECT object_name, prefix FROM local_org.key_prefix',
  );
  const prefixOf = new Map(rows.map((row) => [row.object_name, row.prefix]));
  const objects: ObjectDefinition[] = [];
  for (const object of schema.objects) {
    if (object.kind !== 'custom' && object.kind !== 'customMetadata') {
      objects.push(object);
      continue;
    }
    const prefix = prefixOf.get(object.name) ?? freePrefix(FIRST_LETTER[object.kind], [...prefixOf.values()]);
    prefixOf.set(object.name, prefix);
    await connection.query(
      'INSERT INTO local_org.key_prefix (object_name, prefix) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [object.name, prefix],
    );
    objects.push({ ...object, keyPrefix: prefix });
  }
  return createSchema(objects);
}

function freePrefix(letter: string, taken: readonly string[]): string {
  let number = 0;
  while (taken.includes(letter + inBase62(number, 2))) number += 1;
  return letter + inBase62(number, 2);
}

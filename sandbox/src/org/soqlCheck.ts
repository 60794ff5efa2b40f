import { DateTime } from 'luxon';
import { systemAccess } from './access/userAccess.ts';
import { ApiError } from './apiError.ts';
import { compileQuery } from './query/compileQuery.ts';
import { QueryError } from './query/queryErrors.ts';
import type { Schema } from './schema/schema.ts';
import { loadMetadata } from './schema/loadMetadata.ts';
import { parseSoql } from './soql/parseSoql.ts';

/** Checks queries against the schema that the org reads from metadata, without running them. */
export interface SoqlCheck {
  readonly schema: Schema;
  /** What the org would say to this query; null when it would run it. */
  faultOf(soql: string): string | null;
}

/** Reads the metadata. Throws, naming the file, where it is wrong. */
export function createSoqlCheck(metadataDirectories: readonly string[]): SoqlCheck {
  const { schema } = loadMetadata(metadataDirectories);
  const context = { schema, access: systemAccess('UTC', 1), now: DateTime.utc() };
  return {
    schema,
    faultOf(soql) {
      try {
        const model = parseSoql(soql, () => []);
        compileQuery(context, { ...model, includesDeleted: false, includesArchived: false });
        return null;
      } catch (error) {
        if (error instanceof QueryError || error instanceof ApiError) return error.message.trim();
        throw error;
      }
    },
  };
}

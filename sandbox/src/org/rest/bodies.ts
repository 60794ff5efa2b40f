import { z } from 'zod';

import { ApiError, malformedJson } from '../apiError.ts';

/** The fields of one record, of whatever kinds: the schema checks them. */
export const recordBody = z.record(z.string(), z.unknown());

/** A record inside a collection, which names its object. */
export const typedRecord = z.looseObject({ attributes: z.object({ type: z.string() }) });

/** Parses a request's body. Throws `JSON_PARSER_ERROR` naming the place that is wrong. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw malformedJson(`${issue?.message ?? 'Invalid body'} at ${issue?.path.join('.') || 'the top level'}`);
}

/** Throws where a collection has more records than one call may carry. */
export function checkCollectionSize(count: number, maximum = 200): void {
  if (count <= maximum) return;
  throw new ApiError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${maximum} records into this call`,
  );
}

import * as z from 'zod/mini';
import { dataPath, orgRequest } from '../browser/platform/orgRequest.ts';

const describeSchema = z.object({
  label: z.string(),
  fields: z.array(z.object({ name: z.string(), label: z.string(), type: z.string() })),
});

export type ObjectDescription = z.infer<typeof describeSchema>;

/**
 * Runs a SOQL query and checks each record. Answers are cut at 2,000 records, as the org cuts its first page.
 * @throws OrgRequestError when the org refuses the query
 */
export async function query<T>(soql: string, recordSchema: z.ZodMiniType<T>): Promise<T[]> {
  const answer = await orgRequest(dataPath(`query?q=${encodeURIComponent(soql)}`));
  return z.object({ records: z.array(recordSchema) }).parse(answer).records;
}

/** What the signed-in user may see of an object: its label and fields. */
export async function describeObject(objectName: string): Promise<ObjectDescription> {
  return describeSchema.parse(
    await orgRequest(dataPath(`sobjects/${encodeURIComponent(objectName)}/describe`)),
  );
}

/** A record id that is safe to stand in a query. */
export function quoteId(recordId: string): string {
  return `'${recordId.replaceAll(/[^a-zA-Z0-9]/gu, '')}'`;
}

/** An error's words for a person. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong';
}

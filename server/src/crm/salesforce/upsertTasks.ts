import * as z from 'zod/mini';
import { CrmError } from '../port.ts';
import { CODE_PATTERN } from './errorCodes.ts';
import type { SalesforceSession } from './session.ts';
import { queryAllRows, soqlText } from './soql.ts';
import type { TaskRecord } from './taskOf.ts';

/** What the org did with one Task: its id, or the code of what it found wrong. */
export type TaskResult =
  { readonly taskId: string; readonly code: null } | { readonly taskId: null; readonly code: string };

/** What the org has of a call. */
export interface ExistingTask {
  readonly taskId: string;
  readonly version: number;
}

/** Records of one collections request; the org's limit. */
export const TASKS_PER_REQUEST = 200;

const errorSchema = z.object({ statusCode: z.optional(z.string()), errorCode: z.optional(z.string()) });

/** One row of a collections answer; the REST guide has `statusCode`, some rows of real orgs `errorCode`. */
export const rowResultSchema = z.object({
  id: z.nullish(z.string()),
  success: z.boolean(),
  errors: z.optional(z.array(errorSchema)),
});

const existingTaskSchema = z.object({
  Id: z.string(),
  Call_Id__c: z.string(),
  Call_Version__c: z.nullable(z.number()),
});

/**
 * Creates or amends Tasks by `Call_Id__c`, each on its own: a refused one holds up no other. Results are in the
 * order of the records.
 * @throws CrmError when the request as a whole failed
 */
export async function upsertTasks(
  session: SalesforceSession,
  tasks: readonly TaskRecord[],
): Promise<TaskResult[]> {
  if (tasks.length === 0) return [];
  const results = await session.request(
    {
      method: 'PATCH',
      path: '/composite/sobjects/Task/Call_Id__c',
      body: { allOrNone: false, records: tasks.map((task) => ({ attributes: { type: 'Task' }, ...task })) },
    },
    z.array(rowResultSchema),
  );
  if (results.length !== tasks.length) throw new CrmError('UNREADABLE_ANSWER', true);
  return results.map((result) =>
    result.success && typeof result.id === 'string'
      ? { taskId: result.id, code: null }
      : { taskId: null, code: codeOfRow(result) },
  );
}

/** The first code of a refused row. */
export function codeOfRow({ errors }: z.infer<typeof rowResultSchema>): string {
  const code = errors?.[0]?.statusCode ?? errors?.[0]?.errorCode ?? '';
  return CODE_PATTERN.test(code) ? code : 'UNKNOWN_EXCEPTION';
}

/**
 * The Tasks that the org has of these calls, with the version each has.
 * @throws CrmError
 */
export async function findTasks(
  session: SalesforceSession,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, ExistingTask>> {
  if (callIds.length === 0) return new Map();
  const rows = await queryAllRows(
    session,
    `SELECT Id, Call_Id__c, Call_Version__c FROM Task WHERE Call_Id__c IN (${callIds.map(soqlText).join(', ')})`,
    existingTaskSchema,
  );
  return new Map(rows.map((row) => [row.Call_Id__c, { taskId: row.Id, version: row.Call_Version__c ?? 0 }]));
}

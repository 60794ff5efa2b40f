import * as z from 'zod/mini';
import type { Connection } from '../../../database/index.ts';
import { apiInstantSchema, defineCopy } from '../changedRecords.ts';
import type { SalesforceSession } from '../session.ts';
import { queryPages, soqlText } from '../soql.ts';

const FIELDS = [
  'Id',
  'Call_Id__c',
  'Call_Version__c',
  'Call_Outcome__c',
  'WhoId',
  'WhatId',
  'IsDeleted',
  'IsArchived',
  'SystemModstamp',
];
const callTaskSchema = z.object({
  Id: z.string(),
  Call_Id__c: z.string().check(z.toLowerCase(), z.regex(/^[0-9a-f-]{36}$/u)),
  Call_Version__c: z.nullable(z.number()),
  Call_Outcome__c: z.nullable(z.string()),
  WhoId: z.nullable(z.string()),
  WhatId: z.nullable(z.string()),
  IsDeleted: z.boolean(),
  IsArchived: z.boolean(),
  SystemModstamp: apiInstantSchema,
});
type CallTask = z.infer<typeof callTaskSchema>;

/** The calls' own Tasks, to learn what reps edit and delete in the org. */
export const callTaskCopy = defineCopy({
  objectName: 'Task',
  cursorName: 'Task of a call',
  fields: FIELDS,
  condition: 'Call_Id__c != null',
  schema: callTaskSchema,
  store: (connection, rows, { orgId }) => storeCallTasks(connection, orgId, rows),
});

/** Calls asked for at once: their ids must fit into an address. */
export const CALLS_PER_QUESTION = 200;

/**
 * Asks the org for the Tasks of these calls, deleted and archived ones too, and keeps what it has. Gives the calls
 * of which it has none.
 *
 * @throws CrmError
 */
export async function askForTasks(
  connection: Connection,
  session: SalesforceSession,
  orgId: string,
  callIds: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  const soql = `SELECT ${FIELDS.join(', ')} FROM Task WHERE Call_Id__c IN (${callIds.map(soqlText).join(', ')})`;
  for await (const rows of queryPages(session, soql, callTaskSchema, { includesDeleted: true })) {
    await storeCallTasks(connection, orgId, rows);
    for (const row of rows) found.add(row.Call_Id__c);
  }
  return callIds.filter((callId) => !found.has(callId));
}

/** One row per call: of a deleted Task and a living one, the living one tells. */
async function storeCallTasks(
  connection: Connection,
  orgId: string,
  rows: readonly CallTask[],
): Promise<void> {
  const byCall = new Map<string, CallTask>();
  for (const row of rows) {
    const other = byCall.get(row.Call_Id__c);
    if (other === undefined || other.IsDeleted) byCall.set(row.Call_Id__c, row);
  }
  const tasks = [...byCall.values()];
  await connection.query(
    `insert into crm_call_task as known (org_id, call_id, task_id, version, outcome, record_id, is_deleted,
       is_archived)
     select $1, each.* from unnest(
       $2::uuid[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::boolean[], $8::boolean[]) as each
     on conflict (org_id, call_id) do update
     set task_id = excluded.task_id, version = excluded.version, outcome = excluded.outcome,
       record_id = excluded.record_id,
       is_deleted = excluded.is_deleted, is_archived = excluded.is_archived, read_at = now(),
       is_judged = false
     where not excluded.is_deleted or known.task_id = excluded.task_id`,
    [
      orgId,
      tasks.map((task) => task.Call_Id__c),
      tasks.map((task) => task.Id),
      tasks.map((task) => task.Call_Version__c ?? 0),
      tasks.map((task) => task.Call_Outcome__c),
      tasks.map((task) => task.WhoId ?? task.WhatId),
      tasks.map((task) => task.IsDeleted),
      tasks.map((task) => task.IsArchived),
    ],
  );
}

import * as z from 'zod/mini';
import type { CallDetail } from '../../../calls/index.ts';
import type { SalesforceSession } from '../session.ts';
import type { DueFollowUp } from './dueFollowUps.ts';
import { queryPages, soqlText } from '../soql.ts';
import { taskOf, withoutParent, type TaskRecord } from './taskOf.ts';
import type { RowResult, UpsertGroup } from './upsertGroups.ts';

/** A call to be written. */
export interface DueCall {
  readonly call: CallDetail;
  /** The rep's IANA zone. */
  readonly timeZone: string;
  /** The call's version that the org is known to have; null while it is not known to have any. */
  readonly deliveredVersion: number | null;
  /** What else the org lacks of it. */
  readonly followUp?: DueFollowUp | undefined;
}

/** One try to write a call. */
export interface TaskAttempt extends DueCall {
  readonly task: TaskRecord;
}

export interface DeliveredCall {
  readonly callId: string;
  readonly taskId: string;
  readonly version: number;
}

export interface RefusedCall {
  readonly callId: string;
  readonly version: number;
  readonly code: string;
  /** The field that the org names as wrong. */
  readonly fieldName?: string | undefined;
}

/** What an answer means for the calls that were sent. */
export interface TaskOutcome {
  readonly delivered: readonly DeliveredCall[];
  readonly refused: readonly RefusedCall[];
  /** Refused for a reason that can be mended at once, with the mended record. */
  readonly retries: readonly TaskAttempt[];
}

/** A field that may only be written at creation was sent for a Task that exists, or the field may not be written. */
const NOT_WRITABLE_CODE = 'INVALID_FIELD_FOR_INSERT_UPDATE';
/** The package's own rule that a Task's version never falls: somebody was faster. */
const OUTRUN_CODE = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
/** The contact, lead or account of the call is gone. */
const PARENT_MISSING_CODES: ReadonlySet<string> = new Set([
  'INVALID_CROSS_REFERENCE_KEY',
  'ENTITY_IS_DELETED',
]);

/** The first try of each call; calls of one contact or account lie side by side, as the org locks their record. */
export function firstAttempts(due: readonly DueCall[]): TaskAttempt[] {
  return due
    .map((each) => ({ ...each, task: taskOf(each.call, each.timeZone, each.deliveredVersion) }))
    .sort((one, other) => ((one.call.recordId ?? '') < (other.call.recordId ?? '') ? -1 : 1));
}

export function taskGroup(attempts: readonly TaskAttempt[]): UpsertGroup {
  return {
    objectName: 'Task',
    externalIdField: 'Call_Id__c',
    records: attempts.map(({ task }) => task),
  };
}

/**
 * Reads the results of the attempts. A Task that turns out to exist (an earlier answer was lost, or another worker
 * was faster) is amended from the version it has; a call whose contact or account was deleted is logged without it.
 *
 * @throws CrmError when the org could not be asked what it has
 */
export async function outcomeOfTasks(
  session: SalesforceSession,
  attempts: readonly TaskAttempt[],
  rows: readonly RowResult[],
  until: number,
): Promise<TaskOutcome> {
  const answered = attempts.map((attempt, index) => ({ attempt, row: rows[index] ?? NO_ANSWER }));
  const inDoubt = answered.filter(
    ({ attempt, row }) =>
      row.code === OUTRUN_CODE || (row.code === NOT_WRITABLE_CODE && attempt.deliveredVersion === null),
  );
  const existing = await findTasks(
    session,
    inDoubt.map(({ attempt }) => attempt.call.callId),
    until,
  );
  const outcome = { delivered: [], refused: [], retries: [] } as {
    delivered: DeliveredCall[];
    refused: RefusedCall[];
    retries: TaskAttempt[];
  };
  for (const { attempt, row } of answered) {
    const { call, timeZone } = attempt;
    const { callId } = call;
    const known = existing.get(callId);
    const orphan = PARENT_MISSING_CODES.has(row.code ?? '') ? withoutParent(attempt.task) : null;
    if (row.code === null) outcome.delivered.push({ callId, taskId: row.id, version: call.version });
    else if (known !== undefined && known.version >= call.version)
      outcome.delivered.push({ callId, ...known });
    else if (known !== undefined && known.version !== attempt.deliveredVersion)
      outcome.retries.push({
        ...attempt,
        deliveredVersion: known.version,
        task: taskOf(call, timeZone, known.version),
      });
    else if (orphan !== null) outcome.retries.push({ ...attempt, task: orphan });
    else outcome.refused.push({ callId, version: call.version, code: row.code, fieldName: row.fieldName });
  }
  return outcome;
}

const NO_ANSWER: RowResult = { id: null, code: 'UNKNOWN_EXCEPTION' };

const existingTaskSchema = z.object({
  Id: z.string(),
  Call_Id__c: z.string(),
  Call_Version__c: z.nullable(z.number()),
});

/** The Tasks that the org has of these calls, archived ones too, with the version each has. */
async function findTasks(
  session: SalesforceSession,
  callIds: readonly string[],
  until: number,
): Promise<ReadonlyMap<string, { taskId: string; version: number }>> {
  const found = new Map<string, { taskId: string; version: number }>();
  if (callIds.length === 0) return found;
  const soql = `SELECT Id, Call_Id__c, Call_Version__c FROM Task
    WHERE Call_Id__c IN (${callIds.map(soqlText).join(', ')}) AND IsDeleted = false`;
  for await (const rows of queryPages(session, soql, existingTaskSchema, { includesDeleted: true, until }))
    for (const row of rows) found.set(row.Call_Id__c, { taskId: row.Id, version: row.Call_Version__c ?? 0 });
  return found;
}

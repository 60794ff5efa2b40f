import { outcomeOf } from '@scoreline/contract';
import type { CallDetail } from '../../../calls/index.ts';
import type { Connection } from '../../../database/index.ts';
import type { DueFollowUp } from './dueFollowUps.ts';
import type { DueCall, RefusedCall } from './sendTasks.ts';
import { parentsOf, type SalesforceFields } from './taskOf.ts';
import type { GroupResult, UpsertGroup } from './upsertGroups.ts';

type FollowUpRecord = SalesforceFields & { readonly Follow_Up_Of__c: string };

/** One try to write a follow-up. */
interface FollowUpAttempt {
  readonly call: CallDetail;
  readonly dueOn: string | null;
  readonly record: FollowUpRecord;
}

export interface DeliveredFollowUp {
  readonly callId: string;
  readonly version: number;
  readonly taskId: string;
  readonly dueOn: string | null;
}

interface FollowUpOutcome {
  readonly delivered: readonly DeliveredFollowUp[];
  readonly refused: readonly RefusedCall[];
  /** Refused because the record that they name is gone; the same without it. */
  readonly retries: readonly FollowUpAttempt[];
}

const PARENT_MISSING_CODES = ['INVALID_CROSS_REFERENCE_KEY', 'ENTITY_IS_DELETED'];

/** The follow-ups that go with these calls. */
export function followUpAttempts(due: readonly DueCall[]): FollowUpAttempt[] {
  return due.flatMap(({ call, followUp }) =>
    followUp === undefined ? [] : [{ call, dueOn: followUp.dueOn, record: recordOf(call, followUp) }],
  );
}

export function followUpGroup(attempts: readonly FollowUpAttempt[]): UpsertGroup {
  return {
    objectName: 'Task',
    externalIdField: 'Follow_Up_Of__c',
    records: attempts.map(({ record }) => record),
  };
}

/**
 * The open Task of a promise. One that the org has gets the new day alone, so that what the rep wrote on it stays;
 * a withdrawn one is closed and says so.
 */
function recordOf(call: CallDetail, { dueOn, writtenOn, writtenVersion }: DueFollowUp): FollowUpRecord {
  const { callId, version, outcome, recordVersion } = call;
  const key = { Follow_Up_Of__c: callId, Call_Version__c: version };
  if (dueOn === null) return { ...key, Subject: 'Follow-up withdrawn', Status: 'Completed' };
  const isChosenSince = recordVersion !== null && recordVersion > (writtenVersion ?? 0);
  if (writtenOn !== null) return { ...key, ActivityDate: dueOn, ...(isChosenSince ? parentsOf(call) : {}) };
  return {
    ...key,
    Subject: outcome === null ? 'Follow up' : `Follow up: ${outcomeOf(outcome).label}`,
    ActivityDate: dueOn,
    Status: 'Not Started',
    Priority: 'Normal',
    OwnerId: call.userId,
    ...parentsOf(call),
  };
}

export function outcomeOfFollowUps(
  attempts: readonly FollowUpAttempt[],
  result: GroupResult | undefined,
): FollowUpOutcome {
  const delivered: DeliveredFollowUp[] = [];
  const refused: RefusedCall[] = [];
  const retries: FollowUpAttempt[] = [];
  for (const [index, attempt] of attempts.entries()) {
    const { call, dueOn, record } = attempt;
    const { callId, version } = call;
    const row = result?.rows[index] ?? { id: null, code: 'UNKNOWN_EXCEPTION' };
    if (row.code === null) {
      delivered.push({ callId, version, taskId: row.id, dueOn });
      continue;
    }
    const orphan = PARENT_MISSING_CODES.includes(row.code) ? withoutParents(record) : null;
    if (orphan === null) refused.push({ callId, version, code: row.code, fieldName: row.fieldName });
    else retries.push({ ...attempt, record: orphan });
  }
  return { delivered, refused, retries };
}

function withoutParents(record: FollowUpRecord): FollowUpRecord | null {
  const hadParent = (record['WhoId'] ?? null) !== null || (record['WhatId'] ?? null) !== null;
  return hadParent ? { ...record, WhoId: null, WhatId: null } : null;
}

/** Notes which follow-ups the org has now. */
export async function recordFollowUps(
  connection: Connection,
  orgId: string,
  delivered: readonly DeliveredFollowUp[],
): Promise<void> {
  if (delivered.length === 0) return;
  await connection.query(
    `update crm_delivery set follow_up_on = done.due_on, follow_up_task_id = done.task_id,
       follow_up_version = done.version,
       follow_up_days = case when done.due_on is null then follow_up_days else follow_up_days || done.due_on end
     from unnest($2::uuid[], $3::text[], $4::integer[], $5::date[]) as done (call_id, task_id, version, due_on)
     where crm_delivery.org_id = $1 and crm_delivery.call_id = done.call_id`,
    [
      orgId,
      delivered.map(({ callId }) => callId),
      delivered.map(({ taskId }) => taskId),
      delivered.map(({ version }) => version),
      delivered.map(({ dueOn }) => dueOn),
    ],
  );
}

import type { CallDetail } from '../../calls/index.ts';
import type { SalesforceSession } from './session.ts';
import { taskOf, withoutParent, type TaskRecord } from './taskOf.ts';
import { findTasks, upsertTasks } from './upsertTasks.ts';

/** A call to be written. */
export interface DueCall {
  readonly call: CallDetail;
  /** The rep's IANA zone. */
  readonly timeZone: string;
  /** The call's version that the org is known to have; null while it is not known to have any. */
  readonly deliveredVersion: number | null;
}

interface DeliveredCall {
  readonly callId: string;
  readonly taskId: string;
  readonly version: number;
}

export interface RefusedCall {
  readonly callId: string;
  readonly code: string;
}

export interface Sent {
  readonly delivered: readonly DeliveredCall[];
  readonly refused: readonly RefusedCall[];
}

interface Attempt {
  readonly due: DueCall;
  readonly task: TaskRecord;
}
interface FailedAttempt extends Attempt {
  readonly code: string;
}

/** A field that may only be written at creation was sent for a Task that exists, or the field may not be written. */
const NOT_WRITABLE_CODE = 'INVALID_FIELD_FOR_INSERT_UPDATE';
/** The contact, lead or account of the call is gone. */
const PARENT_MISSING_CODES: ReadonlySet<string> = new Set([
  'INVALID_CROSS_REFERENCE_KEY',
  'ENTITY_IS_DELETED',
]);

/**
 * Writes calls to the org, at most 200. What was refused for a reason that can be mended is sent once more: a Task
 * that turns out to exist (an earlier answer was lost) is amended from the version it has, and a call whose contact
 * or account was deleted is logged without it.
 * @throws CrmError when a request as a whole failed
 */
export async function sendTasks(session: SalesforceSession, due: readonly DueCall[]): Promise<Sent> {
  const first = await attemptAll(
    session,
    due.map((each) => ({ due: each, task: taskOf(each.call, each.timeZone, each.deliveredVersion) })),
  );
  const { upToDate, retries } = await mend(session, first.failed);
  const second = await attemptAll(session, retries);
  const mended = new Set([
    ...upToDate.map(({ callId }) => callId),
    ...retries.map(({ due: { call } }) => call.callId),
  ]);
  return {
    delivered: [...first.delivered, ...upToDate, ...second.delivered],
    refused: [...first.failed.filter(({ due: { call } }) => !mended.has(call.callId)), ...second.failed].map(
      ({ due: { call }, code }) => ({ callId: call.callId, code }),
    ),
  };
}

async function attemptAll(session: SalesforceSession, attempts: readonly Attempt[]) {
  // Calls of one contact or account lie side by side, so that requests seldom wait for the same row lock.
  const sorted = attempts.toSorted((one, other) => (parentOf(one) < parentOf(other) ? -1 : 1));
  const results = await upsertTasks(
    session,
    sorted.map(({ task }) => task),
  );
  const delivered: DeliveredCall[] = [];
  const failed: FailedAttempt[] = [];
  for (const [index, attempt] of sorted.entries()) {
    const { callId, version } = attempt.due.call;
    const result = results[index] ?? { taskId: null, code: 'UNKNOWN_EXCEPTION' };
    if (result.code === null) delivered.push({ callId, taskId: result.taskId, version });
    else failed.push({ ...attempt, code: result.code });
  }
  return { delivered, failed };
}

async function mend(session: SalesforceSession, failed: readonly FailedAttempt[]) {
  const notWritable = failed.filter(
    ({ due, code }) => due.deliveredVersion === null && code === NOT_WRITABLE_CODE,
  );
  const existing = await findTasks(
    session,
    notWritable.map(({ due: { call } }) => call.callId),
  );
  const upToDate: DeliveredCall[] = [];
  const retries: Attempt[] = [];
  for (const { due, task, code } of failed) {
    const { call, timeZone } = due;
    const known = existing.get(call.callId);
    if (known !== undefined && known.version >= call.version)
      upToDate.push({ callId: call.callId, taskId: known.taskId, version: known.version });
    else if (known !== undefined) retries.push({ due, task: taskOf(call, timeZone, known.version) });
    else if (PARENT_MISSING_CODES.has(code)) {
      const orphan = withoutParent(task);
      if (orphan !== null) retries.push({ due, task: orphan });
    }
  }
  return { upToDate, retries };
}

function parentOf({ due: { call } }: Attempt): string {
  return call.recordId ?? '';
}

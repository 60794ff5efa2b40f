import type { Connection } from '../database/index.ts';
import type { CallDetail, CallRecord } from './callRecord.ts';

/** A record as the database gives it. */
export type Stored<Record extends CallRecord> = Omit<Record, 'startedAt' | 'endedAt'> & {
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

/** The columns of a {@link CallRecord}, of the table `call`. */
const RECORD_COLUMNS = `
  call.org_id as "orgId", call.call_id as "callId", call.user_id as "userId",
  call.version, call.position, call.state, call.evidence, call.direction, call.purpose,
  call.is_missed as "isMissed", call.voicemail_seconds as "voicemailSeconds", call.measured,
  call.started_at as "startedAt", call.ended_at as "endedAt", call.answered,
  call.ring_seconds as "ringSeconds", call.talk_seconds as "talkSeconds", call.hold_seconds as "holdSeconds",
  call.after_call_seconds as "afterCallSeconds", call.end_cause as "endCause", call.ended_by as "endedBy",
  call.outcome, call.outcome_witness as "outcomeWitness", call.outcome_version as "outcomeVersion", call.network_witness as "networkWitness",
  call.record_version as "recordVersion"`;

/** The columns of a {@link CallDetail}, of `call` and of `call_personal` as `personal`. */
export const DETAIL_COLUMNS = `${RECORD_COLUMNS}, coalesce(personal.number_e164, '') as "numberE164",
  personal.record_id as "recordId", personal.note, personal.reason, personal.follow_up_on as "followUpOn"`;

/** These calls of the org, with their personal data as far as it was not erased; unknown ids are left out. */
export async function findCalls(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<CallDetail[]> {
  const rows = await connection.query<Stored<CallDetail>>(
    `select ${DETAIL_COLUMNS}
     from call left join call_personal personal using (org_id, call_id)
     where call.org_id = $1 and call.call_id = any($2::uuid[])
     order by call.user_id, call.position`,
    [orgId, callIds],
  );
  return rows.map(withInstants);
}

export function withInstants<Row extends Stored<CallRecord>>(
  row: Row,
): Row & { startedAt: string | null; endedAt: string | null } {
  return {
    ...row,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

import type { KeyObject } from 'node:crypto';
import type { CallEvent, NetworkEvent } from '@scoreline/contract';
import type { ColumnValue, Connection } from '../../org/index.ts';
import { contentHash, keyedHash, networkEvents, outcomeEvent } from './callEvents.ts';
import type { PastCall } from './calls.ts';
import { SETUP_MS } from './course.ts';

/** What the ledger's rows name the org's records by. */
export interface LedgerNames {
  readonly orgId: string;
  /** As an object: a key given as bytes is prepared anew for each of a million hashes. */
  readonly personalDataKey: KeyObject;
  /** The user id of a rep, by index. */
  readonly userIdOf: (rep: number) => string;
  readonly recordIdOf: (call: PastCall) => string;
  readonly taskIdOf: (call: PastCall) => string;
}

/** The permit, the switch's report, the softphone's report, the outcome: three commits changed the call. */
const VERSION = 3;
/** What passes until a report has come to the relay, and until the Task is written. */
const RECEIVED_AFTER_MS = 400;
const DELIVERED_AFTER_MS = 3_000;

/** A call with what is reported of it. */
interface ToldCall {
  readonly call: PastCall;
  readonly network: readonly NetworkEvent[];
  readonly outcome: CallEvent;
  readonly receivedAt: string;
}

/**
 * Writes all calls of one rep, oldest first, into the relay's ledger as the relay itself would have: events of two
 * witnesses, the fold over them, the rep's position, the delivery of the Tasks. It goes past the relay's door, which
 * takes hours for so many, and therefore states the relay's tables once more; a test replays seeded events at the
 * door and finds nothing new. What the calls add up to is left to the relay, which is told that it has rolled up
 * nothing of this rep.
 */
export async function loadLedger(
  connection: Connection,
  calls: readonly PastCall[],
  names: LedgerNames,
): Promise<void> {
  const last = calls.at(-1);
  if (last === undefined) return;
  const told = calls.map((call): ToldCall => {
    const network = networkEvents(call);
    const receivedAt = instant(savedAtMs(call) + RECEIVED_AFTER_MS);
    return { call, network, outcome: outcomeEvent(call, network.length + 1), receivedAt };
  });
  // The rows fit by construction; checking a million references would take longer than writing them.
  await connection.query('SET LOCAL session_replication_role = replica');
  await connection.query('SET LOCAL synchronous_commit = off');
  await connection.copyIn(
    CALL_COLUMNS,
    mapRows(told, (each) => callRow(each.call, names)),
  );
  await connection.copyIn(
    PERSONAL_COLUMNS,
    mapRows(told, (each) => personalRow(each, names)),
  );
  await connection.copyIn(
    DELIVERY_COLUMNS,
    mapRows(told, (each) => deliveryRow(each.call, names)),
  );
  await connection.copyIn(EVENT_COLUMNS, eventRows(told, names));
  const rep = [names.orgId, names.userIdOf(last.rep)];
  await connection.query('INSERT INTO rep_position (org_id, user_id, position) VALUES ($1, $2, $3)', [
    ...rep,
    positionOf(last),
  ]);
  // Definition 0 is none: whatever the relay's rules are, they are not those. The card is due at once: no Task will go
  // out that could take it along.
  await connection.query(
    `INSERT INTO rep_rollup (org_id, user_id, evidence_basis, definition_version, card_due_at)
     VALUES ($1, $2, 'verified', 0, now())`,
    rep,
  );
}

/** The rep's ledger position once this call was told in full. */
export function positionOf(call: PastCall): number {
  return call.ordinal * VERSION;
}

const CALL_COLUMNS = `call (org_id, call_id, user_id, number_hash, opening_hash, opened_at, version, position, state,
  evidence, started_at, ended_at, answered, ring_seconds, talk_seconds, hold_seconds, after_call_seconds, end_cause,
  ended_by, outcome, outcome_version, outcome_witness, network_witness)`;
const PERSONAL_COLUMNS =
  'call_personal (org_id, call_id, number_e164, record_id, note, follow_up_on, note_sequence)';
const DELIVERY_COLUMNS = 'crm_delivery (org_id, call_id, task_id, delivered_version, delivered_at)';
const EVENT_COLUMNS = `call_event (witness, org_id, call_id, sequence, occurred_at, elapsed_ms, kind, ended_by, cause,
  sip_status, outcome, content_hash, received_at)`;

function* mapRows(
  calls: readonly ToldCall[],
  rowOf: (call: ToldCall) => readonly ColumnValue[],
): Iterable<readonly ColumnValue[]> {
  for (const call of calls) yield rowOf(call);
}

function callRow(
  call: PastCall,
  { orgId, personalDataKey, userIdOf, recordIdOf }: LedgerNames,
): ColumnValue[] {
  const userId = userIdOf(call.rep);
  const opening = ['opening', orgId, userId, call.numberE164, recordIdOf(call)];
  return [
    orgId,
    call.callId,
    userId,
    keyedHash(personalDataKey, ['number', orgId, call.numberE164]),
    keyedHash(personalDataKey, opening),
    instant(call.startedMs - RECEIVED_AFTER_MS),
    VERSION,
    positionOf(call),
    'ended',
    'verified',
    instant(call.startedMs),
    instant(call.startedMs + SETUP_MS + call.ringMs + call.talkMs + call.holdMs),
    call.talkMs > 0,
    ...[call.ringMs, call.talkMs, call.holdMs, call.afterCallMs].map((ms) => Math.floor(ms / 1_000)),
    call.cause,
    call.endedBy,
    call.outcome,
    VERSION,
    'softphone',
    'switch',
  ];
}

function personalRow({ call, outcome }: ToldCall, { orgId, recordIdOf }: LedgerNames): ColumnValue[] {
  const { callId, numberE164, note, followUpOn } = call;
  return [orgId, callId, numberE164, recordIdOf(call), note, followUpOn, outcome.sequence];
}

function deliveryRow(call: PastCall, { orgId, taskIdOf }: LedgerNames): ColumnValue[] {
  return [orgId, call.callId, taskIdOf(call), VERSION, instant(savedAtMs(call) + DELIVERED_AFTER_MS)];
}

function* eventRows(calls: readonly ToldCall[], names: LedgerNames): Iterable<readonly ColumnValue[]> {
  const { personalDataKey, orgId } = names;
  for (const told of calls) {
    for (const event of told.network) {
      // Both witnesses report the same, so what tells the event from another is the same too.
      const row = eventRow(told, event, orgId, contentHash(personalDataKey, orgId, told.call.callId, event));
      yield ['switch', ...row];
      yield ['softphone', ...row];
    }
    const hash = contentHash(personalDataKey, orgId, told.call.callId, told.outcome);
    yield ['softphone', ...eventRow(told, told.outcome, orgId, hash)];
  }
}

function eventRow(
  { call, receivedAt }: ToldCall,
  event: CallEvent,
  orgId: string,
  hash: string,
): ColumnValue[] {
  const isEnd = event.kind === 'ended';
  return [
    orgId,
    call.callId,
    event.sequence,
    event.at,
    event.elapsedMs,
    event.kind,
    isEnd ? event.endedBy : null,
    isEnd ? event.cause : null,
    isEnd ? (event.sipStatus ?? null) : null,
    event.kind === 'outcome' ? event.outcome : null,
    hash,
    receivedAt,
  ];
}

/** When the rep had chosen an outcome. */
export function savedAtMs(call: PastCall): number {
  return call.startedMs + SETUP_MS + call.ringMs + call.talkMs + call.holdMs + call.afterCallMs;
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

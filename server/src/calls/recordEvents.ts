import type { CallEvent, Witness } from '@scoreline/contract';
import { callIdSchema, recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import type { Connection, Database, Queue } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import type { StoredEvent } from './eventStore.ts';
import { foldCall, latestOutcomeOf } from './foldCall.ts';
import { lockCalls, type CallHeader, type LockedCall } from './lockCalls.ts';
import { enterInboundNumbers, openInboundCalls, type InboundOpening } from './openInboundCalls.ts';
import { keyedHash } from './personalHash.ts';
import { storeChange } from './projection.ts';

/** Told of every call that changed, in the transaction that changed it. */
export const CALL_CHANGED_QUEUE = 'call-changed';
export const callChangedSchema = z.object({
  orgId: recordIdSchema,
  callId: callIdSchema,
  userId: recordIdSchema,
});
export type CallChanged = z.infer<typeof callChangedSchema>;

const REASON_AFTER_MS = 3_600_000;

/** What the ledger works with. */
export interface Ledger {
  readonly database: Database;
  readonly queue: Queue;
  readonly personalDataKey: Buffer;
  /** Whether a switch or carrier reports for this org, so that its silence means "not yet". */
  readonly networkReports: (orgId: string) => boolean;
}

interface ReportedEvent {
  readonly callId: string;
  readonly userId: string;
  readonly event: CallEvent;
  /** Of a call that came in: opens it where it is not open. */
  readonly inbound?: { readonly numberE164?: string | undefined } | undefined;
}

export interface WitnessReport {
  readonly orgId: string;
  readonly witness: Witness;
  readonly events: readonly ReportedEvent[];
}

export interface LedgerReceipt {
  readonly stored: number;
  readonly duplicates: number;
  /**
   * Calls that this org and user do not have, or that did not come in from the number that is claimed; nothing of
   * them was stored.
   */
  readonly unknownCallIds: readonly string[];
  /** The ledger position of each rep concerned after this commit. */
  readonly positions: ReadonlyMap<string, number>;
}

/** The new events of one call, beside those it has. */
interface CallChange {
  readonly header: CallHeader;
  readonly before: readonly StoredEvent[];
  readonly added: StoredEvent[];
  duplicates: number;
}

/**
 * Stores what a witness saw, once: event, facts and the job {@link CALL_CHANGED_QUEUE} in one transaction. An event
 * that was stored before counts as duplicate; one with the same sequence and other content refuses the whole report
 * with `eventConflict`, and nothing of it is stored. A call that came in is opened by whichever witness reports first.
 */
export async function recordEvents(ledger: Ledger, report: WitnessReport): Promise<LedgerReceipt> {
  return ledger.database.transaction(async (connection) => {
    const locked = await lockReported(ledger, connection, report);
    const changes = planChanges(ledger.personalDataKey, report, locked);
    for (const change of changes.values()) {
      if (change.added.length === 0) continue;
      const { header } = change;
      header.position.value += 1;
      const events = [...change.before, ...change.added];
      await storeChange(connection, header, {
        added: change.added,
        facts: foldCall(events, ledger.networkReports(report.orgId)),
        hasNewOutcome: isLatestOutcomeNew(change),
      });
    }
    const changed = [...changes.values()].filter(({ added }) => added.length > 0);
    await ledger.queue.enqueue(
      connection,
      CALL_CHANGED_QUEUE,
      changed.map(({ header: { orgId, callId, userId } }): CallChanged => ({ orgId, callId, userId })),
    );
    return receiptOf(report, locked, changes);
  });
}

/** The calls of a report, opened where they came in and nobody has told of them yet. */
async function lockReported(
  { personalDataKey }: Ledger,
  connection: Connection,
  { orgId, events }: WitnessReport,
): Promise<ReadonlyMap<string, LockedCall>> {
  const openings = inboundOf(events);
  await openInboundCalls(connection, personalDataKey, orgId, openings);
  const locked = await lockCalls(
    connection,
    orgId,
    events.map(({ callId }) => callId),
  );
  const own = openings.filter(
    ({ callId, userId }) => locked.get(callId.toLowerCase())?.header.userId === userId,
  );
  for (const callId of await enterInboundNumbers(connection, personalDataKey, orgId, own))
    locked.delete(callId);
  return locked;
}

function inboundOf(events: readonly ReportedEvent[]): InboundOpening[] {
  const openings = events.flatMap(({ callId, userId, inbound }) =>
    inbound === undefined ? [] : [{ callId, userId, numberE164: inbound.numberE164 }],
  );
  return [...new Map(openings.map((each) => [JSON.stringify(Object.values(each)), each])).values()];
}

function planChanges(
  personalDataKey: Buffer,
  report: WitnessReport,
  locked: ReadonlyMap<string, LockedCall>,
): Map<string, CallChange> {
  const changes = new Map<string, CallChange>();
  for (const [index, { callId, userId, event }] of report.events.entries()) {
    const { header, events: before } = locked.get(callId.toLowerCase()) ?? {};
    if (header === undefined || before === undefined || header.userId !== userId) continue;
    const change = changes.get(header.callId) ?? {
      header,
      before,
      added: [],
      duplicates: 0,
    };
    changes.set(header.callId, change);
    const candidate: StoredEvent = {
      ...event,
      at: new Date(event.at).toISOString(),
      witness: report.witness,
      contentHash: contentHashOf(personalDataKey, header, event),
    };
    const earlier = [...change.before, ...change.added].find(
      ({ witness, sequence }) => witness === candidate.witness && sequence === candidate.sequence,
    );
    if (earlier === undefined) {
      checkReason([...change.before, ...change.added], candidate, 'reason');
      change.added.push(candidate);
    } else if (earlier.contentHash === candidate.contentHash) change.duplicates += 1;
    else throw new Refusal('eventConflict', `events.${index}.sequence`);
  }
  return changes;
}

/**
 * Tells whether two events of one key are the same without keeping what the rep wrote. Keyed, because a note is
 * short enough to be guessed.
 */
function contentHashOf(personalDataKey: Buffer, header: CallHeader, event: CallEvent): string {
  const fields = Object.entries({ ...event, at: new Date(event.at).toISOString() })
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return keyedHash(personalDataKey, ['event', header.orgId, header.callId, JSON.stringify(fields)]);
}

function isLatestOutcomeNew({ before, added }: CallChange): boolean {
  const latest = latestOutcomeOf([...before, ...added]);
  return latest !== null && added.includes(latest);
}

/** Soon after a call the rep may think again; later, whoever reads the figures wants to know why. */
function checkReason(earlier: readonly StoredEvent[], candidate: StoredEvent, path: string): void {
  const first = earlier.find(({ kind }) => kind === 'outcome');
  if (candidate.kind !== 'outcome' || candidate.witness !== 'softphone' || first === undefined) return;
  const isLate = Date.parse(candidate.at) - Date.parse(first.at) > REASON_AFTER_MS;
  if (isLate && candidate.reason === undefined) throw new Refusal('correctionNeedsReason', path);
}

function receiptOf(
  report: WitnessReport,
  locked: ReadonlyMap<string, LockedCall>,
  changes: ReadonlyMap<string, CallChange>,
): LedgerReceipt {
  const unknown = report.events.filter(
    ({ callId, userId }) => locked.get(callId.toLowerCase())?.header.userId !== userId,
  );
  const all = [...changes.values()];
  return {
    stored: all.reduce((sum, { added }) => sum + added.length, 0),
    duplicates: all.reduce((sum, { duplicates }) => sum + duplicates, 0),
    unknownCallIds: [...new Set(unknown.map(({ callId }) => callId))],
    positions: new Map(all.map(({ header }) => [header.userId, header.position.value])),
  };
}

import { CALL_DIRECTIONS, CALL_STATES } from '@scoreline/contract';
import type { PhoneCall } from '@scoreline/contract';
import { callIdSchema, inboundCallSchema } from '@scoreline/contract/wire';
import type { LeftCalls, RunningCallRecord } from '../domain/runningCall.ts';
import type { LeftCallsStore } from '../ports/leftCallsStore.ts';
import type { PhoneDatabase } from './phoneDatabase.ts';
import { parseRow } from './phoneDatabase.ts';

/**
 * The calls of one user in IndexedDB, one row a user. Written at every change of a call, so not forced to the disk: a
 * crashed browser keeps it, and a computer that lost its power has lost the call too.
 */
export function createIndexedDbLeftCalls(database: PhoneDatabase, userKey: string): LeftCallsStore {
  return {
    async read() {
      for (const text of await database.list('calls')) {
        const row = parseRow(text);
        if (row?.['userKey'] === userKey) return readLeftCalls(row);
      }
      return undefined;
    },
    write: (left) =>
      database.write('calls', 'relaxed', (rows) =>
        left.records.length === 0
          ? rows.delete(userKey)
          : rows.put(JSON.stringify({ ...left, userKey }), userKey),
      ),
  };
}

/** A record that this version cannot read is left out: the switch ends its call, and the ledger has its events. */
export function readLeftCalls({ aliveAtMs, records }: Record<string, unknown>): LeftCalls | undefined {
  if (typeof aliveAtMs !== 'number' || !Array.isArray(records)) return undefined;
  const values: unknown[] = records;
  return { aliveAtMs, records: values.flatMap((value) => readRecord(value) ?? []) };
}

function readRecord(value: unknown): RunningCallRecord | undefined {
  if (!isObject(value)) return undefined;
  const { call, owner, lastSequence, firstEventAtMs } = value;
  const inbound = inboundCallSchema.safeParse(value['inbound']);
  if (!isCall(call) || typeof owner !== 'string') return undefined;
  if (typeof lastSequence !== 'number' || typeof firstEventAtMs !== 'number') return undefined;
  return {
    call,
    owner,
    lastSequence,
    firstEventAtMs,
    ...(inbound.success ? { inbound: inbound.data } : {}),
  };
}

/** What the engine decides by is checked; the rest is only shown. */
function isCall(value: unknown): value is PhoneCall {
  if (!isObject(value) || !isObject(value['request'])) return false;
  const { callId, state, direction, startedAtMs, request } = value;
  return (
    callIdSchema.safeParse(callId).success &&
    ['requesting', ...CALL_STATES].some((known) => known === state) &&
    CALL_DIRECTIONS.some((known) => known === direction) &&
    typeof startedAtMs === 'number' &&
    typeof (request as Record<string, unknown>)['requestId'] === 'string' &&
    typeof (request as Record<string, unknown>)['number'] === 'string'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

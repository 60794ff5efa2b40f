import type { ErrorName } from '@scoreline/contract';
import { callEventSchema, callIdSchema, inboundCallSchema } from '@scoreline/contract/wire';
import type { OutboxItem } from '../domain/outbox.ts';
import { isErrorName } from '../domain/phoneError.ts';
import type { OutboxStore } from '../ports/outboxStore.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { PhoneDatabase } from './phoneDatabase.ts';
import { parseRow } from './phoneDatabase.ts';

const SEQUENCE_DIGITS = 7;

/** The outbox in IndexedDB. Rows that this version cannot read are reported and left where they are. */
export function createIndexedDbOutboxStore(database: PhoneDatabase, reportFault: ReportFault): OutboxStore {
  return {
    async list() {
      const texts = await database.list('outbox');
      return texts.flatMap((text) => {
        const item = readItem(text);
        if (item === undefined) reportFault(new Error('An outbox row cannot be read'));
        return item ?? [];
      });
    },
    put: (item) =>
      database.write('outbox', 'strict', (rows) =>
        rows.put(JSON.stringify(item), keyOf(item.callId, item.event.sequence)),
      ),
    remove: (callId, sequence) =>
      database.write('outbox', 'strict', (rows) => rows.delete(keyOf(callId, sequence))),
  };
}

function keyOf(callId: string, sequence: number): string {
  return `${callId}:${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
}

/** The item that a row's text holds; undefined when it is none. */
export function readItem(text: unknown): OutboxItem | undefined {
  const row = parseRow(text);
  if (row === undefined) return undefined;
  const callId = callIdSchema.safeParse(row['callId']);
  const event = callEventSchema.safeParse(row['event']);
  const inbound = inboundCallSchema.safeParse(row['inbound']);
  const { owner, recordId, refusal } = row;
  if (!callId.success || !event.success || typeof owner !== 'string') return undefined;
  return {
    callId: callId.data,
    owner,
    event: event.data,
    ...(inbound.success ? { inbound: inbound.data } : {}),
    ...(typeof recordId === 'string' ? { recordId } : {}),
    ...(typeof refusal === 'string' ? { refusal: readErrorName(refusal) } : {}),
  };
}

/** What was refused stays refused, under the nearest name this version knows. */
function readErrorName(name: string): ErrorName {
  return isErrorName(name) ? name : 'invalidRequest';
}

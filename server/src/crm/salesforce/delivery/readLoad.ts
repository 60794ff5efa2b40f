import { stringify } from 'csv-stringify/sync';
import type { Connection } from '../../../database/index.ts';
import { dueForLoad, recordNothingDue } from './outbox.ts';
import { readBatch } from './readBatch.ts';
import type { RefusedCall } from './sendTasks.ts';
import { taskOf } from './taskOf.ts';

/** New Tasks of one load: some megabytes of CSV, and a few minutes of an org. */
const ROWS_PER_LOAD = 10_000;
const ROWS_PER_PORTION = 500;
/** Every cell in quotes, and between two rows what stands in no cell: so the rows can be told apart again. */
const CSV_FORMAT = { header: true, quoted: true, record_delimiter: '\u0000' };

/** What a load carries. */
export interface Load {
  /** A header and a row for each call. */
  readonly csv: string;
  readonly callIds: readonly string[];
  /** The version of each call in it. */
  readonly versions: readonly number[];
  /** Calls that cannot go yet. */
  readonly unknown: readonly RefusedCall[];
}

/**
 * The rows of a load, read in portions, so that a backlog does not fill the memory. Rows of one record lie side by
 * side, so that the org seldom locks it in two of its batches at once.
 */
export async function readLoad(connection: Connection, orgId: string, now: Date): Promise<Load> {
  const due = await dueForLoad(connection, orgId, now, ROWS_PER_LOAD);
  const rows: { recordId: string; line: string; callId: string; version: number }[] = [];
  const unknown: RefusedCall[] = [];
  let header = '';
  for (let start = 0; start < due.length; start += ROWS_PER_PORTION) {
    const batch = await readBatch(connection, orgId, due.slice(start, start + ROWS_PER_PORTION));
    await recordNothingDue(connection, orgId, batch.upToDate);
    unknown.push(...batch.unknown);
    const tasks = batch.calls.map(({ call, timeZone }) => taskOf(call, timeZone, null));
    const [first, ...lines] = stringify(tasks, CSV_FORMAT).split(CSV_FORMAT.record_delimiter);
    header = first ?? header;
    for (const [index, { call }] of batch.calls.entries())
      rows.push({
        recordId: call.recordId ?? '',
        line: lines[index] ?? '',
        callId: call.callId,
        version: call.version,
      });
  }
  rows.sort((one, other) => (one.recordId < other.recordId ? -1 : 1));
  return {
    csv: [header, ...rows.map(({ line }) => line)].join('\n'),
    callIds: rows.map(({ callId }) => callId),
    versions: rows.map(({ version }) => version),
    unknown,
  };
}

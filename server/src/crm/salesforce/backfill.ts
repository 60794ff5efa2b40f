import type { Database } from '../../database/index.ts';
import { CrmError } from '../port.ts';
import type { CopiedObject, CopyContext } from './changedRecords.ts';
import { COPIED_OBJECTS } from './copiedObjects.ts';
import { copyContextOf } from './copyContext.ts';
import { isObjectMissing } from './missingObjects.ts';
import type { SalesforceOrganizations } from './organizations.ts';

export interface BackfillOptions {
  readonly database: Database;
  readonly organizations: SalesforceOrganizations;
  /** Key of the hashes of phone numbers and addresses. */
  readonly personalDataKey: Buffer;
  readonly orgId: string;
  /** Told before the first page of an object and after each. */
  readonly onProgress?: (progress: BackfillProgress) => void;
  /** Stops after the page that is being stored. */
  readonly signal?: AbortSignal;
}

/** How far an object is. Numbers of records, deleted ones included. */
export interface BackfillProgress {
  readonly objectName: string;
  readonly done: number;
  /** As the org counted before; null where it could not. */
  readonly total: number | null;
}

export interface BackfillFault {
  readonly objectName: string;
  readonly code: string;
}

export interface BackfillResult {
  /** False where it was stopped. */
  readonly isComplete: boolean;
  /** Objects that could not be read to their end. */
  readonly faults: readonly BackfillFault[];
}

/**
 * Reads everything that the relay copies of an org, object after object. Each page is committed with its place, so it
 * may be stopped, or killed, and started again: it goes on where it was, also beside a relay that runs. Once it is
 * complete, the relay's own passes have only changes to read.
 *
 * Calls that were logged in the org before the relay came are left out: no metric reads them, and no switch or carrier
 * bears them out.
 */
export async function backfill(options: BackfillOptions): Promise<BackfillResult> {
  const context = copyContextOf(options, options.orgId);
  const isStopped = () => options.signal?.aborted === true;
  const faults: BackfillFault[] = [];
  for (const object of COPIED_OBJECTS) {
    if (isStopped()) break;
    const code = await readObject(options, context, object);
    if (code !== null) faults.push({ objectName: object.objectName, code });
  }
  return { isComplete: !isStopped() && faults.length === 0, faults };
}

/** Gives the code of what went wrong, or null. An object that an org may lack is no fault when it does. */
async function readObject(
  { onProgress, signal }: BackfillOptions,
  context: CopyContext,
  object: CopiedObject,
): Promise<string | null> {
  const { objectName } = object;
  try {
    const start = await startOf(object, context);
    let { done, total } = start;
    onProgress?.({ objectName, done, total });
    await object.copy(context, {
      ...(signal === undefined ? {} : { signal }),
      onPage(records) {
        done += records;
        // Records may come about while they are read.
        if (total !== null) total = Math.max(total, done);
        onProgress?.({ objectName, done, total });
      },
    });
    return null;
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
    return object.isOptional && isObjectMissing(error.code) ? null : error.code;
  }
}

/** An org counts some millions of records too slowly to answer; that is no reason not to read them. */
async function startOf(
  object: CopiedObject,
  context: CopyContext,
): Promise<{ done: number; total: number | null }> {
  try {
    return await object.measure(context);
  } catch (error) {
    if (error instanceof CrmError && error.isRetryable) return { done: 0, total: null };
    throw error;
  }
}

import { ApiError } from '../apiError.ts';
import { inSavepoint } from '../storage/database.ts';
import type { UnitOfWork } from '../unitOfWork.ts';

export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** The answer for one record of a collection. */
export interface SaveResult {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly SaveError[];
  readonly created?: boolean;
}

/** What saving one record came to. */
export interface Saved {
  readonly id: string;
  readonly created?: boolean;
}

/**
 * Saves records one by one and answers for each, in order. With `allOrNone` the first failure undoes them all, and
 * the ones that had no fault of their own say so.
 */
export async function saveMany<Item>(
  work: UnitOfWork,
  items: readonly Item[],
  allOrNone: boolean,
  save: (item: Item) => Promise<Saved>,
): Promise<SaveResult[]> {
  return inSavepoint(work.connection, async () => {
    const results: SaveResult[] = [];
    for (const item of items) results.push(await saveOne(work, () => save(item)));
    const hasFailed = results.some((result) => !result.success);
    if (!allOrNone || !hasFailed) return { result: results, commit: true };
    return { result: results.map((result) => (result.success ? rolledBack(result) : result)), commit: false };
  });
}

async function saveOne(work: UnitOfWork, save: () => Promise<Saved>): Promise<SaveResult> {
  try {
    const saved = await inSavepoint(work.connection, async () => ({ result: await save(), commit: true }));
    return { ...saved, success: true, errors: [] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failedResult(error);
  }
}

/** The answer for a record that was refused. */
export function failedResult(error: ApiError): SaveResult {
  // Inside a collection the org speaks of the reference, not of the address.
  const isMissing = error.errorCode === 'NOT_FOUND' && error.status === 404;
  const errors: SaveError[] = [
    {
      statusCode: isMissing ? 'INVALID_CROSS_REFERENCE_KEY' : error.errorCode,
      message: isMissing ? 'invalid cross reference id' : error.message,
      fields: error.fields ?? [],
    },
  ];
  return { success: false, errors };
}

function rolledBack(result: SaveResult): SaveResult {
  return {
    success: false,
    errors: [
      {
        statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        message:
          'Record rolled back because not all records were valid and the request was using AllOrNone header',
        fields: [],
      },
    ],
    ...(result.created === undefined ? {} : { created: false }),
  };
}

import { ApiError } from '../apiError.ts';
import { deleteRecord } from '../changes/saveRecord.ts';
import { normalizeId } from '../storage/recordIds.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { PARENT_FIELDS } from './saveFaults.ts';

/** Deletes the records that the rows of a body name as their parents, as somebody does just before the request comes. */
export async function deleteParents(work: UnitOfWork, body: unknown): Promise<void> {
  for (const id of new Set(parentIds(body))) {
    const object = work.schema.objectOfPrefix(id.slice(0, 3));
    if (object) await deleteOnce(work, object, id);
  }
}

async function deleteOnce(...parameters: Parameters<typeof deleteRecord>): Promise<void> {
  try {
    await deleteRecord(...parameters);
  } catch (error) {
    // An earlier row's parent, or none: either way it is no longer there.
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

function parentIds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parentIds);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (typeof item !== 'string') return parentIds(item);
    const id = PARENT_FIELDS.includes(name) ? normalizeId(item) : null;
    return id === null ? [] : [id];
  });
}

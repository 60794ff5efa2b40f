import { ApiError, unableToLockRow } from '../apiError.ts';
import type { SaveInterceptor } from '../unitOfWork.ts';
import type { Fault } from './fault.ts';

/** The fields whose record is locked along with the row that names it. */
export const PARENT_FIELDS = ['WhoId', 'WhatId', 'AccountId'];

interface RowFault {
  readonly fault: Fault;
}

/**
 * Refuses and changes rows as they are saved.
 * @param strikes draws whether a fault strikes, and counts it.
 * @param lock takes the locks that are free and answers the ids that another request holds.
 */
export function createSaveInterceptor<Planned extends RowFault>(
  planned: readonly Planned[],
  strikes: (entry: Planned, share?: number) => boolean,
  lock: (ids: readonly string[]) => readonly string[],
): SaveInterceptor {
  return {
    beforeSave(object, id, record) {
      const parents = PARENT_FIELDS.map((name) => record[name]).filter((value) => typeof value === 'string');
      const held = lock([id, ...parents]);
      for (const entry of planned) {
        const { fault } = entry;
        if (fault.kind === 'lockedRow') {
          // Who waits for another's lock has no luck in it: the share is of the rows that nobody else holds.
          if (held.length > 0 && strikes(entry, 1)) throw unableToLockRow(held);
          if (fault.share !== undefined && strikes(entry))
            throw unableToLockRow(parents.length > 0 ? parents : [id]);
        }
        if (fault.kind !== 'automation' || fault.rejects === undefined) continue;
        if (isFor(fault.object, object.name) && strikes(entry)) {
          throw new ApiError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fault.rejects, []);
        }
      }
    },
    changesAfterSave(object) {
      const changes = planned.flatMap((entry) => {
        const { fault } = entry;
        if (fault.kind !== 'automation' || fault.changes === undefined) return [];
        return isFor(fault.object, object.name) && strikes(entry) ? [fault.changes] : [];
      });
      return changes.length === 0 ? null : Object.assign({}, ...changes);
    },
  };
}

function isFor(wanted: string, objectName: string): boolean {
  return wanted.toLowerCase() === objectName.toLowerCase();
}

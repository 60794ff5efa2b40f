import type { DateTime } from 'luxon';

import type { ObjectDefinition } from '../schema/model.ts';

/** Closed Tasks that were due longer ago than this are archived. */
const ARCHIVED_AFTER_DAYS = 365;

/** Whether the org archives records of an object. */
export function isArchivable(object: ObjectDefinition): boolean {
  return object.name === 'Task';
}

/** The first due date that is not archived yet, in the zone of `now`: that of the user who asks. */
export function firstKeptDay(now: DateTime): string | null {
  return now.startOf('day').minus({ days: ARCHIVED_AFTER_DAYS }).toISODate();
}

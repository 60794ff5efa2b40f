import type { DateTime } from 'luxon';

import type { ObjectDefinition } from '../schema/model.ts';

/** Activities that were over longer ago than this are archived. */
const ARCHIVED_AFTER_DAYS = 365;

/** Whether the org archives records of an object. */
export function isArchivable(object: ObjectDefinition): boolean {
  return object.name === 'Task' || object.name === 'Event';
}

/**
 * SQL for whether an activity is archived: an event by its end, a closed task by its due date or, without one, by the
 * day on which it was created. `now` is in the zone of the user who asks; `column` names a column of the activity.
 */
export function archivedSql(
  object: ObjectDefinition,
  now: DateTime,
  column: (fieldName: string) => string,
  bind: (value: unknown) => string,
): string {
  const firstKeptDay = now.startOf('day').minus({ days: ARCHIVED_AFTER_DAYS });
  const day = `${bind(firstKeptDay.toISODate())}::date`;
  const moment = `${bind(firstKeptDay.toISO())}::timestamptz`;
  const isOver = (time: string): string =>
    `CASE WHEN ${column(time)} IS NULL THEN ${column('ActivityDate')} < ${day} ELSE ${column(time)} < ${moment} END`;
  if (object.name === 'Event') return `((${isOver('EndDateTime')}) IS TRUE)`;
  return `((${column('IsClosed')} AND CASE WHEN ${column('ActivityDate')} IS NULL
    THEN ${column('CreatedDate')} < ${moment} ELSE ${column('ActivityDate')} < ${day} END) IS TRUE)`;
}

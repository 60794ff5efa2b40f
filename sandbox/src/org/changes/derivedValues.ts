import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { addSalesValues } from './derivedSales.ts';
import type { FieldValues } from './readValues.ts';
import { standing } from './standing.ts';
import type { Standing } from './standing.ts';

/** Adds the values that the org works out itself: full names, a task's account and closed flag, sales figures. */
export async function addDerivedValues(
  work: UnitOfWork,
  object: ObjectDefinition,
  stored: Readonly<Record<string, unknown>> | null,
  values: FieldValues,
): Promise<void> {
  const record = standing(stored, values);
  if (object.fields.some((field) => field.name === 'FirstName')) {
    const parts = [record.get('FirstName'), record.get('LastName')];
    values.set('Name', parts.filter((part) => typeof part === 'string').join(' '));
  }
  await addSalesValues(work, object, stored, record, values);
  if (object.sharing !== 'Activity') return;
  if (stored === null || values.has('WhoId') || values.has('WhatId')) {
    values.set('AccountId', await accountOf(work, record));
  }
  if (object.name === 'Task') addTaskState(work, stored, record, values);
}

function addTaskState(
  work: UnitOfWork,
  stored: Readonly<Record<string, unknown>> | null,
  record: Standing,
  values: FieldValues,
): void {
  const isClosed = record.get('Status') === 'Completed';
  values.set('IsClosed', isClosed);
  values.set('IsHighPriority', record.get('Priority') === 'High');
  if (record.has('CompletedDateTime')) return;
  if (!isClosed) values.set('CompletedDateTime', null);
  else if (stored?.['IsClosed'] !== true) {
    values.set('CompletedDateTime', work.now.toUTC().startOf('second').toISO());
  }
}

/** The account that an activity counts for: the one it is about, else that of the contact. */
async function accountOf(work: UnitOfWork, record: Standing): Promise<string | null> {
  const whatId = record.get('WhatId');
  const whoId = record.get('WhoId');
  if (typeof whatId === 'string' && work.schema.objectOfPrefix(whatId.slice(0, 3))?.name === 'Account') {
    return whatId;
  }
  for (const id of [whatId, whoId]) {
    const parent = typeof id === 'string' ? work.schema.objectOfPrefix(id.slice(0, 3)) : undefined;
    if (!parent || !work.schema.field(parent, 'AccountId')) continue;
    const record = typeof id === 'string' ? await work.lookups.referenced(parent, id) : null;
    if (record?.accountId) return record.accountId;
  }
  return null;
}

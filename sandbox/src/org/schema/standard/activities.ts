import {
  READ_ONLY,
  checkbox,
  field,
  longText,
  lookup,
  ownerField,
  picklist,
  systemFields,
  text,
  wholeNumber,
} from '../fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from '../model.ts';

/** Tasks and events. Custom fields of `Activity` belong to both. */
export function activityObjects(): ObjectDefinition[] {
  return [activity('Task', '00T', taskFields()), activity('Event', '00U', eventFields())];
}

function activity(name: 'Task' | 'Event', keyPrefix: string, fields: FieldDefinition[]): ObjectDefinition {
  const children = `${name}s`;
  return {
    name,
    label: name,
    labelPlural: children,
    kind: 'standard',
    sharing: 'Activity',
    keyPrefix,
    fields: [
      ...systemFields(),
      ownerField(),
      text('Subject', 255),
      lookup('WhoId', ['Contact', 'Lead'], children, { label: 'Name ID' }),
      lookup('WhatId', ['Account', 'Opportunity', 'Campaign'], children, { label: 'Related To ID' }),
      lookup('AccountId', ['Account'], null, { ...READ_ONLY, label: 'Account ID' }),
      longText('Description', 32_000),
      checkbox('IsArchived', READ_ONLY),
      ...fields,
    ],
  };
}

function taskFields(): FieldDefinition[] {
  return [
    field('ActivityDate', 'date', { label: 'Due Date Only' }),
    picklist('Status', ['Not Started*', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
      nillable: false,
    }),
    picklist('Priority', ['High', 'Normal*', 'Low'], { nillable: false }),
    picklist('Type', ['Call', 'Email', 'Meeting', 'Other']),
    // Create-only: the org refuses a change of the subtype.
    field('TaskSubtype', 'picklist', {
      length: 40,
      updateable: false,
      defaultValue: 'Task',
      picklist: {
        restricted: true,
        values: ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'].map((value) => ({
          value,
          label: value,
          isDefault: value === 'Task',
        })),
      },
    }),
    field('CallType', 'picklist', {
      length: 40,
      picklist: {
        restricted: true,
        values: ['Internal', 'Inbound', 'Outbound'].map((value) => ({
          value,
          label: value,
          isDefault: false,
        })),
      },
    }),
    wholeNumber('CallDurationInSeconds', 8, { label: 'Call Duration' }),
    text('CallDisposition', 255, { label: 'Call Result' }),
    text('CallObject', 255, { label: 'Call Object Identifier' }),
    checkbox('IsClosed', { ...READ_ONLY, label: 'Closed' }),
    checkbox('IsHighPriority', { ...READ_ONLY, label: 'High Priority' }),
    checkbox('IsReminderSet', { label: 'Reminder Set' }),
    field('ReminderDateTime', 'datetime'),
    field('CompletedDateTime', 'datetime', READ_ONLY),
  ];
}

function eventFields(): FieldDefinition[] {
  return [
    field('StartDateTime', 'datetime'),
    field('EndDateTime', 'datetime'),
    field('ActivityDate', 'date', { label: 'Due Date Only' }),
    wholeNumber('DurationInMinutes', 8, { label: 'Duration' }),
    checkbox('IsAllDayEvent'),
    // Whether it is an invited colleague's copy.
    checkbox('IsChild', READ_ONLY),
    picklist('Type', ['Call', 'Email', 'Meeting', 'Other']),
    text('Location', 255),
  ];
}

import { LightningElement, api } from 'lwc';
import * as z from 'zod/mini';
import { environment } from '../../browser/platform/environment.ts';
import { registerRefreshHandler, unregisterRefreshHandler } from '../../browser/platform/refresh.ts';
import { errorText, query, quoteId } from '../orgData.ts';
import { durationText } from './durationText.ts';

const taskSchema = z.object({
  Id: z.string(),
  Subject: z.nullable(z.string()),
  Description: z.nullable(z.string()),
  CallDurationInSeconds: z.nullable(z.number()),
  CallDisposition: z.nullable(z.string()),
  TaskSubtype: z.nullable(z.string()),
  ActivityDate: z.nullable(z.string()),
  CreatedDate: z.string(),
  Owner: z.nullable(z.object({ Name: z.string() })),
});

type Task = z.infer<typeof taskSchema>;

const FIELDS =
  'Id, Subject, Description, CallDurationInSeconds, CallDisposition, TaskSubtype, ActivityDate, CreatedDate, Owner.Name';
const LIMIT = 100;
/** By which field a task belongs to a record. */
const RELATIONS: Readonly<Record<string, string>> = { Account: 'AccountId', Opportunity: 'WhatId' };

/** Salesforce writes offsets as `+0000`, which not every engine reads. */
function dateOf(text: string): Date {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/u, '$1:$2'));
}

/** When it was done: the minute for what was logged on its own day, the day alone for what was logged later. */
function momentOf({ ActivityDate, CreatedDate }: Task): { isoTime: string; time: string } {
  const zone = { timeZone: environment.user?.timeZone };
  const created = dateOf(CreatedDate);
  const createdDay = new Intl.DateTimeFormat('en-CA', zone).format(created);
  if (ActivityDate !== null && ActivityDate !== createdDay) {
    const dayFormat = new Intl.DateTimeFormat(environment.user?.locale, {
      dateStyle: 'medium',
      timeZone: 'UTC',
    });
    return { isoTime: ActivityDate, time: dayFormat.format(new Date(ActivityDate)) };
  }
  const timeFormat = new Intl.DateTimeFormat(environment.user?.locale, {
    ...zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return { isoTime: created.toISOString(), time: timeFormat.format(created) };
}

function entryOf(task: Task, isOpen: boolean) {
  const isCall = task.TaskSubtype === 'Call';
  const seconds = task.CallDurationInSeconds;
  return {
    taskId: task.Id,
    itemClass: `slds-timeline__item_expandable slds-timeline__item_${isCall ? 'call' : 'task'}${isOpen ? ' slds-is-open' : ''}`,
    isOpen,
    toggleText: `${isOpen ? 'Hide' : 'Show'} details of ${task.Subject ?? 'this activity'}`,
    iconName: isCall ? 'standard:log_a_call' : 'standard:task',
    subject: task.Subject ?? (isCall ? 'Call' : 'Task'),
    outcome: task.CallDisposition,
    // A call that was not answered has no duration worth reading.
    duration: seconds === null || seconds === 0 ? undefined : durationText(seconds),
    note: task.Description,
    ...momentOf(task),
    ownerText: task.Owner === null ? '' : `${task.Owner.Name} logged ${isCall ? 'a call' : 'a task'}`,
  };
}

/** What was done with a person, an account or an opportunity: its tasks, newest first, with times in the user's zone. */
export default class ActivityPanel extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;
  tasks: readonly Task[] | undefined;
  problemText: string | undefined;
  closedTaskIds: readonly string[] = [];
  private refreshHandler: symbol | undefined;

  async connectedCallback() {
    this.refreshHandler = registerRefreshHandler(this, () => this.load());
    await this.load();
  }

  disconnectedCallback() {
    if (this.refreshHandler !== undefined) {
      unregisterRefreshHandler(this.refreshHandler);
    }
  }

  get entries() {
    return (this.tasks ?? []).map((task) => entryOf(task, !this.closedTaskIds.includes(task.Id)));
  }

  get isEmpty() {
    return this.tasks?.length === 0;
  }

  get isLoading() {
    return this.tasks === undefined && this.problemText === undefined;
  }

  handleToggle(event: Event) {
    const { taskId = '' } = (event.currentTarget as HTMLElement).dataset;
    this.closedTaskIds = this.closedTaskIds.includes(taskId)
      ? this.closedTaskIds.filter((other) => other !== taskId)
      : [...this.closedTaskIds, taskId];
  }

  async load() {
    try {
      const relation = RELATIONS[this.objectApiName ?? ''] ?? 'WhoId';
      this.tasks = await query(
        `SELECT ${FIELDS} FROM Task WHERE ${relation} = ${quoteId(this.recordId ?? '')} ` +
          `ORDER BY ActivityDate DESC NULLS LAST, CreatedDate DESC LIMIT ${LIMIT}`,
        taskSchema,
      );
      this.problemText = undefined;
    } catch (error) {
      this.problemText = errorText(error);
    }
  }
}

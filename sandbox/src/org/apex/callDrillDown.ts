import {
  CONNECT_MINIMUM_TALK_SECONDS,
  CONVERSATION_MINIMUM_TALK_SECONDS,
  OUTCOME_CODES,
} from '@scoreline/contract';
import { z } from 'zod';

import { fieldPath } from '../query/model.ts';
import type { ComparisonOperator, Condition, Literal, Ordering } from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { ApexException, readRecords } from './apexCall.ts';
import type { ApexCall } from './apexCall.ts';

const MOST_CALLS = 200;
const CALLS_A_PAGE = 50;
const AFTER_EVERY_DAY = '4000-01-01';
const NO_VOICEMAIL = OUTCOME_CODES.filter((code) => code !== 'voicemail');

const callIdsParameters = z.object({ callIds: z.array(z.string()).max(MOST_CALLS) });
const metricParameters = z.object({
  scorecardId: z.string(),
  metric: z.string(),
  beforeDay: z.nullish(z.iso.date()),
  beforeId: z.nullish(z.string()),
});

const LOGGED_CALL = {
  taskId: 'Id',
  callId: 'Call_Id__c',
  version: 'Call_Version__c',
  subject: 'Subject',
  outcome: 'Call_Outcome__c',
  talkSeconds: 'Talk_Seconds__c',
  evidence: 'Call_Evidence__c',
  activityDate: 'ActivityDate',
};

/** Which Tasks a metric's figure is made of. */
interface MetricFilter {
  readonly callTypes: readonly string[];
  readonly leastTalkSeconds: number;
  readonly outcomes: readonly string[];
  /** Null: calls without an outcome too. */
  readonly orOutcome: string | null;
  readonly evidences: readonly string[];
}

/** `CallDrillDown.findCalls`: the Tasks of calls by their ids. */
export async function findCalls(call: ApexCall, version: string): Promise<unknown> {
  const parameters = callIdsParameters.safeParse(call.parameters);
  if (!parameters.success) throw new ApexException('SC-102');
  return findTasks(call, version, {
    where: isOneOf('Call_Id__c', parameters.data.callIds),
    orderBy: [descending('CreatedDate')],
    limit: MOST_CALLS,
  });
}

/** `CallDrillDown.findMetricCalls`: a page of the Tasks behind a figure of a scorecard. */
export async function findMetricCalls(call: ApexCall, version: string): Promise<unknown> {
  const parameters = metricParameters.safeParse(call.parameters);
  if (!parameters.success) throw new ApexException('SC-102');
  const { scorecardId, metric, beforeDay, beforeId } = parameters.data;
  const [card] = await readRecords(
    call.userMode,
    version,
    'Rep_Scorecard__c',
    ['Rep__c', 'Period_Start__c', 'Period_End__c', 'Evidence_Basis__c'],
    { where: compare('Id', '=', text(scorecardId)) },
  );
  if (card === undefined) throw new ApexException('SC-102');
  const filter = await filterOf(call, version, metric, card);
  const lastDay = beforeDay ?? AFTER_EVERY_DAY;
  return findTasks(call, version, {
    where: all(
      compare('OwnerId', '=', text(card['Rep__c'])),
      compare('Call_Id__c', '!=', { kind: 'null' }),
      compare('ActivityDate', '>=', day(card['Period_Start__c'])),
      compare('ActivityDate', '<=', day(card['Period_End__c'])),
      isOneOf('CallType', filter.callTypes),
      compare('Talk_Seconds__c', '>=', { kind: 'number', text: String(filter.leastTalkSeconds) }),
      any(
        isOneOf('Call_Outcome__c', filter.outcomes),
        compare('Call_Outcome__c', '=', text(filter.orOutcome)),
      ),
      isOneOf('Call_Evidence__c', filter.evidences),
      any(
        compare('ActivityDate', '<', day(lastDay)),
        all(compare('ActivityDate', '=', day(lastDay)), compare('Id', '<', text(beforeId ?? ''))),
      ),
    ),
    orderBy: [descending('ActivityDate'), descending('Id')],
    limit: CALLS_A_PAGE,
  });
}

async function filterOf(
  call: ApexCall,
  version: string,
  metric: string,
  card: OrgRecord,
): Promise<MetricFilter> {
  const isReported = card['Evidence_Basis__c'] === 'reported';
  const dials = {
    callTypes: ['Outbound'],
    leastTalkSeconds: 0,
    outcomes: OUTCOME_CODES,
    orOutcome: null,
    evidences: ['verified', 'contradicted', ...(isReported ? ['reported'] : [])],
  };
  const threshold = (name: string, otherwise: number) =>
    thresholdOf(call, version, name, String(card['Period_End__c']), otherwise);
  switch (metric) {
    case 'dials':
      return dials;
    case 'handleSeconds':
      return { ...dials, orOutcome: 'voicemail' };
    case 'talkSeconds':
      return { ...dials, callTypes: ['Outbound', 'Inbound'], leastTalkSeconds: 1 };
    case 'afterCallSeconds':
      return { ...dials, callTypes: ['Outbound', 'Inbound'], orOutcome: 'voicemail' };
    case 'connects':
    case 'connectRate':
      return {
        ...dials,
        leastTalkSeconds: await threshold('connects', CONNECT_MINIMUM_TALK_SECONDS),
        outcomes: NO_VOICEMAIL,
      };
    case 'conversations':
    case 'talkRatio':
      return {
        ...dials,
        leastTalkSeconds: await threshold('conversations', CONVERSATION_MINIMUM_TALK_SECONDS),
        outcomes: NO_VOICEMAIL,
      };
    case 'meetingsPerConversation':
    case 'meetingsPerDial':
      return {
        ...dials,
        leastTalkSeconds: await threshold('conversations', CONVERSATION_MINIMUM_TALK_SECONDS),
        outcomes: ['meeting'],
        orOutcome: 'meeting',
      };
    case 'doubtful':
      return { ...dials, callTypes: ['Outbound', 'Inbound'], evidences: ['contradicted', 'pending'] };
    default:
      throw new ApexException('SC-102');
  }
}

/** Seconds of talk from which a call is what the metric counts, as they stood at the period's end. */
async function thresholdOf(
  call: ApexCall,
  version: string,
  metric: string,
  lastDay: string,
  otherwise: number,
): Promise<number> {
  const [weight] = await readRecords(call.userMode, version, 'Score_Weight__c', ['Threshold__c'], {
    where: all(
      compare('Metric__c', '=', text(metric)),
      compare('Effective_From__c', '<=', day(lastDay)),
      compare('Threshold__c', '!=', { kind: 'null' }),
    ),
    orderBy: [descending('Effective_From__c'), descending('Id')],
    limit: 1,
  });
  return weight === undefined ? otherwise : Number(weight['Threshold__c']);
}

async function findTasks(
  call: ApexCall,
  version: string,
  query: { readonly where: Condition; readonly orderBy: readonly Ordering[]; readonly limit: number },
): Promise<object[]> {
  const fields = [...Object.values(LOGGED_CALL), 'Who.Name'];
  const records = await readRecords(call.userMode, version, 'Task', fields, query);
  return records.map((record) => ({
    ...Object.fromEntries(Object.entries(LOGGED_CALL).map(([key, field]) => [key, record[field]])),
    personName: (record['Who'] as OrgRecord | null)?.['Name'] ?? null,
  }));
}

function all(...parts: Condition[]): Condition {
  return { kind: 'and', parts };
}

function any(...parts: Condition[]): Condition {
  return { kind: 'or', parts };
}

function compare(field: string, operator: ComparisonOperator, value: Literal): Condition {
  return { kind: 'compare', operand: { kind: 'field', path: fieldPath(field) }, operator, value };
}

function isOneOf(field: string, values: readonly string[]): Condition {
  return {
    kind: 'in',
    operand: { kind: 'field', path: fieldPath(field) },
    isNegated: false,
    values: values.map(text),
  };
}

function descending(field: string): Ordering {
  return { operand: { kind: 'field', path: fieldPath(field) }, descending: true, nulls: null };
}

function text(value: unknown): Literal {
  return typeof value === 'string' ? { kind: 'text', text: value, pattern: value } : { kind: 'null' };
}

function day(value: unknown): Literal {
  return { kind: 'date', text: String(value) };
}

import { createPrivateKey, randomUUID } from 'node:crypto';

import { SignJWT } from 'jose';
import { z } from 'zod';

import { notFound } from './apiError.ts';
import { emptyQuery, fieldPath } from './query/model.ts';
import type { Literal, QueryModel } from './query/model.ts';
import type { OrgRecord } from './query/rowPlan.ts';
import { runQuery } from './query/runQuery.ts';
import type { UnitOfWork } from './unitOfWork.ts';

/** What the three Apex classes of the package need here. No Apex runs: this is what they do, written again. */
export interface ApexOptions {
  readonly orgId: string;
  readonly relayUrl: string;
  /** PKCS #8 PEM; stands in for the org's certificate. */
  readonly signingKey: string;
  readonly version: string;
}

/** What an Apex method may do. User mode has the caller's permissions, system mode the org's. */
export interface ApexCall {
  readonly userMode: UnitOfWork;
  readonly systemMode: UnitOfWork;
  readonly parameters: unknown;
}

/** An exception that an Apex method throws for its caller: the message is all that arrives. */
export class ApexException extends Error {}

const DEFAULT_TOKEN_SECONDS = 120;
const MAXIMUM_TOKEN_SECONDS = 300;
const MAXIMUM_CALLS = 200;

const drillDownParameters = z.object({ callIds: z.array(z.string()).max(MAXIMUM_CALLS) });

/** Runs `<class>/<method>`. Throws `NOT_FOUND` for any other than the package's three. */
export async function runApex(
  options: ApexOptions,
  className: string,
  methodName: string,
  call: ApexCall,
): Promise<unknown> {
  switch (`${className}.${methodName}`) {
    case 'RelaySession.createToken':
      return createToken(options, call);
    case 'ScorelineSettings.read':
      return readSettings(options, call);
    case 'CallDrillDown.findCalls':
      return findCalls(options, call);
    default:
      throw notFound(`No Apex method is named ${className}.${methodName}`);
  }
}

/** A token that says who the caller is, for the relay alone and for a few minutes. */
async function createToken(options: ApexOptions, call: ApexCall): Promise<string> {
  const [setting] = await select(options, call.systemMode, 'Relay_Setting__mdt', ['Token_Seconds__c']);
  if (!setting) throw new ApexException('SC-607');
  const wanted = Number(setting['Token_Seconds__c'] ?? DEFAULT_TOKEN_SECONDS);
  const seconds = Math.min(wanted, MAXIMUM_TOKEN_SECONDS);
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ nonce: randomUUID() })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(options.orgId)
    .setSubject(call.userMode.access.userId ?? '')
    .setAudience(options.relayUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(createPrivateKey(options.signingKey));
}

async function readSettings(options: ApexOptions, call: ApexCall): Promise<unknown> {
  const fields = [
    'Outcome_Code__c',
    'MasterLabel',
    'Meaning__c',
    'Shortcut_Key__c',
    'Sort_Order__c',
    'Is_Active__c',
  ];
  const records = await select(options, call.systemMode, 'Call_Outcome__mdt', fields);
  return {
    relayUrl: options.relayUrl,
    outcomes: records
      .filter((record) => record['Is_Active__c'] === true)
      .sort((one, other) => Number(one['Sort_Order__c']) - Number(other['Sort_Order__c']))
      .map((record) => ({
        code: record['Outcome_Code__c'],
        label: record['MasterLabel'],
        meaning: record['Meaning__c'],
        key: record['Shortcut_Key__c'],
      })),
  };
}

async function findCalls(options: ApexOptions, call: ApexCall): Promise<unknown> {
  const parameters = drillDownParameters.safeParse(call.parameters);
  if (!parameters.success) throw new ApexException('SC-102');
  const fields = {
    taskId: 'Id',
    callId: 'Call_Id__c',
    version: 'Call_Version__c',
    subject: 'Subject',
    outcome: 'Call_Outcome__c',
    talkSeconds: 'Talk_Seconds__c',
    evidence: 'Call_Evidence__c',
    activityDate: 'ActivityDate',
  };
  const records = await select(options, call.userMode, 'Task', Object.values(fields), {
    where: {
      kind: 'in',
      operand: { kind: 'field', path: fieldPath('Call_Id__c') },
      isNegated: false,
      values: parameters.data.callIds.map((text): Literal => ({ kind: 'text', text, pattern: text })),
    },
    orderBy: [{ operand: { kind: 'field', path: fieldPath('CreatedDate') }, descending: true, nulls: null }],
    limit: MAXIMUM_CALLS,
  });
  return records.map((record) =>
    Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, record[field]])),
  );
}

async function select(
  options: ApexOptions,
  work: UnitOfWork,
  objectName: string,
  fields: readonly string[],
  more: Partial<QueryModel> = {},
): Promise<OrgRecord[]> {
  const { records } = await runQuery(
    work,
    work.connection,
    {
      ...emptyQuery(objectName),
      select: fields.map((name) => ({ kind: 'field', path: fieldPath(name), alias: null })),
      ...more,
    },
    options.version,
  );
  return [...records];
}

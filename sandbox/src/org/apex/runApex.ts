import { createPrivateKey, randomUUID } from 'node:crypto';

import { SignJWT } from 'jose';

import { notFound } from '../apiError.ts';
import { ApexException, readRecords } from './apexCall.ts';
import type { ApexCall } from './apexCall.ts';
import { findCalls, findMetricCalls } from './callDrillDown.ts';
import { findReports, readPeople } from './reportPeople.ts';

/** What the Apex classes of the package need here. No Apex runs: this is what they do, written again. */
export interface ApexOptions {
  readonly orgId: string;
  readonly relayUrl: string;
  /** PKCS #8 PEM; stands in for the org's certificate. */
  readonly signingKey: string;
  readonly version: string;
}

const DEFAULT_TOKEN_SECONDS = 120;
const MAXIMUM_TOKEN_SECONDS = 300;

/** Runs `<class>/<method>`. Throws `NOT_FOUND` for any other than the package's. */
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
      return findCalls(call, options.version);
    case 'CallDrillDown.findMetricCalls':
      return findMetricCalls(call, options.version);
    case 'ReportPeople.findReports':
      return findReports(call, options.version);
    case 'ReportPeople.readPeople':
      return readPeople(call, options.version);
    default:
      throw notFound(`No Apex method is named ${className}.${methodName}`);
  }
}

/** A token that says who the caller is, for the relay alone and for a few minutes. */
async function createToken(options: ApexOptions, call: ApexCall): Promise<string> {
  const [setting] = await readRecords(call.systemMode, options.version, 'Relay_Setting__mdt', [
    'Token_Seconds__c',
  ]);
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
  const records = await readRecords(call.systemMode, options.version, 'Call_Outcome__mdt', fields);
  const [setting] = await readRecords(call.systemMode, options.version, 'Relay_Setting__mdt', [
    'Outcome_Optional__c',
  ]);
  return {
    relayUrl: options.relayUrl,
    isOutcomeOptional: setting?.['Outcome_Optional__c'] === true,
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

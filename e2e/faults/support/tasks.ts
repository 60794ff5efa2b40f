import type { OutcomeCode } from '@scoreline/contract';
import { Connection } from 'jsforce';
import { login } from '../../support/login.ts';
import type { Chain } from './chain.ts';
import { eventually } from './eventually.ts';

type Org = Pick<Chain, 'orgUrl' | 'people'>;

/** The org as the manager sees it, who sees every rep's Tasks. */
export async function managerConnection({ orgUrl, people }: Org): Promise<Connection> {
  const { accessToken } = await login(orgUrl, people.manager.userId);
  return new Connection({ instanceUrl: orgUrl, accessToken, version: '66.0' });
}

/** Whether the org has committed a Task of this call. */
export async function hasTask(org: Org, callId: string): Promise<boolean> {
  const connection = await managerConnection(org);
  const { totalSize } = await connection.query(`SELECT Id FROM Task WHERE Call_Id__c = '${callId}'`);
  return totalSize > 0;
}

/** Resolves once the org's Task of this call says so. */
export async function taskHasOutcome(org: Org, callId: string, outcome: OutcomeCode): Promise<void> {
  await eventually(`the Task of ${callId} says ${outcome}`, async () => {
    const connection = await managerConnection(org);
    const { totalSize } = await connection.query(
      `SELECT Id FROM Task WHERE Call_Id__c = '${callId}' AND Call_Outcome__c = '${outcome}'`,
    );
    return totalSize > 0;
  });
}

/** Those of the calls that have a Task, in the order in which the org wrote them, and its count of requests. */
export async function firstTasks(
  org: Org,
  callIds: readonly string[],
): Promise<{ callIds: string[]; requestsUsed: number }> {
  const connection = await managerConnection(org);
  const { records } = await connection.query<{ Call_Id__c: string }>(
    'SELECT Call_Id__c FROM Task WHERE Call_Id__c != null ORDER BY Id',
    { autoFetch: true, maxFetch: 100_000 },
  );
  const wanted = new Set(callIds);
  return {
    callIds: records.map((record) => record.Call_Id__c).filter((callId) => wanted.has(callId)),
    requestsUsed: connection.limitInfo.apiUsage?.used ?? Infinity,
  };
}

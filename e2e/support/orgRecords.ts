import type { Connection } from 'jsforce';

export interface CallTask {
  readonly Id: string;
  readonly OwnerId: string;
  readonly WhoId: string | null;
  readonly Status: string;
  readonly TaskSubtype: string;
  readonly CallType: string;
  readonly CallObject: string;
  readonly CallDisposition: string | null;
  readonly CallDurationInSeconds: number;
  readonly Description: string | null;
  readonly Call_Id__c: string;
  readonly Call_Version__c: number;
  readonly Call_Outcome__c: string | null;
  readonly Call_Evidence__c: string;
  readonly Talk_Seconds__c: number;
  readonly Ring_Seconds__c: number;
  readonly Hold_Seconds__c: number;
  readonly After_Call_Seconds__c: number | null;
}

const TASK_FIELDS = [
  'Id, OwnerId, WhoId, Status, TaskSubtype, CallType, CallObject, CallDisposition, CallDurationInSeconds, Description',
  'Call_Id__c, Call_Version__c, Call_Outcome__c, Call_Evidence__c, Talk_Seconds__c, Ring_Seconds__c, Hold_Seconds__c',
  'After_Call_Seconds__c',
].join(', ');

/** Every Task with this call id, as this connection's user sees them. */
export async function tasksOfCall(connection: Connection, callId: string): Promise<CallTask[]> {
  const { records } = await connection.query<CallTask>(
    `SELECT ${TASK_FIELDS} FROM Task WHERE Call_Id__c = '${callId}'`,
  );
  return records;
}

/** The id of the contact of this name. */
export async function contactIdOf(connection: Connection, name: string): Promise<string> {
  const { records } = await connection.query<{ Id: string }>(`SELECT Id FROM Contact WHERE Name = '${name}'`);
  return records[0]?.Id ?? '';
}

export interface Scorecard {
  readonly Id: string;
  readonly Score__c: number | null;
  readonly Dials__c: number;
  readonly Connects__c: number;
  readonly Conversations__c: number;
  readonly Talk_Seconds__c: number;
  readonly Watermark__c: number;
}

/** The newest scorecard of a rep, or none when this connection's user may not see it. */
export async function scorecardOf(connection: Connection, repId: string): Promise<Scorecard | undefined> {
  const { records } = await connection.query<Scorecard>(
    `SELECT Id, Score__c, Dials__c, Connects__c, Conversations__c, Talk_Seconds__c, Watermark__c
     FROM Rep_Scorecard__c WHERE Rep__c = '${repId}' ORDER BY Period_Start__c DESC LIMIT 1`,
  );
  return records[0];
}

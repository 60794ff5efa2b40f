import { outcomeOf } from '@scoreline/contract';
import type { LocalOrg } from '../../org/index.ts';
import type { PastCall } from './calls.ts';
import { savedAtMs } from './loadLedger.ts';

export interface TaskNames {
  readonly userIdOf: (rep: number) => string;
  readonly recordIdOf: (call: PastCall) => string;
  /** The account of a contact; null for a lead. */
  readonly accountIdOf: (call: PastCall) => string | null;
  readonly relayUserId: string;
}

/** Writes the Task of each call as the relay's delivery writes it, and answers their ids in order. */
export async function loadTasks(
  org: LocalOrg,
  calls: readonly PastCall[],
  names: TaskNames,
): Promise<string[]> {
  return await org.load(
    'Task',
    calls.map((call) => {
      const { label } = outcomeOf(call.outcome);
      const savedAt = wholeSecond(savedAtMs(call) + 1_000);
      const talkSeconds = Math.floor(call.talkMs / 1_000);
      const holdSeconds = Math.floor(call.holdMs / 1_000);
      const lines = [call.note, call.followUpOn === null ? '' : `Follow up on ${call.followUpOn}`];
      return {
        Call_Id__c: call.callId,
        Call_Version__c: 3,
        Call_Evidence__c: 'verified',
        Talk_Seconds__c: talkSeconds,
        Ring_Seconds__c: Math.floor(call.ringMs / 1_000),
        Hold_Seconds__c: holdSeconds,
        After_Call_Seconds__c: Math.floor(call.afterCallMs / 1_000),
        CallDurationInSeconds: talkSeconds + holdSeconds,
        Subject: `Call: ${label}`,
        Call_Outcome__c: call.outcome,
        CallDisposition: label,
        Description: lines.filter((line) => line !== '').join('\n') || null,
        ActivityDate: call.day,
        OwnerId: names.userIdOf(call.rep),
        WhoId: names.recordIdOf(call),
        AccountId: names.accountIdOf(call),
        TaskSubtype: 'Call',
        Status: 'Completed',
        IsClosed: true,
        CompletedDateTime: savedAt,
        CallType: 'Outbound',
        CallObject: call.callId,
        CreatedDate: savedAt,
        CreatedById: names.relayUserId,
        LastModifiedDate: savedAt,
        LastModifiedById: names.relayUserId,
        SystemModstamp: savedAt,
      };
    }),
  );
}

function wholeSecond(epochMs: number): string {
  return new Date(Math.floor(epochMs / 1_000) * 1_000).toISOString();
}

import { outcomeOf } from '@scoreline/contract';
import { DateTime } from 'luxon';
import type { CallDetail } from '../../../calls/index.ts';

/** Fields of a Task by API name; primitives only. */
export type SalesforceFields = Readonly<Record<string, string | number | null>>;
export type TaskRecord = SalesforceFields & { readonly Call_Id__c: string };

/** Prefixes of the records a Task's WhoId can name: contacts and leads. */
const PERSON_PREFIXES = ['003', '00Q'];
/** Prefixes of the records that are worked by phone and that a Task's WhatId can name: accounts, opportunities. */
const SUBJECT_MATTER_PREFIXES = ['001', '006'];

/**
 * The Task of a call that has ended. A new Task gets everything; one that the org has gets the network facts, and
 * what the rep said or chose only when that is newer than the version the org has, so that a late fact never
 * overwrites what the rep edited in the org since.
 *
 * @param timeZone the rep's IANA zone, in which the call has its day
 * @param deliveredVersion the call's version that the org has; null for a new Task
 */
export function taskOf(call: CallDetail, timeZone: string, deliveredVersion: number | null): TaskRecord {
  const isNew = deliveredVersion === null;
  const isChosenSince = call.recordVersion !== null && call.recordVersion > (deliveredVersion ?? 0);
  const hasNewOutcome = !isNew && call.outcomeVersion !== null && call.outcomeVersion > deliveredVersion;
  return {
    Call_Id__c: call.callId,
    ...networkFacts(call),
    ...(isNew || (hasNewOutcome && call.outcomeWitness !== 'org') ? repFacts(call, timeZone) : {}),
    ...(hasNewOutcome && call.outcomeWitness === 'org' ? { CallDisposition: labelOf(call) } : {}),
    ...(isNew || isChosenSince ? parentsOf(call) : {}),
    ...(isNew ? creationFields(call) : {}),
  };
}

/** The same Task under no contact, lead or account: for a record that was deleted since the call. */
export function withoutParent({ WhoId, WhatId, ...task }: TaskRecord): TaskRecord | null {
  const hadParent = (WhoId ?? null) !== null || (WhatId ?? null) !== null;
  return hadParent ? { ...task, Call_Id__c: task.Call_Id__c } : null;
}

function networkFacts(call: CallDetail) {
  return {
    Call_Version__c: call.version,
    Call_Evidence__c: call.evidence,
    Talk_Seconds__c: call.talkSeconds,
    Ring_Seconds__c: call.ringSeconds,
    Hold_Seconds__c: call.holdSeconds,
    After_Call_Seconds__c: call.afterCallSeconds,
    CallDurationInSeconds: call.talkSeconds + call.holdSeconds,
    Voicemail_Seconds__c: call.voicemailSeconds,
    Mean_Opinion_Score__c: call.measured?.mos ?? null,
    Round_Trip_Milliseconds__c: call.measured?.rttMs ?? null,
    Jitter_Milliseconds__c: call.measured?.jitterMs ?? null,
    Packet_Loss_Percent__c: call.measured?.lossPercent ?? null,
    Talk_Ratio__c: call.measured?.talkRatio ?? null,
    Longest_Monologue_Seconds__c: call.measured?.longestMonologueSeconds ?? null,
    Dead_Air_Seconds__c: call.measured?.deadAirSeconds ?? null,
    Crosstalk_Seconds__c: call.measured?.crosstalkSeconds ?? null,
  };
}

function repFacts(call: CallDetail, timeZone: string) {
  const label = labelOf(call);
  const startedAt = call.startedAt ?? call.endedAt;
  const day = startedAt === null ? null : DateTime.fromISO(startedAt, { zone: timeZone }).toISODate();
  return {
    Subject: label === null ? kindOf(call) : `${kindOf(call)}: ${label}`,
    Call_Outcome__c: call.outcome,
    CallDisposition: label,
    Description: descriptionOf(call),
    ActivityDate: day,
  };
}

/** What the Task is called, with the outcome behind it. */
function kindOf({ direction, isMissed }: CallDetail): string {
  if (isMissed) return 'Missed call';
  return direction === 'inbound' ? 'Inbound call' : 'Call';
}

function labelOf({ outcome }: CallDetail): string | null {
  return outcome === null ? null : outcomeOf(outcome).label;
}

/**
 * The note, and under it what else the rep should find again: a message, that the call was passed on, the day that was
 * promised, why the call was corrected or logged by hand.
 */
function descriptionOf(call: CallDetail): string | null {
  const { note, followUpOn, reason, voicemailSeconds, endCause } = call;
  const lines = [
    note,
    voicemailSeconds === null ? null : `The caller left a message of ${voicemailSeconds} seconds.`,
    endCause === 'transferred' ? 'The call was transferred.' : null,
    followUpOn === null ? null : `Follow up on ${followUpOn}`,
    reason === null ? null : `Reason: ${reason}`,
  ];
  return lines.filter((line) => line !== null && line !== '').join('\n') || null;
}

/** A Task's record: a contact or lead is who, an account or opportunity is what. */
export function parentsOf({ recordId }: CallDetail) {
  const prefix = recordId?.slice(0, 3) ?? '';
  return {
    WhoId: PERSON_PREFIXES.includes(prefix) ? recordId : null,
    WhatId: SUBJECT_MATTER_PREFIXES.includes(prefix) ? recordId : null,
  };
}

function creationFields(call: CallDetail) {
  return {
    OwnerId: call.userId,
    TaskSubtype: 'Call',
    Status: 'Completed',
    Priority: 'Normal',
    CallType: call.direction === 'inbound' ? 'Inbound' : 'Outbound',
    CallObject: call.callId,
  };
}

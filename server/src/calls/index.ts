export { assignRecord } from './assignRecord.ts';
export { callOfRep, liveCallOfRep } from './callOfRep.ts';
export type { CallDetail, CallRecord } from './callRecord.ts';
export {
  callsToCount,
  changedStartsOfRep,
  firstDialsTo,
  positionOfRep,
  startsOfRep,
  type CountedCall,
} from './countedCalls.ts';
export { dialedNumbersOf } from './dialedNumbers.ts';
export { findCalls } from './findCalls.ts';
export { foldCall, type LedgerEvent } from './foldCall.ts';
export { openCall } from './openCall.ts';
export { markMissedSeen, missedUnseenOf, recentCallsOf } from './recentCalls.ts';
export { hashEmail, hashNumber, keyedHash } from './personalHash.ts';
export {
  CALL_CHANGED_QUEUE,
  callChangedSchema,
  recordEvents,
  type CallChanged,
  type Ledger,
} from './recordEvents.ts';
export { recordOrgOutcomes, type OrgOutcome } from './recordOrgOutcomes.ts';
export { recordSoftphoneEvents } from './recordSoftphoneEvents.ts';

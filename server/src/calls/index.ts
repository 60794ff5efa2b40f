export type { CallDetail, CallRecord } from './callRecord.ts';
export { changedCallsOfRep, findCalls } from './findCalls.ts';
export { foldCall, type CallFacts, type LedgerEvent } from './foldCall.ts';
export { openCall, type CallOpening } from './openCall.ts';
export { hashNumber } from './personalHash.ts';
export {
  CALL_CHANGED_QUEUE,
  callChangedSchema,
  recordEvents,
  type CallChanged,
  type Ledger,
  type LedgerReceipt,
  type ReportedEvent,
  type WitnessReport,
} from './recordEvents.ts';
export { recordSoftphoneEvents } from './recordSoftphoneEvents.ts';

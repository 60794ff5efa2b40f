export {
  dialingRules,
  isDoNotCall,
  numbersOfOwnPeople,
  organizationOf,
  repOf,
  targetsOf,
  weightsOf,
  type OrganizationCopy,
  type WeightCopy,
} from './copies.ts';
export {
  absencesOf,
  chancesOf,
  changedSalesDays,
  leadsCreated,
  membersOf,
  peersOf,
  type SalesQuestion,
} from './salesFigures.ts';
export { salesOfPeriods } from './salesOfPeriods.ts';
export {
  CrmError,
  type CardSource,
  type ComparedCard,
  type LabelledValue,
  type MetricPublication,
  type RepCards,
  type ScorecardPublication,
} from './port.ts';
export { deliverOnce, type DeliveryFault } from './salesforce/delivery/deliverOnce.ts';
export { deadLetters, replayDeadLetters } from './salesforce/delivery/deadLetters.ts';
export { markDue } from './salesforce/delivery/outbox.ts';
export { publisherTo, type PublishRecords } from './salesforce/delivery/publishRecords.ts';
export { startDelivery } from './salesforce/delivery/startDelivery.ts';
export type { NumberMatch } from './matching/decideMatch.ts';
export { findCallers } from './matching/findCallers.ts';
export { recentCalls } from './matching/recentCalls.ts';
export { chooseRecord } from './matching/chooseRecord.ts';
export { matchNumber } from './matching/matchNumber.ts';
export { callableRecords, type CallableRecord } from './matching/numbersOfRecords.ts';
export { pendingMatches } from './matching/pendingMatches.ts';
export { judgeTasks } from './salesforce/reconcile/judgeTasks.ts';
export { reconcile, reconcileWhenDue } from './salesforce/reconcile/reconcile.ts';
export {
  backfill,
  type BackfillOptions,
  type BackfillProgress,
  type BackfillResult,
} from './salesforce/backfill.ts';
export { openOrganizations, type SalesforceOrganizations } from './salesforce/organizations.ts';
export { startSync, type Sync, type SyncFault } from './salesforce/syncIn.ts';

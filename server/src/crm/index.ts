import type { CrmPort } from './port.ts';
import type { SalesforceOrganizations } from './salesforce/organizations.ts';
import { publishScorecard } from './salesforce/publishScorecard.ts';

export { dialingRules, isDoNotCall, organizationOf, repOf, targetsOf, weightsOf } from './copies.ts';
export type { Candidate, NumberMatch } from './matching/decideMatch.ts';
export { chooseRecord } from './matching/chooseRecord.ts';
export { matchNumber } from './matching/matchNumber.ts';
export { pendingMatches } from './matching/pendingMatches.ts';
export { CrmError, type CrmPort, type ScorecardPublication } from './port.ts';
export { DELIVER_CALL_QUEUE, startDelivery, type DeliverCall } from './salesforce/deliver.ts';
export { openOrganizations, type SalesforceOrganizations } from './salesforce/organizations.ts';
export { startSync, type Sync, type SyncFault } from './salesforce/syncIn.ts';

/** What the rest of the relay asks of the CRM, answered by Salesforce. */
export function createCrmPort(organizations: SalesforceOrganizations): CrmPort {
  return {
    publishScorecard: (orgId, scorecard) => publishScorecard(organizations.sessionOf(orgId), scorecard),
  };
}

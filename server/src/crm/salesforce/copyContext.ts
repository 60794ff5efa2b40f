import type { Database } from '../../database/index.ts';
import type { CopyContext } from './changedRecords.ts';
import type { SalesforceOrganizations } from './organizations.ts';

/** What copies of an org are made with. Throws for an org that is not configured. */
export function copyContextOf(
  options: {
    readonly database: Database;
    readonly organizations: SalesforceOrganizations;
    readonly personalDataKey: Buffer;
  },
  orgId: string,
): CopyContext {
  return {
    database: options.database,
    orgId,
    session: options.organizations.sessionOf(orgId),
    personalDataKey: options.personalDataKey,
    homeCountry: options.organizations.homeCountryOf(orgId),
  };
}

import type { CountryCode } from 'libphonenumber-js/max';
import { homeCountryOf } from '../../dialing/index.ts';
import { openSession, type SalesforceAccess, type SalesforceSession } from './session.ts';

/** An org that the relay serves, as far as the CRM is concerned. */
export interface CrmOrganization {
  readonly orgId: string;
  readonly salesforce: SalesforceAccess;
  /** The number its people call from tells the country whose national numbers its records hold. */
  readonly sip: { readonly callerIdE164?: string | undefined };
}

/** The orgs and the one session of each. */
export interface SalesforceOrganizations {
  readonly orgIds: readonly string[];
  /** @throws Error for an org that is not configured: its jobs wait until it is again, or go to the dead letters. */
  sessionOf(orgId: string): SalesforceSession;
  /** The country of numbers that are written without a country code, as the permit reads what a rep dials. */
  homeCountryOf(orgId: string): CountryCode;
}

/** Opens a session per org; nobody signs in before the first request. */
export function openOrganizations(organizations: Iterable<CrmOrganization>): SalesforceOrganizations {
  const opened = new Map(
    [...organizations].map(({ orgId, salesforce, sip }) => [
      orgId,
      { session: openSession(salesforce), homeCountry: homeCountryOf(sip.callerIdE164) },
    ]),
  );
  const organizationOf = (orgId: string) => {
    const organization = opened.get(orgId);
    if (organization === undefined) throw new Error('This org is not configured');
    return organization;
  };
  return {
    orgIds: [...opened.keys()],
    sessionOf: (orgId) => organizationOf(orgId).session,
    homeCountryOf: (orgId) => organizationOf(orgId).homeCountry,
  };
}

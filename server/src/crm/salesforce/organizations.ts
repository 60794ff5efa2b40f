import { openSession, type SalesforceAccess, type SalesforceSession } from './session.ts';

/** An org that the relay serves, as far as the CRM is concerned. */
export interface CrmOrganization {
  readonly orgId: string;
  readonly salesforce: SalesforceAccess;
}

/** The orgs and the one session of each. */
export interface SalesforceOrganizations {
  readonly orgIds: readonly string[];
  /** @throws Error for an org that is not configured: its jobs wait until it is again, or go to the dead letters. */
  sessionOf(orgId: string): SalesforceSession;
}

/** Opens a session per org; nobody signs in before the first request. */
export function openOrganizations(organizations: Iterable<CrmOrganization>): SalesforceOrganizations {
  const sessions = new Map(
    [...organizations].map(({ orgId, salesforce }) => [orgId, openSession(salesforce)]),
  );
  return {
    orgIds: [...sessions.keys()],
    sessionOf(orgId) {
      const session = sessions.get(orgId);
      if (session === undefined) throw new Error('This org is not configured');
      return session;
    },
  };
}

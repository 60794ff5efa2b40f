import type { SalesforceOrganizations } from '../organizations.ts';
import { RECORDS_PER_GROUP, upsertGroups, type UpsertGroup } from './upsertGroups.ts';

/** The whole publication ends before the next pass of the sync. */
const TIMEOUT_MS = 30_000;

/** Writes records that travel with no Task, by their external id. Gives the code of each: null where the org took it. */
export type PublishRecords = (orgId: string, group: UpsertGroup) => Promise<readonly (string | null)[]>;

/** @throws CrmError when the org could not be asked */
export function publisherTo(organizations: SalesforceOrganizations): PublishRecords {
  return async (orgId, { records, ...group }) => {
    const session = organizations.sessionOf(orgId);
    const until = performance.now() + TIMEOUT_MS;
    const codes: (string | null)[] = [];
    for (let start = 0; start < records.length; start += RECORDS_PER_GROUP) {
      const part = records.slice(start, start + RECORDS_PER_GROUP);
      const [result] = await upsertGroups(session, [{ ...group, records: part }], until);
      codes.push(...(result?.rows ?? []).map(({ code }) => code));
    }
    return codes;
  };
}

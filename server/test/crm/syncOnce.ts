import { startSync, type SyncFault } from '../../src/crm/index.ts';
import type { OrgUnderTest } from './orgUnderTest.ts';

/** One pass over the org; gives what could not be copied. */
export async function syncOnce(under: OrgUnderTest): Promise<SyncFault[]> {
  const faults: SyncFault[] = [];
  const sync = startSync({
    database: under.ledger.database,
    organizations: under.organizations,
    personalDataKey: under.ledger.personalDataKey,
    intervalSeconds: 3_600,
    onFault: (fault) => faults.push(fault),
  });
  await sync.firstPass;
  await sync.stop();
  return faults;
}

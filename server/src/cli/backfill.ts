import { backfill } from '../crm/index.ts';
import { orgIdsOf, say, type CommandOptions } from './relayParts.ts';

/** Reads everything of the org that the relay keeps a copy of, and says how far it is. */
export async function runBackfill(options: CommandOptions): Promise<void> {
  const { ledger, organizations, signal } = options;
  for (const orgId of orgIdsOf(options)) {
    const { isComplete, faults } = await backfill({
      database: ledger.database,
      organizations,
      personalDataKey: ledger.personalDataKey,
      orgId,
      signal,
      onProgress: ({ objectName, done, total }) =>
        say(`${orgId}  ${objectName}  ${done}${total === null ? '' : ` of ${total}`}`),
    });
    for (const { objectName, code } of faults) say(`${orgId}  ${objectName} could not be read: ${code}`);
    if (isComplete) say(`${orgId}  complete`);
    else say(`${orgId}  not complete: start it again, it goes on where it was`);
    if (!isComplete) process.exitCode = 1;
  }
}

import type { PublishRecords } from '../../crm/index.ts';
import type { Database } from '../../database/index.ts';
import { followSignOffs } from './closedPeriods.ts';
import { recordTold, takeLateFacts, type LateFacts } from './lateFacts.ts';
import { lateFactCount, lateFactWords } from './lateFactWords.ts';

/**
 * Takes up what managers signed off or opened again, and writes on the closes what came late. Meant to run after every
 * pass of the sync. What the org
 * refuses is tried again at the next.
 *
 * @throws CrmError when the org could not be asked; nothing is noted as written then
 */
export async function followCloses(
  database: Database,
  publish: PublishRecords,
  orgId: string,
): Promise<void> {
  await database.transaction((connection) => followSignOffs(connection, orgId));
  await database.transaction(async (connection) => {
    const late = (await takeLateFacts(connection, orgId))
      .map((facts) => ({ facts, words: lateFactWords(facts) }))
      .filter(({ facts, words }) => words !== facts.told);
    if (late.length === 0) return;
    const codes = await publish(orgId, {
      objectName: 'Quarter_Close__c',
      externalIdField: 'Close_Key__c',
      records: late.map(({ facts, words }) => closeRecord(facts, words)),
    });
    for (const [index, { facts, words }] of late.entries())
      await recordTold(connection, orgId, facts.closeKey, codes[index] === null ? words : null);
  });
}

function closeRecord(facts: LateFacts, words: string) {
  return {
    Close_Key__c: facts.closeKey,
    Late_Facts__c: lateFactCount(facts),
    Late_Facts_List__c: words,
  };
}

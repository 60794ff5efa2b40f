import { createRecord, deleteRecord } from 'lightning/uiRecordApi';
import type { SuggestedTarget } from 'c/callContract';

/** What came of writing or removing several records, each by itself. */
export interface Saved {
  readonly ids: readonly string[];
  readonly failed: number;
}

/** Gives each of these people the target from a day on, `YYYY-MM-DD`; each owns their own, so that they see it. */
export async function setTargets(
  { metric, target }: SuggestedTarget,
  repIds: readonly string[],
  firstDay: string,
): Promise<Saved> {
  return settle(
    repIds.map(async (repId) => {
      const { id } = await createRecord({
        apiName: 'Rep_Target__c',
        fields: {
          OwnerId: repId,
          Rep__c: repId,
          Metric__c: metric,
          Target__c: target,
          Effective_From__c: firstDay,
        },
      });
      return id;
    }),
  );
}

/** Takes targets back; `ids` are those that are gone. */
export async function removeTargets(targetIds: readonly string[]): Promise<Saved> {
  return settle(
    targetIds.map(async (id) => {
      await deleteRecord(id);
      return id;
    }),
  );
}

async function settle(writes: readonly Promise<string>[]): Promise<Saved> {
  const results = await Promise.allSettled(writes);
  const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return { ids, failed: results.length - ids.length };
}

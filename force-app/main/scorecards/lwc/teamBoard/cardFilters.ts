/** A filter of scorecards as GraphQL takes it. */
export type CardFilter = Readonly<Record<string, unknown>>;

/** The cards of the period that starts on a day, `YYYY-MM-DD`. */
export function periodWhere(startDay: string): CardFilter {
  return { Period_Start__c: { eq: { value: startDay } } };
}

/** Those of them that changed at a moment or later; all when no moment is known. */
export function changesWhere(startDay: string, since: string): CardFilter {
  if (since === '') return periodWhere(startDay);
  return { and: [periodWhere(startDay), { LastModifiedDate: { gte: { value: since } } }] };
}

export { SAMPLE_REPORTS } from './apex/reportPeople.ts';
export type { LoadedRecord } from './changes/loadRecords.ts';
export { createOrg } from './createOrg.ts';
export type { LocalOrg, OrgOptions } from './createOrg.ts';
export { OPPORTUNITY_STAGES, forecastCategoryOf } from './schema/standard/opportunityStages.ts';
export type { ColumnValue } from './storage/copyIn.ts';
export { inTransaction } from './storage/database.ts';
export type { Connection } from './storage/database.ts';

export { createOrg } from './createOrg.ts';
export type { LocalOrg, OrgOptions } from './createOrg.ts';

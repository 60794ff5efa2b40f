export { createOrg } from './createOrg.ts';
export type { LocalOrg } from './createOrg.ts';

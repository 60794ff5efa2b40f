import type { CopiedObject } from './changedRecords.ts';
import { targetCopy, weightCopy } from './copyGoals.ts';
import { accountCopy, contactCopy, leadCopy } from './copyRecords.ts';
import { userCopy } from './copyUsers.ts';

/**
 * Every object that is copied by its changes, in the order in which a pass reads them. First what calls wait for,
 * and contacts before leads, which may have become contacts.
 */
export const COPIED_OBJECTS: readonly CopiedObject[] = [
  userCopy,
  contactCopy,
  leadCopy,
  accountCopy,
  weightCopy,
  targetCopy,
];

import type { CopiedObject } from './changedRecords.ts';
import { followUpCopy, meetingCopy } from './copyActivities.ts';
import { campaignCopy, campaignMemberCopy } from './copyCampaigns.ts';
import { quarterCloseCopy } from './copyCloses.ts';
import { driveCopy, driveMemberCopy } from './copyDrives.ts';
import { targetCopy, weightCopy } from './copyGoals.ts';
import {
  opportunityCopy,
  opportunityHistoryCopy,
  opportunityLineCopy,
  productCopy,
} from './copyOpportunities.ts';
import { absenceCopy, benchmarkCopy, quotaCopy, roleCopy } from './copyPlans.ts';
import { accountCopy, contactCopy, leadCopy } from './copyRecords.ts';
import { userCopy } from './copyUsers.ts';
import { callTaskCopy } from './reconcile/callTasks.ts';

/**
 * Every object that is copied by its changes, in the order in which a pass reads them. First what calls and cards wait
 * for, and contacts before leads, which may have become contacts.
 */
export const COPIED_OBJECTS: readonly CopiedObject[] = [
  userCopy,
  contactCopy,
  leadCopy,
  accountCopy,
  weightCopy,
  targetCopy,
  quarterCloseCopy,
  roleCopy,
  absenceCopy,
  quotaCopy,
  benchmarkCopy,
  driveCopy,
  driveMemberCopy,
  callTaskCopy,
  followUpCopy,
  meetingCopy,
  productCopy,
  opportunityCopy,
  opportunityLineCopy,
  opportunityHistoryCopy,
  campaignCopy,
  campaignMemberCopy,
];

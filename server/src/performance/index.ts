export { followCloses } from './close/followCloses.ts';
export { followDrives } from './drives/followDrives.ts';
export { createCardSource, markCardDue } from './dueCards.ts';
export { suggestedTargets } from './suggestedTargets.ts';
export { ROLL_UP_REP_QUEUE, startPerformance, type RollUpRep } from './startPerformance.ts';

export { callModelReport } from './modelStore.ts';
export {
  endPowerList,
  passOver,
  pausePowerList,
  readPowerList,
  startPowerList,
  takeNextPerson,
} from './powerLists.ts';
export { forgetEndedReservations, holdNumber } from './reservations.ts';
export { startProspecting, TRAIN_CALL_MODEL_QUEUE, trainModelOf } from './startProspecting.ts';

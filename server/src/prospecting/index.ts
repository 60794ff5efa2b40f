export { callModelReport } from './modelStore.ts';
export {
  endPowerList,
  passOver,
  pausePowerList,
  readPowerList,
  startPowerList,
  takeNextPerson,
  tidyPowerLists,
} from './powerLists.ts';
export { holdNumber } from './reservations.ts';
export { startProspecting, TRAIN_CALL_MODEL_QUEUE, trainModelsOf } from './startProspecting.ts';

export {
  endPowerList,
  passOver,
  pausePowerList,
  readPowerList,
  startPowerList,
  takeNextPerson,
} from './powerLists.ts';
export { forgetEndedReservations, holdNumber } from './reservations.ts';

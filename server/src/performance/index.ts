export {
  ROLL_UP_REP_QUEUE,
  rollUpRepSchema,
  startPerformance,
  type Performance,
  type PerformanceOptions,
  type RollUpRep,
} from './startPerformance.ts';

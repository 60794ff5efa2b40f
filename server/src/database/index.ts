export { openDatabase, type Connection, type Database, type DatabaseOptions } from './database.ts';
export { migrate } from './migrate.ts';
export {
  openQueue,
  WholeBatchFailed,
  type JobFailure,
  type Queue,
  type QueueOptions,
  type WorkOptions,
} from './queue.ts';
export { DatabaseUnavailable } from './unavailable.ts';

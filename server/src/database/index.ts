export { openDatabase, type Connection, type Database } from './database.ts';
export { migrate } from './migrate.ts';
export { openQueue, WholeBatchFailed, type FailedJobs, type JobFailure, type Queue } from './queue.ts';
export { DatabaseUnavailable } from './unavailable.ts';

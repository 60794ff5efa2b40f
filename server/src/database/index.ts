export { openDatabase, type Connection, type Database } from './database.ts';
export { migrate } from './migrate.ts';
export { openQueue, type Queue } from './queue.ts';
export type { FailedJobs, JobFailure } from './settleBatch.ts';
export { DatabaseUnavailable } from './unavailable.ts';

import { startServerOfTheRun } from '../sandbox/test/testServer.ts';

let stop: (() => Promise<void>) | undefined;

/** Run by `node --test` before the first file: one PostgreSQL server for all of them, a database for each. */
export async function globalSetup(): Promise<void> {
  stop = await startServerOfTheRun();
}

/** Run after the last file. */
export async function globalTeardown(): Promise<void> {
  await stop?.();
}

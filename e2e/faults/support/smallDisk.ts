import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { give, unprivilegedAccount } from '../../../sandbox/src/unprivilegedAccount.ts';
import type { Chain } from './chain.ts';

const run = promisify(execFile);
const MEGABYTE = 1_048_576;
const SIZE_MB = 4;

/** A disk of 4 MB that holds the ledger's events, and nothing else of the database. */
export interface SmallDisk {
  /** Leaves not one block free. */
  fill(): Promise<void>;
  /** Frees what `fill` took. */
  clear(): Promise<void>;
  /** Moves the events back to where they were. */
  remove(): Promise<void>;
}

/** Mounting a file system of our own needs root, or a container that plays it. */
export const MAY_MOUNT = process.platform === 'linux' && process.getuid?.() === 0;

/** Moves the ledger's events to a tablespace on a small tmpfs. */
export async function moveEventsToSmallDisk({ dataDirectory, relayDatabase }: Chain): Promise<SmallDisk> {
  const mountPoint = join(dataDirectory, 'small-disk');
  const filler = join(mountPoint, 'filler');
  await mkdir(mountPoint);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', mountPoint]);
  const location = join(mountPoint, 'tablespace');
  await mkdir(location, { mode: 0o700 });
  await give(location, await unprivilegedAccount());
  await relayDatabase.query(`create tablespace small_disk location '${location}'`);
  const moveTo = async (tablespace: string): Promise<void> => {
    await relayDatabase.query(`alter table call_event set tablespace ${tablespace}`);
    await relayDatabase.query(`alter index call_event_pkey set tablespace ${tablespace}`);
  };
  await moveTo('small_disk');
  return {
    async fill() {
      await writeFile(filler, Buffer.alloc(SIZE_MB * MEGABYTE)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error;
      });
    },
    clear: () => rm(filler),
    async remove() {
      await moveTo('pg_default');
      await relayDatabase.query('drop tablespace small_disk');
      await run('umount', [mountPoint]);
    },
  };
}

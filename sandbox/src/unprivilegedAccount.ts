import { createHash } from 'node:crypto';
import { chown, mkdir, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { SandboxError } from './sandboxError.ts';

/** Where an unprivileged account can always reach files, reboots included. */
const REACHABLE_DIRECTORY = '/var/tmp';

/** PostgreSQL refuses to run as root: the account that runs it then. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Nobody in particular where this process may run PostgreSQL itself; another account where it is root. */
export async function unprivilegedAccount(): Promise<Account> {
  if (userInfo().uid !== 0) return {};
  const passwd = await readFile('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new SandboxError(
    'PostgreSQL cannot run as root and this system has no user postgres or nobody. Create one.',
  );
}

/** This folder, or where root cloned into a folder closed to others, one of the same meaning that is open. */
export async function reachableDirectory(directory: string, account: Account): Promise<string> {
  await mkdir(directory, { recursive: true });
  const directoryOrOpenOne = (await isReachable(directory, account))
    ? directory
    : openFolder('data', directory);
  await mkdir(directoryOrOpenOne, { recursive: true });
  await give(directoryOrOpenOne, account);
  return directoryOrOpenOne;
}

/** Whether another account may pass through every folder above this path. */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true;
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    const { mode, uid } = await stat(parent);
    if ((mode & 0o001) === 0 && uid !== account.uid) return false;
    if (parent === dirname(parent)) return true;
  }
}

/** Makes the account the owner of this path. */
export async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** Its working directory must be one that the account may enter, which the caller's need not be. */
export function spawnOptions(account: Account): { cwd: string } & Account {
  return { cwd: '/', ...account };
}

/** The open folder that stands for a closed one. */
export function openFolder(purpose: string, path: string): string {
  const fingerprint = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return join(REACHABLE_DIRECTORY, `scoreline-${purpose}-${fingerprint}`);
}

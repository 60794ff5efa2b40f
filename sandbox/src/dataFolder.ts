import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from './sandboxError.ts';

/**
 * Claims a data folder for this process, so that two sandboxes never share a database.
 * A claim whose process is gone, killed perhaps, is taken over.
 * @returns what gives the folder back.
 * @throws SandboxError when a living sandbox holds it.
 */
export async function claimDataFolder(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true });
  const claim = join(directory, 'process-id');
  const holder = Number(await readFile(claim, 'utf8').catch(() => ''));
  if (holder > 0 && holder !== process.pid && (await isSandbox(holder)))
    throw new SandboxError(
      `Scoreline already runs on ${directory} (process ${holder}). Stop it, or choose another folder with --data.`,
    );
  await writeFile(claim, String(process.pid));
  return () => rm(claim, { force: true });
}

/** Process ids are used again after a restart of the machine, so the name is looked at where the system tells it. */
async function isSandbox(processId: number): Promise<boolean> {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const commandLine = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => null);
  return commandLine === null || commandLine.includes('serve.ts');
}

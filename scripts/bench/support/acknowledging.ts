import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Another process that writes to the ledger as phones do, at a steady pace while it is told to. */
export interface Acknowledging {
  begin(): Promise<void>;
  pause(): Promise<void>;
  /** Of all acknowledgements so far. */
  p99Ms(): Promise<number>;
  stop(): Promise<void>;
}

export async function startAcknowledging(databaseUrl: string): Promise<Acknowledging> {
  const child = fork(join(import.meta.dirname, 'acknowledgingProcess.ts'), [databaseUrl]);
  await told(child, 'ready');
  return {
    begin: () => ask(child, 'begin'),
    pause: () => ask(child, 'pause'),
    async p99Ms() {
      const answer = once(child, 'message') as Promise<[{ p99Ms: number }]>;
      child.send('p99Ms');
      return (await answer)[0].p99Ms;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

async function ask(child: ChildProcess, wish: string): Promise<void> {
  const done = told(child, wish);
  child.send(wish);
  await done;
}

async function told(child: ChildProcess, word: string): Promise<void> {
  const [message] = (await once(child, 'message')) as [unknown];
  if (message !== word) throw new Error(`The process that acknowledges said ${JSON.stringify(message)}`);
}

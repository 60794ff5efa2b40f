import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { relayCommand } from './relayCommand.ts';
import { SandboxError } from './sandboxError.ts';

/** A busy machine takes its time; a relay that ended is noticed at once. */
const READY_WITHIN_SECONDS = 60;
const RESTART_AFTER_MS = 200;
const STOP_WITHIN_MS = 10_000;

export interface RelayProcessOptions {
  readonly projectDirectory: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The relay's own log goes here. */
  readonly logFile: string;
}

/** A relay kept running: started again whenever it dies, as a company's supervisor would. */
export interface RelayProcess {
  readonly processId: () => number | undefined;
  stop(): Promise<void>;
}

/** Starts the relay and waits until it says that it is ready. */
export async function startRelay(options: RelayProcessOptions): Promise<RelayProcess> {
  const log = createWriteStream(options.logFile, { flags: 'a' });
  let keepRunning = false;
  let current = launch();

  function launch(): ChildProcess {
    // Nothing else of this process's environment: what the relay is told is what a company would tell it.
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const child = spawn(
      process.execPath,
      relayCommand(options.projectDirectory, 'all'),
      // A process group of its own: Ctrl-C must reach it last, after the switch has reported the calls it ended.
      // The channel ends it when this process is killed.
      {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { PATH, NODE_COMPILE_CACHE, ...options.environment, PORT: String(options.port) },
      },
    );
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('exit', () => {
      if (!keepRunning) return;
      setTimeout(() => {
        if (keepRunning) current = launch();
      }, RESTART_AFTER_MS);
    });
    return child;
  }

  await waitUntilReady(current, `http://127.0.0.1:${options.port}/readyz`, options.logFile);
  keepRunning = true;

  return {
    processId: () => current.pid,
    stop: async () => {
      keepRunning = false;
      if (current.exitCode === null && current.signalCode === null) {
        const exited = once(current, 'exit');
        current.kill('SIGTERM');
        const deadline = setTimeout(() => current.kill('SIGKILL'), STOP_WITHIN_MS);
        await exited;
        clearTimeout(deadline);
      }
      log.end();
    },
  };
}

async function waitUntilReady(child: ChildProcess, readyUrl: string, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_SECONDS * 1_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new SandboxError(`The relay ended while starting. Its log says why: ${logFile}`);
    const isReady = await fetch(readyUrl).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new SandboxError(
    `The relay was not ready within ${READY_WITHIN_SECONDS} s. Its log says why: ${logFile}`,
  );
}

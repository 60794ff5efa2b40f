import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { eventually } from '../../faults/support/eventually.ts';

const STOP_WITHIN_MS = 5_000;
const READY_WITHIN_MS = 20_000;

export interface ProgramOptions {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
  /** Beside `PATH`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** What it prints goes here. */
  readonly logFile: string;
}

/** A program of Debian's that a test started, in a process group of its own. */
export class RunningProgram {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #logFile: string;
  readonly #exit: Promise<number | null>;

  constructor({ name, command, parameters, environment = {}, directory, logFile }: ProgramOptions) {
    this.name = name;
    this.#logFile = logFile;
    this.#child = spawn(command, [...parameters], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...environment },
      ...(directory === undefined ? {} : { cwd: directory }),
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    this.#child.stdout?.pipe(log, { end: false });
    this.#child.stderr?.pipe(log, { end: false });
    this.#exit = once(this.#child, 'exit').then(([code]) => {
      log.end();
      return code as number | null;
    });
  }

  /** Resolves with its exit code once it has ended by itself. */
  get ended(): Promise<number | null> {
    return this.#exit;
  }

  async log(): Promise<string> {
    return await readFile(this.#logFile, 'utf8').catch(() => '');
  }

  /** Resolves once the question is answered with yes. @throws Error with its log when it ended before */
  async isReady(question: () => Promise<boolean>): Promise<void> {
    const ended = this.#exit.then(async (code) => {
      throw new Error(`${this.name} ended with ${code}:\n${await this.log()}`);
    });
    // It ends one day, when nobody waits here any more.
    ended.catch(() => undefined);
    await Promise.race([eventually(`${this.name} is ready`, question, READY_WITHIN_MS), ended]);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const deadline = setTimeout(() => this.#signalGroup('SIGKILL'), STOP_WITHIN_MS);
    await this.#exit;
    clearTimeout(deadline);
  }

  /** How many processes of its group are left. */
  get leftovers(): number {
    return this.#signalGroup(0) ? 1 : 0;
  }

  #signalGroup(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-(this.#child.pid ?? 0), signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
      throw error;
    }
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { eventually } from './eventually.ts';

const RESTART_AFTER_MS = 100;
const STOP_WITHIN_MS = 10_000;

export interface SupervisedOptions {
  readonly name: string;
  /** What Node runs, and with which parameters. */
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** A GET of it succeeds when the process can do its work. */
  readonly readyUrl: string;
  /** What the process prints goes here. */
  readonly logFile: string;
}

/** A real process that is started again on its port whenever it dies, as a company's supervisor would. */
export class SupervisedProcess {
  readonly name: string;
  readonly #options: SupervisedOptions;
  #child: ChildProcess | undefined;
  #keepsRunning = false;
  #moreEnvironment: Readonly<Record<string, string>> = {};

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Starts it, if it does not run, and resolves once it is ready. */
  async start(): Promise<void> {
    this.#keepsRunning = true;
    this.#child ??= this.#launch();
    await this.isReady();
  }

  /** Kills it and starts it with this beside its own environment. */
  async restart(moreEnvironment: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.takeDown();
    this.#moreEnvironment = moreEnvironment;
    await this.start();
  }

  async isReady(): Promise<void> {
    await eventually(`${this.name} is ready; see ${this.#options.logFile}`, async () => {
      if (this.#child === undefined) return false;
      return (await fetch(this.#options.readyUrl, { signal: AbortSignal.timeout(5_000) })).ok;
    });
  }

  /** Of the process as it runs now. @throws Error while it is down */
  processId(): number {
    const processId = this.#child?.pid;
    if (processId === undefined) throw new Error(`${this.name} does not run`);
    return processId;
  }

  /** Sends a signal at once; a process that dies of it is started again. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Kills it as power loss would, and leaves it down. */
  async takeDown(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#keepsRunning = false;
    const child = this.#child;
    if (child === undefined) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(deadline);
  }

  #launch(): ChildProcess {
    const { parameters, environment, logFile } = this.#options;
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const child = spawn(process.execPath, [...parameters], {
      detached: true,
      // The channel ends it when this process is killed.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH, NODE_COMPILE_CACHE, ...environment, ...this.#moreEnvironment },
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('exit', () => {
      log.end();
      this.#child = undefined;
      setTimeout(() => {
        if (this.#keepsRunning) this.#child ??= this.#launch();
      }, RESTART_AFTER_MS);
    });
    return child;
  }
}

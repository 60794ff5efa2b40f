import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../database/index.ts';
import { CrmError } from '../port.ts';
import { COPIED_OBJECTS } from './copiedObjects.ts';
import { copyContextOf } from './copyContext.ts';
import { copyApiShare, copyDialingRules, copyOrganization } from './copySettings.ts';
import { isObjectMissing, rememberMissing, type MissingObjects } from './missingObjects.ts';
import type { SalesforceOrganizations } from './organizations.ts';
import { endTurn, takeTurn } from './syncTurn.ts';

export interface SyncOptions {
  readonly database: Database;
  readonly organizations: SalesforceOrganizations;
  /** Key of the hashes of phone numbers. */
  readonly personalDataKey: Buffer;
  readonly intervalSeconds: number;
  /**
   * Told what could not be copied, by the names of org, step and error. A later pass tries again; what the org or the
   * relay's rights lack is told once.
   */
  readonly onFault: (fault: SyncFault) => void;
  /** Runs after every pass over an org, also over one that could not be reached; the signal asks it to end. */
  readonly afterPass?: (orgId: string, stopping: AbortSignal) => Promise<void>;
}

export interface SyncFault {
  readonly orgId: string;
  readonly step: string;
  readonly code: string;
}

export interface Sync {
  /** Resolves when every org was tried once, or after ten seconds: an unreachable org must not stop the relay. */
  readonly firstPass: Promise<void>;
  /** Ends the loop after the step that runs. */
  stop(): Promise<void>;
}

const FIRST_PASS_WAIT_MS = 10_000;
/** A worker keeps its turn from pass to pass, and loses it when it says nothing for longer than a step takes. */
const LONGEST_STEP_SECONDS = 30;

/** What changes seldom, and what nothing waits for, is read at every so manieth pass. */
const PASSES_PER_FULL_PASS = 5;

/** Starts to keep the relay's copies of the orgs up to date, one pass after another. */
export function startSync(options: SyncOptions): Sync {
  const stopping = new AbortController();
  const missing = rememberMissing();
  const worker = randomUUID();
  const pass = (number: number) =>
    syncAll({
      ...options,
      missing,
      worker,
      stopping: stopping.signal,
      isFull: number % PASSES_PER_FULL_PASS === 0,
    });
  const first = pass(0);
  const loop = first.then(async () => {
    for (let number = 1; !stopping.signal.aborted; number += 1) {
      await pause(options.intervalSeconds * 1_000, stopping.signal);
      if (!stopping.signal.aborted) await pass(number);
    }
  });
  return {
    firstPass: settledWithin(first, FIRST_PASS_WAIT_MS),
    async stop() {
      stopping.abort();
      await loop;
      for (const orgId of options.organizations.orgIds) await endTurn(options.database, orgId, worker);
    },
  };
}

async function settledWithin(promise: Promise<void>, milliseconds: number): Promise<void> {
  const settled = new AbortController();
  const timeout = pause(milliseconds, settled.signal);
  await Promise.race([promise, timeout]);
  settled.abort();
}

/** Resolves after the time, or at once when the signal ends it. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

interface Pass extends SyncOptions {
  readonly worker: string;
  readonly missing: MissingObjects;
  readonly stopping: AbortSignal;
  /** Whether everything is read, or only what calls and cards wait for. */
  readonly isFull: boolean;
}

interface Step {
  readonly name: string;
  readonly isOptional?: boolean;
  run(): Promise<void>;
}

async function syncAll(pass: Pass): Promise<void> {
  for (const orgId of pass.organizations.orgIds) {
    if (pass.stopping.aborted) return;
    const steps = [
      ...stepsOf(pass, orgId),
      { name: 'afterPass', run: async () => pass.afterPass?.(orgId, pass.stopping) },
    ];
    for (const step of steps) {
      if (pass.stopping.aborted || !(await hasTurn(pass, orgId))) break;
      await runStep(pass, orgId, step);
    }
  }
}

function stepsOf(pass: Pass, orgId: string): Step[] {
  const context = copyContextOf(pass, orgId);
  const objects = COPIED_OBJECTS.filter(({ isUrgent }) => isUrgent || pass.isFull);
  return [
    { name: 'Organization', run: () => copyOrganization(context) },
    { name: 'Dialing_Rule__mdt', run: () => copyDialingRules(context) },
    ...(pass.isFull ? [{ name: 'Relay_Setting__mdt', run: () => copyApiShare(context) }] : []),
    ...objects.map((object) => ({
      name: object.cursorName,
      isOptional: object.isOptional,
      run: () => object.copy(context, { signal: pass.stopping }),
    })),
  ];
}

/** Without the database nobody has a turn: the next pass asks again. */
async function hasTurn(
  { database, worker, intervalSeconds, onFault }: Pass,
  orgId: string,
): Promise<boolean> {
  try {
    return await takeTurn(database, orgId, worker, intervalSeconds + LONGEST_STEP_SECONDS);
  } catch (error) {
    onFault({ orgId, step: 'turn', code: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
}

/** A step that fails is reported and leaves the others alone. */
async function runStep(pass: Pass, orgId: string, step: Step): Promise<void> {
  const key = `${orgId} ${step.name}`;
  if (!pass.missing.isDue(key)) return;
  try {
    await step.run();
    pass.missing.found(key);
  } catch (error) {
    const code = error instanceof CrmError ? error.code : error instanceof Error ? error.name : 'unknown';
    const isNews = pass.missing.failed(key, code);
    if (isNews && !(step.isOptional === true && isObjectMissing(code)))
      pass.onFault({ orgId, step: step.name, code });
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../database/index.ts';
import { CrmError } from '../port.ts';
import type { CopyContext } from './changedRecords.ts';
import { COPIED_OBJECTS } from './copiedObjects.ts';
import { copyDialingRules, copyOrganization } from './copySettings.ts';
import type { SalesforceOrganizations } from './organizations.ts';

export interface SyncOptions {
  readonly database: Database;
  readonly organizations: SalesforceOrganizations;
  /** Key of the hashes of phone numbers. */
  readonly personalDataKey: Buffer;
  readonly intervalSeconds: number;
  /** Told what could not be copied, by the names of org, step and error. The next pass tries again. */
  readonly onFault: (fault: SyncFault) => void;
  /** Runs after every pass over an org, also over one that could not be reached. */
  readonly afterPass?: (orgId: string) => Promise<void>;
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

/** Starts to keep the relay's copies of the orgs up to date, one pass after another. */
export function startSync(options: SyncOptions): Sync {
  const stopping = new AbortController();
  const first = syncAll(options, stopping.signal);
  const loop = first.then(async () => {
    while (!stopping.signal.aborted) {
      await pause(options.intervalSeconds * 1_000, stopping.signal);
      if (!stopping.signal.aborted) await syncAll(options, stopping.signal);
    }
  });
  return {
    firstPass: settledWithin(first, FIRST_PASS_WAIT_MS),
    async stop() {
      stopping.abort();
      await loop;
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

async function syncAll(options: SyncOptions, stopping: AbortSignal): Promise<void> {
  for (const orgId of options.organizations.orgIds) {
    if (stopping.aborted) return;
    await syncOrganization(options, orgId, stopping);
    await runStep(options, orgId, 'afterPass', async () => options.afterPass?.(orgId));
  }
}

async function syncOrganization(options: SyncOptions, orgId: string, stopping: AbortSignal): Promise<void> {
  const { database, organizations, personalDataKey } = options;
  const context: CopyContext = {
    database,
    orgId,
    session: organizations.sessionOf(orgId),
    personalDataKey,
    homeCountry: organizations.homeCountryOf(orgId),
  };
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    ['Organization', () => copyOrganization(context)],
    ['Dialing_Rule__mdt', () => copyDialingRules(context)],
    ...COPIED_OBJECTS.map(
      (object) => [object.objectName, () => object.copy(context, { signal: stopping })] as const,
    ),
  ];
  for (const [name, step] of steps) if (!stopping.aborted) await runStep(options, orgId, name, step);
}

/** A step that fails is reported and leaves the others alone. */
async function runStep(
  options: SyncOptions,
  orgId: string,
  step: string,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    const code = error instanceof CrmError ? error.code : error instanceof Error ? error.name : 'unknown';
    options.onFault({ orgId, step, code });
  }
}

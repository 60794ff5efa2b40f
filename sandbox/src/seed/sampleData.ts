import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { LocalOrg } from '../org/index.ts';
import { RELAY_USERNAME } from '../relayEnvironment.ts';
import { SandboxError } from '../sandboxError.ts';
import type { Secrets } from '../secrets.ts';
import { seedCompany } from './company.ts';
import { seedHistory } from './history.ts';
import type { CompanyPlan } from './large/plan.ts';
import {
  seedLargeCompany,
  seedLargeLedger,
  type InRelay,
  type LargeCompany,
  type OnAdvance,
} from './large/seedLarge.ts';

/** Written once the sample data is complete; it holds the name of the sample. */
const SEEDED_MARKER = 'seeded';

export interface SampleOptions {
  /** The large company to begin with; the small one where there is none. */
  readonly company?: CompanyPlan;
  /** One line a step. */
  readonly onProgress: (text: string) => void;
  /** How far a long step has come. */
  readonly onAdvance?: OnAdvance;
}

/** Fills an org that is still empty. Answers the large company where that is what the ledger has to be filled with. */
export async function fillOrg(org: LocalOrg, options: SampleOptions): Promise<LargeCompany | null> {
  if (!(await org.isEmpty())) return null;
  options.onProgress('  filling the org with its sample data');
  if (options.company === undefined) {
    await seedCompany(org, RELAY_USERNAME);
    return null;
  }
  return await seedLargeCompany(org, {
    plan: options.company,
    relayUsername: RELAY_USERNAME,
    now: DateTime.now(),
    onAdvance: options.onAdvance ?? ignore,
  });
}

/** Gives the running relay the past calls, and waits for the scorecards that follow from them. */
export async function fillLedger(
  org: LocalOrg,
  company: LargeCompany | null,
  relay: { readonly inRelay: InRelay; readonly relayUrl: string; readonly secrets: Secrets },
  options: SampleOptions & { readonly orgUrl: string },
): Promise<void> {
  const { onProgress, onAdvance = ignore, orgUrl } = options;
  const { inRelay, relayUrl, secrets } = relay;
  if (company === null) {
    onProgress('calling through the quarter so far');
    await seedHistory({ orgUrl, relayUrl, orgId: org.orgId, switchKey: secrets.switchKey, onProgress });
    return;
  }
  onProgress('filling the ledger with the calls of the years so far');
  const personalDataKey = Buffer.from(secrets.personalDataKey, 'base64');
  await seedLargeLedger(org, company, { orgId: org.orgId, inRelay, personalDataKey, onAdvance });
}

/**
 * Whether the folder holds complete sample data; what an interrupted first start left is none and is begun anew.
 * @throws SandboxError where it holds the other sample, which is not thrown away unasked
 */
export async function isSeeded(dataDirectory: string, sampleName: string): Promise<boolean> {
  const text = await readFile(join(dataDirectory, SEEDED_MARKER), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (text === null) return false;
  const held = text === '' ? 'small' : text;
  if (held === sampleName) return true;
  throw new SandboxError(
    `${dataDirectory} holds the ${held} sample company. Choose another folder with --data, or begin anew with --reset.`,
  );
}

/** Forgets what belongs to the data that is begun anew. */
export async function forget(dataDirectory: string): Promise<void> {
  for (const name of [SEEDED_MARKER, 'secrets.json', 'organizations.json', 'relay.log'])
    await rm(join(dataDirectory, name), { force: true });
}

/** Notes that the folder holds this sample in full. */
export async function markSeeded(dataDirectory: string, sampleName: string): Promise<void> {
  await writeFile(join(dataDirectory, SEEDED_MARKER), sampleName);
}

function ignore(): void {
  // Nobody watches.
}

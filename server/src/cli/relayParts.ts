import type { Ledger } from '../calls/index.ts';
import { readConfiguration, type Configuration } from '../config.ts';
import { openOrganizations, type SalesforceOrganizations } from '../crm/index.ts';
import { migrate, openDatabase, openQueue } from '../database/index.ts';
import { UsageError } from '../explain.ts';
import { ledgerOf } from '../relay.ts';
import { QUEUE_NAMES } from '../subscribers.ts';

/** What a command works with: the same store and orgs as the relay beside it. */
export interface RelayParts {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly organizations: SalesforceOrganizations;
  /** Aborted when the operator stops the command. */
  readonly signal: AbortSignal;
}

export interface CommandOptions extends RelayParts {
  /** One org, or all. */
  readonly org: string | undefined;
  readonly call: string | undefined;
  readonly days: number;
}

/** Opens the parts, runs the command, and closes them whatever comes. */
export async function withRelayParts(
  environment: NodeJS.ProcessEnv,
  run: (parts: RelayParts) => Promise<void>,
): Promise<void> {
  const configuration = await readConfiguration(environment);
  const database = await openDatabase(configuration.databaseUrl, { applicationName: 'scoreline-command' });
  try {
    await migrate(database);
    const queue = await openQueue(configuration.databaseUrl, {
      queueNames: QUEUE_NAMES,
      supervise: false,
      onError: (error) => process.stderr.write(`${error.name}\n`),
    });
    const stopping = new AbortController();
    process.once('SIGINT', () => stopping.abort()).once('SIGTERM', () => stopping.abort());
    try {
      await run({
        configuration,
        ledger: ledgerOf(configuration, database, queue),
        organizations: openOrganizations(configuration.organizations.values()),
        signal: stopping.signal,
      });
    } finally {
      await queue.stop();
    }
  } finally {
    await database.close();
  }
}

/** The orgs that the command is for. Throws {@link UsageError} for one that is not configured. */
export function orgIdsOf({ organizations, org }: CommandOptions): readonly string[] {
  if (org === undefined) return organizations.orgIds;
  if (!organizations.orgIds.includes(org)) throw new UsageError(`ORGANIZATIONS_FILE has no org ${org}.`);
  return [org];
}

/** Writes a line for the operator. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

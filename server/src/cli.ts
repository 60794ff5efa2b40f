#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { listDeadLetters, replayAll } from './cli/deadLetters.ts';
import { reconcileCommand } from './cli/reconcile.ts';
import { runBackfill } from './cli/backfill.ts';
import { withRelayParts, type CommandOptions } from './cli/relayParts.ts';
import { explain, UsageError } from './explain.ts';

const USAGE = `scoreline <command> [--org <org id>]

  dead-letters list               calls and jobs that cannot go on, and why
  dead-letters replay [--call id] try them again
  reconcile [--days 8]            compare the calls of so many days with the org's Tasks, and mend what differs
  backfill                        read everything of the org that the relay keeps a copy of; may be stopped and started

It reads the same environment as the relay. Without --org it serves every org of ORGANIZATIONS_FILE.`;

const COMMANDS: Readonly<Record<string, (options: CommandOptions) => Promise<void>>> = {
  'dead-letters list': listDeadLetters,
  'dead-letters replay': replayAll,
  reconcile: reconcileCommand,
  backfill: runBackfill,
};

const optionsSchema = z.object({
  org: z.optional(recordIdSchema),
  call: z.optional(z.uuid()),
  days: z._default(z.pipe(z.pipe(z.string(), z.transform(Number)), z.int().check(z.gte(1), z.lte(3_650))), 8),
});

try {
  const { run, org, call, days } = readArguments();
  await withRelayParts(process.env, (parts) => run({ ...parts, org, call, days }));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { org: { type: 'string' }, call: { type: 'string' }, days: { type: 'string', default: '8' } },
    });
    const run = COMMANDS[positionals.join(' ')];
    if (run === undefined) throw new UsageError(USAGE);
    return { run, ...z.parse(optionsSchema, values) };
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(USAGE, { cause });
  }
}

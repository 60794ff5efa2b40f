import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, test } from 'node:test';
import { answeredCall } from './callEvents.ts';
import { deliverDue } from './crm/deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from './crm/orgUnderTest.ts';
import { syncOnce } from './crm/syncOnce.ts';
import { makeOrganization, ORIGIN, RELAY_URL } from './testOrganizations.ts';

/** A command that does not end fails its test instead of holding up all. */
const LIMIT = { timeout: 60_000 };
const CLI = new URL('../src/cli.ts', import.meta.url).pathname;
/** More than two pages of the org. */
const PRODUCTS = 4_300;
const UNKNOWN_ORG = '00D000000000009AAA';
let under: OrgUnderTest;
let folder: string;
let environment: Record<string, string>;

before(async () => {
  under = await startOrgUnderTest();
  folder = await mkdtemp(join(tmpdir(), 'scoreline-cli-'));
  const { signingKey, ...configured } = makeOrganization(under.orgId, ORIGIN, ['a-key-of-the-switch']);
  assert.ok(signingKey);
  const file = join(folder, 'organizations.json');
  await writeFile(file, JSON.stringify([{ ...configured, salesforce: under.salesforce }]));
  environment = {
    DATABASE_URL: under.databaseUrl,
    PORT: '0',
    RELAY_URL,
    ORGANIZATIONS_FILE: file,
    RELAY_TOKEN_KEYS: `one:${randomBytes(32).toString('base64')}`,
    PERSONAL_DATA_KEY: under.ledger.personalDataKey.toString('base64'),
  };
  await syncOnce(under);
});
after(async () => {
  await under.stop();
  await rm(folder, { recursive: true });
});
afterEach(() => under.org.faults.clear());

interface Ending {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly complaint: string;
}

/** Runs a command to its end; `onLine` may end it sooner by a signal. */
async function scoreline(
  parameters: readonly string[],
  onLine: (line: string, signal: (name: NodeJS.Signals) => void) => void = () => undefined,
  changes: Record<string, string> = {},
): Promise<Ending> {
  const child = spawn(process.execPath, [CLI, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment, ...changes },
  });
  const exited = once(child, 'close');
  const lines: string[] = [];
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    onLine(line, (name) => child.kill(name));
  });
  const [code] = (await exited) as [number | null];
  return { code, lines, complaint };
}

async function deliveredCall(): Promise<string> {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(30_000));
  await deliverDue(under, [callId]);
  return callId;
}

async function deadCall(): Promise<string> {
  under.org.faults.set([{ kind: 'automation', object: 'Task', rejects: 'Ana Ruiz: no' }]);
  const callId = await deliveredCall();
  under.org.faults.clear();
  return callId;
}

async function taskCount(callId: string): Promise<number> {
  return (await under.org.query(`SELECT Id FROM Task WHERE Call_Id__c = '${callId}'`)).length;
}

test('what is not a command is answered with the usage, and fails', LIMIT, async () => {
  for (const parameters of [[], ['dead-letters'], ['drop', 'everything'], ['reconcile', '--days', 'soon']]) {
    const { code, lines, complaint } = await scoreline(parameters);
    assert.deepEqual([code, lines], [1, []], parameters.join(' '));
    assert.match(complaint, /^scoreline <command>/u);
  }
});

test('an org that is not configured, and a missing setting, are named in one sentence', LIMIT, async () => {
  const unknown = await scoreline(['dead-letters', 'list', '--org', UNKNOWN_ORG]);
  assert.deepEqual([unknown.code, unknown.complaint], [1, `ORGANIZATIONS_FILE has no org ${UNKNOWN_ORG}.\n`]);
  const unset = await scoreline(['backfill'], undefined, { PERSONAL_DATA_KEY: '' });
  assert.equal(unset.code, 1);
  assert.match(unset.complaint, /^[^\n]*PERSONAL_DATA_KEY[^\n]*\n$/u);
});

test('dead letters are listed with their reason and replayed, one or all', LIMIT, async () => {
  assert.deepEqual((await scoreline(['dead-letters', 'list'])).lines, ['Nothing waits for you.']);
  const [one, other] = [await deadCall(), await deadCall()];
  const { code, lines } = await scoreline(['dead-letters', 'list', '--org', under.orgId]);
  assert.equal(code, 0);
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? '', new RegExp(`call ${other}  FIELD_CUSTOM_VALIDATION_EXCEPTION$`, 'u'));
  assert.ok(!lines.join('').includes('Ana'));
  const replayOne = await scoreline(['dead-letters', 'replay', '--call', one]);
  assert.deepEqual(replayOne.lines, ['1 will be tried again.']);
  await deliverDue(under, []);
  assert.deepEqual([await taskCount(one), await taskCount(other)], [1, 0]);
  assert.deepEqual((await scoreline(['dead-letters', 'replay'])).lines, ['1 will be tried again.']);
  await deliverDue(under, []);
  assert.equal(await taskCount(other), 1);
});

test('reconcile says what it found and has a missing Task delivered again', LIMIT, async () => {
  const callId = await deliveredCall();
  await under.eraseTask(callId);
  const { code, lines } = await scoreline(['reconcile', '--days', '3']);
  assert.equal(code, 0);
  assert.match(lines.at(-1) ?? '', /: 1 missing and 0 outdated, delivered again; 0 edited/u);
  await deliverDue(under, []);
  assert.equal(await taskCount(callId), 1);
  assert.match((await scoreline(['reconcile'])).lines.at(-1) ?? '', /: 0 missing and 0 outdated/u);
});

test('a backfill that Ctrl-C ends in the middle goes on where it was', LIMIT, async () => {
  await insertProducts();
  under.org.faults.set([{ kind: 'latency', path: '/query', milliseconds: 100 }]);
  const isMidway = (line: string) => {
    const [, done, total] = /Product2 {2}(\d+) of (\d+)$/u.exec(line) ?? [];
    return Number(done) > 0 && Number(done) < Number(total);
  };
  let isStopping = false;
  const first = await scoreline(['backfill'], (line, signal) => {
    // A second one would end it at once.
    if (isStopping || !isMidway(line)) return;
    isStopping = true;
    signal('SIGINT');
  });
  assert.equal(first.code, 1);
  assert.equal(first.lines.at(-1), `${under.orgId}  not complete: start it again, it goes on where it was`);
  const copied = await copiedProducts();
  assert.ok(copied > 0 && copied < PRODUCTS, String(copied));

  under.org.faults.clear();
  const second = await scoreline(['backfill']);
  assert.deepEqual([second.code, second.lines.at(-1)], [0, `${under.orgId}  complete`]);
  assert.equal(await copiedProducts(), PRODUCTS);
  const start = second.lines.find((line) => line.includes('Product2')) ?? '';
  assert.match(start, new RegExp(`Product2 {2}${copied} of ${PRODUCTS}$`, 'u'));
});

test('what the org refuses is named, and the backfill fails', LIMIT, async () => {
  under.org.faults.set([{ kind: 'requestLimitExceeded', path: '/query' }]);
  const { code, lines } = await scoreline(['backfill']);
  assert.equal(code, 1);
  assert.ok(lines.some((line) => line.endsWith('could not be read: REQUEST_LIMIT_EXCEEDED')));
});

async function insertProducts(): Promise<void> {
  const [id] = await under.org.insert('Product2', [{ Name: 'Boat', IsActive: true }]);
  await under.alterOrg(
    `insert into org."Product2"
     select (jsonb_populate_record(product, jsonb_build_object('Id', '01tZZ' || lpad(copy::text, 10, '0') || 'YAA'))).*
     from org."Product2" product, generate_series(2, $2::integer) as copy where product."Id" = $1`,
    [id, PRODUCTS],
  );
  await under.alterOrg(`update org."Product2" set "SystemModstamp" = '2026-01-05T10:00:00Z'`);
  // As though the relay had never read an org: its own passes came before.
  await under.ledger.database.query('delete from crm_sync_cursor');
}

async function copiedProducts(): Promise<number> {
  return (await under.ledger.database.query('select from crm_product')).length;
}

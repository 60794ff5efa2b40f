import assert from 'node:assert/strict';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { startTestDatabase, type TestDatabase } from './testDatabase.ts';
import { makeOrganization, ORG_ID, ORIGIN, RELAY_URL, REP_ID } from './testOrganizations.ts';
import { errorOf, orgToken, post } from './testRelay.ts';

/** A relay that does not end fails its test instead of holding up all. */
const LIMIT = { timeout: 30_000 };
const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const organization = makeOrganization(ORG_ID, ORIGIN, []);
let database: TestDatabase;
let folder: string;
let environment: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'scoreline-main-'));
  const { signingKey, ...configured } = organization;
  assert.ok(signingKey);
  const file = join(folder, 'organizations.json');
  // Nobody listens on port 1: the org is down, and the relay must start all the same.
  const salesforce = { ...configured.salesforce, loginUrl: 'http://127.0.0.1:1' };
  await writeFile(file, JSON.stringify([{ ...configured, salesforce }]));
  environment = {
    DATABASE_URL: database.url,
    PORT: '0',
    RELAY_URL,
    ORGANIZATIONS_FILE: file,
    RELAY_TOKEN_KEYS: `one:${randomBytes(32).toString('base64')}`,
    PERSONAL_DATA_KEY: randomBytes(32).toString('base64'),
  };
});
after(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.stop();
  await rm(folder, { recursive: true });
});

const children: ChildProcess[] = [];

function start(
  role: string,
  changes: Record<string, string> = {},
  stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
): ChildProcess {
  const child = spawn(process.execPath, [MAIN, '--role', role, '--parent-ipc'], {
    stdio,
    env: { PATH: process.env['PATH'], ...environment, ...changes },
  });
  children.push(child);
  return child;
}

async function textOf(stream: ChildProcess['stderr']): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

/** Waits for the line `listening`, then for readiness, and gives the relay's address. */
async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The relay has no output');
  for await (const line of createInterface(child.stdout)) {
    const entry = JSON.parse(line) as { msg: string; port: number };
    if (entry.msg !== 'listening') continue;
    child.stdout.resume();
    const url = `http://127.0.0.1:${entry.port}`;
    while (!(await fetch(`${url}/readyz`)).ok) assert.equal(child.exitCode, null);
    return url;
  }
  throw new Error('The relay ended before it listened');
}

test('the role all starts with the org down, answers, and SIGTERM ends it with 0', LIMIT, async () => {
  const child = start('all', {}, ['pipe', 'pipe', 'inherit']);
  const url = await listening(child);
  const session = await post(`${url}/v1/sessions`, { orgToken: await orgToken(organization, REP_ID) });
  assert.equal(session.status, 200);
  const headers = { authorization: `Bearer ${(session.body as { relayToken: string }).relayToken}` };
  const call = { callId: '0199c0de-0000-7000-8000-000000000001', number: '+13035550100' };
  const permit = await post(`${url}/v1/calls`, call, headers);
  assert.equal(errorOf(permit).name, 'dialingRulesUnknown');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

test('the role worker answers the health routes alone', LIMIT, async () => {
  const child = start('worker', {}, ['pipe', 'pipe', 'inherit']);
  const url = await listening(child);
  assert.equal((await post(`${url}/v1/sessions`, { orgToken: 'x' })).status, 404);
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test(
  'no relay outlives its parent: it ends when the channel closes, or standard input does',
  LIMIT,
  async () => {
    const withChannel = start('web', {}, ['ignore', 'pipe', 'inherit', 'ipc']);
    await listening(withChannel);
    withChannel.disconnect();
    assert.deepEqual(await once(withChannel, 'exit'), [0, null]);
    const withInput = start('web', {}, ['pipe', 'pipe', 'inherit']);
    await listening(withInput);
    withInput.stdin?.end();
    assert.deepEqual(await once(withInput, 'exit'), [0, null]);
  },
);

for (const [name, role, changes, sentence] of [
  ['a missing value', 'all', { PERSONAL_DATA_KEY: '' }, 'PERSONAL_DATA_KEY is not valid.\n'],
  ['an unknown role', 'boss', {}, 'Usage: node server/src/main.ts --role web|worker|all [--parent-ipc]\n'],
  [
    'a database that is down',
    'all',
    { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/relay' },
    'The database at DATABASE_URL does not answer, or refuses the connection.\n',
  ],
] as const)
  test(`${name} ends the process with one sentence`, LIMIT, async () => {
    const child = start(role, changes);
    const [text, exit] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    assert.equal(text, sentence);
    assert.equal(exit[0], 1);
  });

for (const role of ['web', 'worker', 'all'] as const)
  test(`a taken port ends a relay of role ${role} with one sentence`, LIMIT, async () => {
    const first = start('web', {}, ['pipe', 'pipe', 'inherit']);
    const { port } = new URL(await listening(first));
    const second = start(role, { PORT: port });
    second.stdout?.resume();
    const [text, exit] = await Promise.all([textOf(second.stderr), once(second, 'exit')]);
    assert.equal(text, 'PORT is taken by another program.\n');
    assert.equal(exit[0], 1);
    first.kill('SIGTERM');
    await once(first, 'exit');
  });

import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Serve, freePortBlock, interrupt, isFree, makeDataDirectory, serve } from './support/serve.ts';

const FIRST_START_MS = 180_000;

/** Processes that were started for this data folder or on these ports. */
function processesOf(dataDirectory: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(dataDirectory) && !line.includes('ps -eo'));
}

async function dialsOfMaya(port: number): Promise<number> {
  const users = (await (await fetch(`http://localhost:${port}/sandbox/users`)).json()) as {
    userId: string;
    name: string;
  }[];
  const userId = users.find(({ name }) => name.startsWith('Maya'))?.userId ?? '';
  const login = await fetch(`http://localhost:${port}/sandbox/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  const { accessToken } = (await login.json()) as { accessToken: string };
  const query = encodeURIComponent(`SELECT COUNT() FROM Task WHERE OwnerId = '${userId}'`);
  const answer = await fetch(`http://localhost:${port}/services/data/v66.0/query?q=${query}`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  return ((await answer.json()) as { totalSize: number }).totalSize;
}

test.describe.serial('npm start', () => {
  let dataDirectory: string;
  let port: number;
  let running: Serve | undefined;

  test.setTimeout(FIRST_START_MS);

  test.beforeAll(async () => {
    dataDirectory = await makeDataDirectory();
    port = await freePortBlock();
  });

  test.afterEach(async () => {
    if (running?.child.exitCode === null && running.child.signalCode === null) await interrupt(running);
    running = undefined;
  });

  test.afterAll(async () => {
    await rm(dataDirectory, { recursive: true, force: true });
  });

  test('says each step and when it is ready; Ctrl-C leaves no process', async () => {
    running = serve(port, dataDirectory);
    expect(await running.isReady, running.lines.join('\n')).toBe(true);
    expect(running.lines).toEqual(
      expect.arrayContaining([
        'starting PostgreSQL',
        'starting the local org',
        'building the Lightning page',
        'starting the switch',
        'starting the relay',
      ]),
    );
    expect(running.lines.at(-1)).toBe(`ready at http://localhost:${port}`);
    await expect.poll(() => dialsOfMaya(port), { timeout: 30_000 }).toBeGreaterThanOrEqual(30);

    expect(await interrupt(running)).toBe(0);
    expect(processesOf(dataDirectory)).toEqual([]);
    expect(await Promise.all([0, 1, 2, 3].map((offset) => isFree(port + offset)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('goes on with the same data, also after it was killed with its database left running', async () => {
    running = serve(port, dataDirectory);
    expect(await running.isReady, running.lines.join('\n')).toBe(true);
    const before = await dialsOfMaya(port);
    running.child.kill('SIGKILL');
    await running.exitCode;

    running = serve(port, dataDirectory);
    expect(await running.isReady, running.lines.join('\n')).toBe(true);
    expect(await dialsOfMaya(port)).toBe(before);
  });

  test('refuses a second start on the same data in one sentence', async () => {
    running = serve(port, dataDirectory);
    expect(await running.isReady, running.lines.join('\n')).toBe(true);
    const second = serve(await freePortBlock(), dataDirectory);
    expect(await second.exitCode).toBe(1);
    expect(second.lines.at(-1)).toMatch(/^Scoreline already runs on .+\(process \d+\)\. Stop it, or choose/u);
  });

  test('names a taken port in one sentence', async () => {
    const holder: Server = createServer();
    await new Promise<void>((resolve) => holder.listen(port + 2, '127.0.0.1', resolve));
    const refused = serve(port, dataDirectory);
    expect(await refused.exitCode).toBe(1);
    expect(refused.lines.at(-1)).toBe(
      `Port ${port + 2} is taken by another program. Free it, or choose other ports with --port.`,
    );
    expect(processesOf(dataDirectory)).toEqual([]);
    await new Promise((resolve) => holder.close(resolve));
  });

  test('says how to begin anew when the data is damaged, and does so', async () => {
    const control = join(dataDirectory, 'postgres', 'cluster', 'global', 'pg_control');
    expect((await readFile(control)).length).toBeGreaterThan(0);
    await writeFile(control, 'damaged');
    const refused = serve(port, dataDirectory);
    expect(await refused.exitCode).toBe(1);
    expect(refused.lines.at(-1)).toMatch(/is damaged .* npm start -- --reset$/u);

    running = serve(port, dataDirectory, '--reset');
    expect(await running.isReady, running.lines.join('\n')).toBe(true);
  });

  test('refuses options it does not know', async () => {
    const refused = serve(port, dataDirectory, '--colour', 'blue');
    expect(await refused.exitCode).toBe(1);
    expect(refused.lines.join('\n')).toContain('npm start -- [--port 3000]');
  });
});

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { Connection } from 'jsforce';
import { login } from './login.ts';
import { freePortBlock, interrupt, makeDataDirectory, serve } from './serve.ts';

export interface SandboxUser {
  readonly userId: string;
  readonly name: string;
}

/** A sandbox that the tests started by the very command of `npm start`. */
export interface RunningSandbox {
  readonly url: string;
  /** Whether its pages are opened with components and static resource inside a near-membrane. */
  readonly isInMembrane: boolean;
  readonly relayUrl: string;
  readonly switchUrl: string;
  readonly dataDirectory: string;
  readonly secrets: { readonly switchKey: string; readonly orgCertificate: { readonly privateKey: string } };
  /** Maya's scorecard is what specs read: one that does not count her calls places its own as Tomas. */
  readonly people: Readonly<Record<'maya' | 'tomas' | 'ingrid' | 'astrid', SandboxUser>>;
  /** The org as this person sees it, through unmodified jsforce. */
  connectionOf(user: SandboxUser): Promise<Connection>;
  relayProcessId(): Promise<number>;
  /** Resolves once the relay answers that it is ready, after it was killed. */
  relayIsReady(): Promise<void>;
}

/** Every spec file shares one sandbox a worker: starting it once keeps the suite within its minutes. */
export const test = base.extend<object, { sandbox: RunningSandbox; isInMembrane: boolean }>({
  isInMembrane: [false, { option: true, scope: 'worker' }],
  sandbox: [
    async ({ isInMembrane }, use) => {
      await withSandbox((sandbox) => use({ ...sandbox, isInMembrane }));
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

export { expect };

/** Starts a sandbox on ports and in a folder of its own, and stops it after the use. */
export async function withSandbox<Result>(
  use: (sandbox: RunningSandbox) => Promise<Result>,
): Promise<Result> {
  const dataDirectory = await makeDataDirectory();
  const port = await freePortBlock();
  const running = serve(port, dataDirectory);
  try {
    if (!(await running.isReady)) throw new Error(`The sandbox did not start:\n${running.lines.join('\n')}`);
    return await use(await describeSandbox(port, dataDirectory));
  } finally {
    await interrupt(running);
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function describeSandbox(port: number, dataDirectory: string): Promise<RunningSandbox> {
  const url = `http://localhost:${port}`;
  const relayUrl = `http://localhost:${port + 1}`;
  const users = (await (await fetch(`${url}/sandbox/users`)).json()) as SandboxUser[];
  const named = (firstName: string): SandboxUser => {
    const user = users.find(({ name }) => name.startsWith(firstName));
    if (user === undefined) throw new Error(`The sample data has no ${firstName}`);
    return user;
  };
  return {
    url,
    isInMembrane: false,
    relayUrl,
    switchUrl: `ws://localhost:${port + 2}`,
    dataDirectory,
    secrets: JSON.parse(
      await readFile(join(dataDirectory, 'secrets.json'), 'utf8'),
    ) as RunningSandbox['secrets'],
    people: {
      maya: named('Maya'),
      tomas: named('Tomas'),
      ingrid: named('Ingrid'),
      astrid: named('Astrid'),
    },
    connectionOf: async ({ userId }) => {
      const { accessToken } = await login(url, userId);
      return new Connection({ instanceUrl: url, accessToken, version: '66.0' });
    },
    relayProcessId: async () => {
      const answer = (await (await fetch(`${url}/sandbox/relay`)).json()) as { processId: number };
      return answer.processId;
    },
    relayIsReady: async () => {
      await expect
        .poll(async () => (await fetch(`${relayUrl}/readyz`).catch(() => ({ ok: false }))).ok, {
          timeout: 20_000,
        })
        .toBe(true);
    },
  };
}

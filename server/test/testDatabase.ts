import { startTestServer } from '../../sandbox/test/testServer.ts';

export interface TestDatabase {
  readonly url: string;
  /** The same server, as an administrator's connection sees it. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** An empty database of this test file's own, on a real PostgreSQL server. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = await startTestServer();
  return { url: await server.createDatabase('relay'), adminUrl: server.adminUrl, stop: server.stop };
}

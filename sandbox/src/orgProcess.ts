import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import pg from 'pg';
import * as z from 'zod';
import { listen } from './loopback.ts';
import { createOrg } from './org/index.ts';
import { RELAY_CLIENT_ID, RELAY_USERNAME } from './relayEnvironment.ts';
import { seedCompany } from './seed/company.ts';

/** The local org alone, in a process that may be killed: `node sandbox/src/orgProcess.ts <settings.json>`. */
const settingsSchema = z.strictObject({
  databaseUrl: z.string(),
  port: z.int(),
  /** Where the world reaches it, which need not be its port. */
  url: z.string(),
  relayUrl: z.string(),
  /** PKCS #8 PEM of the org's certificate. */
  signingKey: z.string(),
  /** PEM with which the org checks the relay's sign-in. */
  relayPublicKey: z.string(),
});

/** What the process is started with, as JSON in the file that its argument names. */
export type OrgProcessSettings = z.infer<typeof settingsSchema>;

const projectDirectory = join(import.meta.dirname, '..', '..');
const settings = settingsSchema.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
const pool = new pg.Pool({ connectionString: settings.databaseUrl });
// A connection that the server closes is replaced at the next query, also one that is lent out at that moment.
pool.on('error', () => process.stderr.write('an idle database connection was lost\n'));
pool.on('connect', (client) =>
  client.on('error', () => process.stderr.write('a database connection was lost\n')),
);
const org = await createOrg({
  pool,
  metadataDirectories: ['force-app', 'force-app-settings'].map((folder) => join(projectDirectory, folder)),
  instanceUrl: settings.url,
  relayUrl: settings.relayUrl,
  signingKey: settings.signingKey,
  connectedApps: [
    { clientId: RELAY_CLIENT_ID, publicKey: settings.relayPublicKey, username: RELAY_USERNAME },
  ],
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
if (await org.isEmpty()) await seedCompany(org, RELAY_USERNAME);
const application = express();
application.get('/sandbox/org', (_request, response) => {
  response.json({ orgId: org.orgId });
});
application.use(org.router);
await listen(createServer(application), settings.port);
// Whoever started it holds the channel: when that process dies, so does this one.
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());

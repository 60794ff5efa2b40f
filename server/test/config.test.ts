import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ConfigurationError, readConfiguration } from '../src/config.ts';
import { makeOrganization, ORG_ID, ORIGIN } from './testOrganizations.ts';

const CANARY = 'canary-secret-value';
const { signingKey, ...organization } = makeOrganization(ORG_ID, ORIGIN, ['a-switch-key-of-16']);
assert.ok(signingKey);
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scoreline-config-'));
});
after(() => rm(folder, { recursive: true }));

async function read(
  changes: Record<string, string | undefined> = {},
  organizations: unknown = [organization],
) {
  const file = join(folder, 'organizations.json');
  await writeFile(file, JSON.stringify(organizations));
  return readConfiguration({
    DATABASE_URL: 'postgres://relay:secret@127.0.0.1:5432/relay',
    PORT: '3001',
    RELAY_URL: 'http://localhost:3001',
    ORGANIZATIONS_FILE: file,
    RELAY_TOKEN_KEYS: `one:${randomBytes(32).toString('base64')},two:${randomBytes(32).toString('base64')}`,
    PERSONAL_DATA_KEY: randomBytes(32).toString('base64'),
    ...changes,
  });
}

test('a complete environment is read, with its defaults', async () => {
  const configuration = await read();
  assert.equal(configuration.port, 3_001);
  assert.equal(configuration.syncIntervalSeconds, 60);
  assert.equal(configuration.logLevel, 'info');
  assert.deepEqual(
    configuration.relayTokenKeys.map(({ keyId }) => keyId),
    ['one', 'two'],
  );
  assert.equal(configuration.organizations.get(ORG_ID)?.sip.domain, organization.sip.domain);
});

const complaints: [string, RegExp, Record<string, string | undefined>][] = [
  ['a missing database', /^DATABASE_URL is missing\.$/u, { DATABASE_URL: undefined }],
  ['a database of another kind', /^DATABASE_URL is not valid\.$/u, { DATABASE_URL: `mysql://${CANARY}` }],
  ['a port out of range', /^PORT is not valid\.$/u, { PORT: '70000' }],
  ['a port that is no number', /^PORT is not valid\.$/u, { PORT: CANARY }],
  ['a missing key', /^PERSONAL_DATA_KEY is missing\.$/u, { PERSONAL_DATA_KEY: undefined }],
  ['a short key', /^PERSONAL_DATA_KEY must hold at least 32 bytes/u, { PERSONAL_DATA_KEY: CANARY }],
  ['token keys without kid', /^RELAY_TOKEN_KEYS must be a list/u, { RELAY_TOKEN_KEYS: CANARY }],
  ['an empty list of keys', /^RELAY_TOKEN_KEYS is not valid/u, { RELAY_TOKEN_KEYS: '' }],
  ['an unknown log level', /^LOG_LEVEL is not valid\.$/u, { LOG_LEVEL: CANARY }],
  ['a file that is not there', /^ORGANIZATIONS_FILE does not name/u, { ORGANIZATIONS_FILE: `/${CANARY}` }],
];
for (const [name, sentence, changes] of complaints)
  test(`one sentence for ${name}`, async () => {
    await assert.rejects(read(changes), (error: unknown) => {
      assert.ok(error instanceof ConfigurationError);
      assert.match(error.message, sentence);
      assert.doesNotMatch(error.message, /canary/u);
      return true;
    });
  });

const badOrganizations: [string, RegExp, unknown][] = [
  ['not a list', /^ORGANIZATIONS_FILE/u, {}],
  ['no SIP', /^ORGANIZATIONS_FILE, 0\.sip is missing\.$/u, [{ ...organization, sip: undefined }]],
  [
    'a short secret',
    /^ORGANIZATIONS_FILE, 0\.sip\.permitSecret is not valid\.$/u,
    [{ ...organization, sip: { ...organization.sip, permitSecret: 'canary' } }],
  ],
  [
    'a switch that plays messages elsewhere than over HTTP',
    /^ORGANIZATIONS_FILE, 0\.sip\.httpUrl is not valid\.$/u,
    [{ ...organization, sip: { ...organization.sip, httpUrl: 'wss://canary.example.com' } }],
  ],
  [
    'a media relay that is none',
    /^ORGANIZATIONS_FILE, 0\.sip\.turn\.urls\.0 is not valid\.$/u,
    [
      {
        ...organization,
        sip: { ...organization.sip, turn: { urls: ['https://canary.example.com'], secret: CANARY } },
      },
    ],
  ],
  [
    'a key that is none',
    /^ORGANIZATIONS_FILE, 0\.sessionPublicKeys\.0 is not valid\.$/u,
    [{ ...organization, sessionPublicKeys: [CANARY] }],
  ],
  [
    'an origin with a path',
    /^ORGANIZATIONS_FILE, 0\.allowedOrigins\.0 is not valid\.$/u,
    [{ ...organization, allowedOrigins: ['https://canary.example.com/'] }],
  ],
  [
    'an unknown field',
    /^ORGANIZATIONS_FILE, 0\.switchKey is not known\.$/u,
    [{ ...organization, switchKey: CANARY }],
  ],
  ['an org twice', /^ORGANIZATIONS_FILE lists an org twice\.$/u, [organization, organization]],
];
for (const [name, sentence, organizations] of badOrganizations)
  test(`one sentence for organizations with ${name}`, async () => {
    await assert.rejects(read({}, organizations), (error: unknown) => {
      assert.ok(error instanceof ConfigurationError);
      assert.match(error.message, sentence);
      assert.doesNotMatch(error.message, /canary/u);
      return true;
    });
  });

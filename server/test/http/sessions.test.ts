import assert from 'node:assert/strict';
import { createHmac, createPublicKey, createSecretKey, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sessionResponseSchema } from '@scoreline/contract/wire';
import { decodeProtectedHeader, SignJWT } from 'jose';
import * as z from 'zod/mini';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  makeConfiguration,
  makeOrganization,
  ORG_ID,
  ORIGIN,
  OTHER_ORG_ID,
  OTHER_ORIGIN,
  REP_ID,
} from '../testOrganizations.ts';
import {
  errorOf,
  hmacOrgToken,
  makeRules,
  orgToken,
  startTestRelay,
  unsignedOrgToken,
  type Answer,
  type TestRelay,
} from '../testRelay.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, []);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
const rules = makeRules();
let database: TestDatabase;
let relay: TestRelay;
let relayTokenKey: Buffer;

before(async () => {
  database = await startTestDatabase();
  const configuration = makeConfiguration(database.url, [organization, otherOrganization]);
  relayTokenKey = configuration.relayTokenKeys[0].secret;
  relay = await startTestRelay(configuration, rules);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

const openWith = (token: string, headers?: Record<string, string>): Promise<Answer> =>
  relay.post('/v1/sessions', { orgToken: token }, headers);
const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

test('an org token becomes a relay token and SIP credentials of ten minutes', async () => {
  const answer = await openWith(await orgToken(organization, REP_ID));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const session = z.parse(sessionResponseSchema, answer.body);
  assert.ok(Math.abs(session.expiresAtEpochSeconds - nowSeconds() - 600) <= 2);
  assert.equal(session.sip.addressOfRecord, `sip:${REP_ID}@${organization.sip.domain}`);
  assert.equal(session.sip.authorizationUsername, `${session.expiresAtEpochSeconds}:${REP_ID}@${ORG_ID}`);
  assert.equal(
    session.sip.authorizationPassword,
    createHmac('sha1', organization.sip.credentialSecret)
      .update(session.sip.authorizationUsername)
      .digest('base64'),
  );
  assert.deepEqual(decodeProtectedHeader(session.relayToken), { alg: 'HS256', kid: 'new' });
});

test('without a media relay a session names the other ICE servers alone', async () => {
  const answer = await openWith(await orgToken(organization, REP_ID));
  const { sip } = z.parse(sessionResponseSchema, answer.body);
  assert.deepEqual(sip.iceServers, organization.sip.iceServers);
});

test('a media relay’s credentials end after four hours and are what coturn computes', async () => {
  const secret = 'shared-with-the-media-relay';
  const urls = ['turn:turn.example.com', 'turns:turn.example.com:443?transport=tcp'];
  const configuration = makeConfiguration(database.url, [
    { ...organization, sip: { ...organization.sip, turn: { urls, secret } } },
  ]);
  const turnRelay = await startTestRelay(configuration, rules);
  const answer = await turnRelay.post('/v1/sessions', { orgToken: await orgToken(organization, REP_ID) });
  await turnRelay.stop();
  const { sip } = z.parse(sessionResponseSchema, answer.body);
  const [stun, turn] = sip.iceServers;
  assert.deepEqual([stun, turn?.urls], [organization.sip.iceServers[0], urls]);
  const [expiry, userId] = (turn?.username ?? '').split(':');
  assert.equal(userId, REP_ID);
  assert.ok(Math.abs(Number(expiry) - nowSeconds() - 4 * 3_600) <= 5);
  const password = createHmac('sha1', secret)
    .update(turn?.username ?? '')
    .digest('base64');
  assert.equal(turn?.credential, password);
  assert.equal(JSON.stringify(answer.body).includes(secret), false);
});

test('tokenReplayed: the same token a second time, also when both come at once', async () => {
  const token = await orgToken(organization, REP_ID);
  const answers = await Promise.all([openWith(token), openWith(token), openWith(token)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401]);
  assert.equal(errorOf(await openWith(token)).name, 'tokenReplayed');
});

test('tokenAlgorithm: alg none, and HMAC with the public key as secret', async () => {
  const none = await openWith(unsignedOrgToken(organization, REP_ID));
  assert.equal(none.status, 401);
  assert.equal(errorOf(none).name, 'tokenAlgorithm');
  const publicKey = createPublicKey(organization.sessionPublicKeys[1] ?? '').export({
    type: 'spki',
    format: 'pem',
  });
  const confused = await hmacOrgToken(organization, REP_ID, createSecretKey(Buffer.from(publicKey)));
  assert.equal(errorOf(await openWith(confused)).name, 'tokenAlgorithm');
});

for (const [name, changes] of [
  ['tokenAudience', { aud: 'https://elsewhere.example.com' }],
  ['tokenExpired', { exp: Math.floor(Date.now() / 1_000) - 60 }],
  ['organizationUnknown', { iss: '00D000000000009AAA' }],
  ['tokenInvalid', { exp: Math.floor(Date.now() / 1_000) + 3_600 }],
  ['tokenInvalid', { nonce: undefined }],
  ['tokenInvalid', { nonce: 'null\0nonce' }],
  ['tokenInvalid', { sub: "005' or 1=1 --" }],
] as const)
  test(`${name}: ${JSON.stringify(changes)}`, async () => {
    const answer = await openWith(await orgToken(organization, REP_ID, changes));
    assert.equal(answer.status, 401);
    assert.equal(errorOf(answer).name, name);
  });

test('tokenInvalid: signed by another org’s key, or no token at all', async () => {
  const forged = await orgToken(otherOrganization, REP_ID, { iss: ORG_ID });
  assert.equal(errorOf(await openWith(forged)).name, 'tokenInvalid');
  assert.equal(errorOf(await openWith('not a token')).name, 'tokenInvalid');
  const [header, payload, signature] = (await orgToken(organization, REP_ID)).split('.');
  const changed = Buffer.from(payload ?? '', 'base64url')
    .toString()
    .replace(REP_ID, '005000000000009AAA');
  const tampered = [header, Buffer.from(changed).toString('base64url'), signature].join('.');
  assert.equal(errorOf(await openWith(tampered)).name, 'tokenInvalid');
});

test('userInactive: a user whom the org deactivated', async () => {
  rules.inactiveUsers.add(REP_ID);
  const answer = await openWith(await orgToken(organization, REP_ID));
  rules.inactiveUsers.clear();
  assert.equal(answer.status, 403);
  assert.equal(errorOf(answer).name, 'userInactive');
});

test('originRefused: a foreign page, and a page of another connected org', async () => {
  for (const origin of ['https://evil-lightning.force.com.attacker', 'null', OTHER_ORIGIN]) {
    const answer = await openWith(await orgToken(organization, REP_ID), { origin });
    assert.equal(answer.status, 403);
    assert.equal(errorOf(answer).name, 'originRefused');
  }
  const allowed = await openWith(await orgToken(organization, REP_ID), { origin: ORIGIN });
  assert.equal(allowed.headers.get('access-control-allow-origin'), ORIGIN);
});

test('a preflight is answered for known origins only', async () => {
  const ask = (origin: string): Promise<Response> =>
    fetch(`${relay.url}/v1/calls`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
  const allowed = await ask(ORIGIN);
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get('access-control-allow-origin'), ORIGIN);
  assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /authorization/u);
  const refused = await ask('https://attacker.example.com');
  assert.equal(refused.status, 403);
  assert.equal(refused.headers.get('access-control-allow-origin'), null);
});

test('relay tokens: missing, of another algorithm, key, audience or time are refused by name', async () => {
  const sign = (changes: Record<string, unknown>, header = { alg: 'HS256', kid: 'new' }): Promise<string> =>
    new SignJWT({ org: ORG_ID, sub: REP_ID, aud: 'scoreline-relay', exp: nowSeconds() + 60, ...changes })
      .setProtectedHeader(header)
      .sign(relayTokenKey);
  const nameFor = async (token: string | undefined): Promise<string> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await relay.post('/v1/calls', { callId: randomUUID(), number: '1' }, headers);
    return errorOf(answer).name;
  };
  assert.equal(await nameFor(undefined), 'tokenMissing');
  assert.equal(await nameFor(unsignedOrgToken(organization, REP_ID)), 'tokenAlgorithm');
  assert.equal(await nameFor(await orgToken(organization, REP_ID)), 'tokenAlgorithm');
  assert.equal(await nameFor(await sign({}, { alg: 'HS256', kid: '../../dev/null' })), 'tokenInvalid');
  assert.equal(await nameFor(await sign({}, { alg: 'HS256', kid: 'old' })), 'tokenInvalid');
  assert.equal(await nameFor(await sign({ aud: 'another' })), 'tokenAudience');
  assert.equal(await nameFor(await sign({ exp: nowSeconds() - 1 })), 'tokenExpired');
  assert.equal(await nameFor(await sign({ org: '00D000000000009AAA' })), 'organizationUnknown');
  assert.equal(await nameFor(await sign({})), 'invalidRequest');
});

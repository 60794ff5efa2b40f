import { randomUUID } from 'node:crypto';
import type { ErrorBody, ErrorName } from '@scoreline/contract';
import { CALL_ID_HEADER, ERRORS, ERROR_HEADER, PERMIT_HEADER } from '@scoreline/contract';
import pg from 'pg';
import { type Answer, RelayClient, newCallId, post, signOrgToken, talkedFor } from './support/relayClient.ts';
import { RawSip } from './support/rawSip.ts';
import { readSecret } from './support/secrets.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';

async function withRelayDatabase<Result>(
  sandbox: RunningSandbox,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const port = Number(new URL(sandbox.url).port) + 3;
  const password = await readSecret(sandbox, 'databasePassword');
  const client = new pg.Client({
    connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/relay`,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row the relay may write because of a request, counted. */
async function rowCounts(sandbox: RunningSandbox): Promise<Record<string, number>> {
  return await withRelayDatabase(sandbox, async (client) => {
    const counts: Record<string, number> = {};
    // What a rep edited in the org before may arrive at any time.
    for (const from of ['call', "call_event WHERE witness <> 'org'", 'call_personal']) {
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`);
      counts[from] = rows[0]?.count ?? -1;
    }
    return counts;
  });
}

function expectRefusal(answer: Answer<unknown>, name: ErrorName): void {
  const { error } = answer.body as ErrorBody;
  expect({ name: error.name, code: error.code, status: answer.status }).toEqual({
    name,
    code: ERRORS[name].code,
    status: ERRORS[name].status,
  });
  expect(error.message).not.toBe('');
  expect(error.meaning).not.toBe('');
}

test.describe('hostile requests', () => {
  let phone: RelayClient;
  let before: Record<string, number>;

  test.beforeEach(async ({ sandbox }) => {
    phone = await RelayClient.signIn(sandbox, sandbox.people.tomas);
    before = await rowCounts(sandbox);
  });

  test.afterEach(async ({ sandbox }) => {
    expect(await rowCounts(sandbox)).toEqual(before);
    expect((await fetch(`${sandbox.relayUrl}/healthz`)).status).toBe(200);
  });

  test('malformed JSON', async ({ sandbox }) => {
    expectRefusal(await post(sandbox, '/v1/calls', '{"callId": ', phone.authorization), 'malformedJson');
  });

  test('unknown fields', async ({ sandbox }) => {
    const body = { callId: newCallId(), number: '+1 303 555 0142', talkSeconds: 1_200 };
    expectRefusal(await post(sandbox, '/v1/calls', body, phone.authorization), 'unknownField');
  });

  test('a token for another audience', async ({ sandbox }) => {
    const orgToken = await signOrgToken(sandbox, phone.session.orgId, sandbox.people.tomas, {
      audience: 'https://relay.example.com',
    });
    expectRefusal(await post(sandbox, '/v1/sessions', { orgToken }), 'tokenAudience');
  });

  test('a token with algorithm none', async ({ sandbox }) => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: phone.session.orgId,
      sub: sandbox.people.tomas.userId,
      aud: sandbox.relayUrl,
      exp: Math.floor(Date.now() / 1000) + 120,
      nonce: randomUUID(),
    };
    const orgToken = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    expectRefusal(await post(sandbox, '/v1/sessions', { orgToken }), 'tokenAlgorithm');
  });

  test('an expired token', async ({ sandbox }) => {
    const orgToken = await signOrgToken(sandbox, phone.session.orgId, sandbox.people.tomas, {
      expiresInSeconds: -60,
    });
    expectRefusal(await post(sandbox, '/v1/sessions', { orgToken }), 'tokenExpired');
  });

  test('a token used twice', async ({ sandbox }) => {
    const orgToken = await signOrgToken(sandbox, phone.session.orgId, sandbox.people.tomas);
    expect((await post(sandbox, '/v1/sessions', { orgToken })).status).toBe(200);
    expectRefusal(await post(sandbox, '/v1/sessions', { orgToken }), 'tokenReplayed');
  });

  test('a call id that this org does not have', async () => {
    expectRefusal(await phone.sendEvents(newCallId(), talkedFor(20)), 'callNotFound');
    expectRefusal(await phone.sendOutcome(newCallId(), 1, 'meeting', 'x'), 'callNotFound');
  });

  test('call detail with a forged signature', async ({ sandbox }) => {
    const text = JSON.stringify({ orgId: phone.session.orgId, witness: 'switch', events: [] });
    const forged = { 'X-Scoreline-Signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` };
    expectRefusal(await post(sandbox, '/v1/switch/events', text, forged), 'signatureInvalid');
  });

  test('an INVITE without a permit, and one with a forged permit', async () => {
    const sip = await RawSip.connect(phone.session.sip);
    const destination = `sip:+13035550142@${phone.session.sip.domain}`;
    expect((await sip.request('REGISTER', `sip:${phone.session.sip.domain}`)).status).toBe(200);

    const withoutPermit = await sip.request('INVITE', destination, [`${CALL_ID_HEADER}: ${newCallId()}`]);
    expect(withoutPermit.status).toBe(ERRORS.permitMissing.status);
    expect(withoutPermit.headers[ERROR_HEADER.toLowerCase()]).toBe('permitMissing');

    const forged = `v1.${Math.floor(Date.now() / 1000) + 60}.${'A'.repeat(43)}`;
    const withForgedPermit = await sip.request('INVITE', destination, [
      `${CALL_ID_HEADER}: ${newCallId()}`,
      `${PERMIT_HEADER}: ${forged}`,
    ]);
    expect(withForgedPermit.status).toBe(ERRORS.permitInvalid.status);
    expect(withForgedPermit.headers[ERROR_HEADER.toLowerCase()]).toBe('permitInvalid');
    sip.close();
  });
});

test('another org’s call id', async ({ sandbox }) => {
  const phone = await RelayClient.signIn(sandbox, sandbox.people.tomas);
  const callId = newCallId();
  await withRelayDatabase(sandbox, (client) =>
    client.query(
      `INSERT INTO call (org_id, call_id, user_id, number_hash, opening_hash)
       VALUES ('00D000000000999EAA', $1, '005000000000999EAA', 'x', 'x')`,
      [callId],
    ),
  );
  const before = await rowCounts(sandbox);
  expectRefusal(await phone.sendEvents(callId, talkedFor(20)), 'callNotFound');
  expectRefusal(await phone.sendOutcome(callId, 5, 'meeting', 'x'), 'callNotFound');
  expectRefusal(await phone.permit(callId, '+1 303 555 0142'), 'callIdReused');
  expect(await rowCounts(sandbox)).toEqual(before);
  expect((await fetch(`${sandbox.relayUrl}/healthz`)).status).toBe(200);
});

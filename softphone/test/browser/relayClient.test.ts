import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { createRelayClient } from '../../src/browser/relayClient.ts';
import { startRelayServer } from '../support/relayServer.ts';
import { callIdOf, ORG_ID, sessionResponse } from '../support/samples.ts';

const LIMIT = { timeout: 10_000 };

/** A server that gives every request this answer; resolves with its address. */
async function serve(context: TestContext, status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('what the relay answers is parsed, and the token is sent', LIMIT, async (context) => {
  const relay = await startRelayServer();
  context.after(() => relay.close());
  const client = createRelayClient(`${relay.url}/`);
  assert.equal((await client.openSession('org token')).orgId, ORG_ID);
  const permit = await client.requestPermit('token 1', { callId: callIdOf(1), number: '+1 303 555 0142' });
  assert.equal(permit.numberE164, '+13035550142');
  assert.equal(relay.received.at(-1)?.token, 'token 1');
});

test('a relay below a path keeps the path', LIMIT, async (context) => {
  const relay = await startRelayServer();
  context.after(() => relay.close());
  await assert.rejects(createRelayClient(`${relay.url}/below`).openSession('org token'));
  assert.equal(relay.received.at(-1)?.path, '/below/v1/sessions');
});

test('a refusal is known by its name', LIMIT, async (context) => {
  const relay = await startRelayServer();
  context.after(() => relay.close());
  relay.refuse('/v1/calls', 'emergencyNumber');
  await assert.rejects(
    createRelayClient(relay.url).requestPermit('token 1', { callId: callIdOf(1), number: '911' }),
    { errorName: 'emergencyNumber' },
  );
});

test(
  'an answer that is not of the contract is unexpected, and one cut short is no answer',
  LIMIT,
  async (context) => {
    const wrong = await serve(context, 200, JSON.stringify({ ...sessionResponse(), sip: undefined }));
    await assert.rejects(createRelayClient(wrong).openSession('org token'), { errorName: 'unexpected' });
    const cut = await serve(context, 200, '{"relayToken":');
    await assert.rejects(createRelayClient(cut).openSession('org token'), { errorName: 'relayUnreachable' });
  },
);

test('what answers in the relay’s place is told apart by its status', LIMIT, async (context) => {
  const cases = [
    [502, '<html>', 'relayUnreachable'],
    [429, '', 'tooManyRequests'],
    [404, '<html>', 'unexpected'],
    [500, JSON.stringify({ error: { name: 'ofALaterVersion' } }), 'unexpected'],
  ] as const;
  for (const [status, body, errorName] of cases)
    await assert.rejects(createRelayClient(await serve(context, status, body)).openSession('org token'), {
      errorName,
    });
});

test('an address that is none means that the phone is not set up', LIMIT, async () => {
  await assert.rejects(createRelayClient('no address').openSession('org token'), {
    errorName: 'phoneNotSetUp',
  });
  await assert.rejects(createRelayClient('').openSession('org token'), { errorName: 'phoneNotSetUp' });
});

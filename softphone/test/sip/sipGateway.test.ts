import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerOf, parameterOf } from '../support/sipMessage.ts';
import { ringAndAnswer } from '../support/sipPeer.ts';
import { place, startGateway } from '../support/startedGateway.ts';

const LIMIT = { timeout: 10_000 };

test('registers with the digest of the account', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  assert.equal(gateway.isRegistered(), false);
  await gateway.connect(account);
  assert.equal(gateway.isRegistered(), true);
  assert.deepEqual(peer.methods(), ['REGISTER', 'REGISTER']);
  assert.equal(peer.received[0]?.startLine, 'REGISTER sip:phone.example SIP/2.0');
});

test('wrong credentials are refused, and no server is no connection', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await assert.rejects(gateway.connect({ ...account, authorizationPassword: 'wrong' }), {
    errorName: 'registrationRefused',
  });
  assert.equal(gateway.isRegistered(), false);
  peer.registerStatus = 503;
  await assert.rejects(gateway.connect(account), { errorName: 'switchUnreachable' });
  await assert.rejects(gateway.connect({ ...account, webSocketUrl: 'ws://127.0.0.1:9' }), {
    errorName: 'switchUnreachable',
  });
});

test('renewed credentials answer the next challenge on the same connection', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  peer.passwords.clear();
  peer.passwords.set('user 2', 'password 2');
  await gateway.connect({ ...account, authorizationUsername: 'user 2', authorizationPassword: 'password 2' });
  const last = peer.received.at(-1);
  assert.equal(last && parameterOf(headerOf(last, 'authorization'), 'username'), 'user 2');
  const callIds = new Set(peer.received.map((message) => headerOf(message, 'call-id')));
  assert.equal(callIds.size, 1);
});

test(
  'a registration is refreshed before it lapses, as long as the registrar grants',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, clock } = await startGateway(context);
    peer.grantedSeconds = 10;
    await gateway.connect(account);
    const refreshed = peer.next('REGISTER');
    clock.advance(7_999);
    assert.equal(peer.methods().length, 2);
    clock.advance(1);
    await refreshed;
    assert.equal(gateway.isRegistered(), true);
  },
);

test('a refresh that is refused loses the registration', LIMIT, async (context) => {
  const { peer, gateway, account, clock, whenLost } = await startGateway(context);
  peer.grantedSeconds = 10;
  await gateway.connect(account);
  peer.registerStatus = 403;
  clock.advance(8_000);
  assert.equal(await whenLost, 'registrationRefused');
  assert.equal(gateway.isRegistered(), false);
});

test(
  'complaint 8: a refresh that is never answered does not stick until the registration expires',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, clock, lost, whenLost } = await startGateway(context);
    peer.grantedSeconds = 45;
    await gateway.connect(account);
    const pinged = peer.next('OPTIONS');
    clock.advance(20_000);
    await pinged;
    // Whatever comes on the same connection after the pong has come after it.
    await place(gateway).until('answered');
    peer.isSilent = true;
    const refreshed = peer.next('REGISTER');
    clock.advance(16_000);
    await refreshed;
    clock.advance(7_999);
    assert.deepEqual(lost, []);
    // A second before it would expire, and before the next ping is given up.
    clock.advance(1);
    assert.equal(await whenLost, 'switchUnreachable');
    assert.equal(gateway.isRegistered(), false);
    peer.isSilent = false;
    await gateway.connect(account);
    assert.equal(gateway.isRegistered(), true);
  },
);

test(
  'defect 2: a drop ends the registration at once, and the next connection registers anew',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, whenLost } = await startGateway(context);
    await gateway.connect(account);
    peer.drop();
    assert.equal(await whenLost, 'switchUnreachable');
    assert.equal(gateway.isRegistered(), false);
    assert.throws(() => place(gateway), { errorName: 'switchUnreachable' });
    const registers = peer.methods().length;
    await gateway.connect(account);
    assert.equal(gateway.isRegistered(), true);
    assert.ok(peer.methods().length > registers);
  },
);

test(
  'defect 2: a drop while registering fails at once instead of after 32 seconds',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, lost } = await startGateway(context);
    peer.isSilent = true;
    const arrived = peer.next('REGISTER');
    const connecting = gateway.connect(account);
    await arrived;
    peer.drop();
    await assert.rejects(connecting, { errorName: 'switchUnreachable' });
    assert.deepEqual(lost, []);
  },
);

test('defect 4: a connection that no longer answers is found dead by the ping', LIMIT, async (context) => {
  const { peer, gateway, account, clock, lost, whenLost } = await startGateway(context);
  await gateway.connect(account);
  const pinged = peer.next('OPTIONS');
  clock.advance(20_000);
  await pinged;
  // Whatever comes on the same connection after the pong has come after it.
  await place(gateway).until('answered');
  clock.advance(6_000);
  assert.deepEqual(lost, []);
  peer.isSilent = true;
  clock.advance(20_000);
  clock.advance(5_000);
  assert.equal(await whenLost, 'switchUnreachable');
});

test('defect 5: registering while a request is in flight waits for its turn', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await Promise.all([gateway.connect(account), gateway.connect(account), gateway.connect(account)]);
  assert.equal(gateway.isRegistered(), true);
  const sequences = peer.received.map((message) => Number.parseInt(headerOf(message, 'cseq'), 10));
  assert.deepEqual(sequences, [1, 2, 3, 4, 5, 6]);
});

test('defect 8: nothing is logged, the credentials least of all', LIMIT, async (context) => {
  const lines: unknown[][] = [];
  for (const level of ['log', 'debug', 'info', 'warn', 'error'] as const)
    context.mock.method(console, level, (...values: unknown[]) => lines.push(values));
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  peer.onInvite = ringAndAnswer;
  const { line, until } = place(gateway);
  await until('answered');
  line.hangUp();
  await gateway.close();
  assert.deepEqual(lines, []);
});

test('closing hangs up and takes the registration back', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const { until, events } = place(gateway);
  await until('answered');
  await gateway.close();
  assert.equal(events.at(-1)?.kind, 'ended');
  assert.ok(peer.methods().includes('BYE'));
  assert.match(headerOf(peer.received.at(-1) ?? assert.fail(), 'contact'), /;expires=0/u);
});

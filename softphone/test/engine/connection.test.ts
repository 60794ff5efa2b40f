import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PhoneError } from '../../src/domain/phoneError.ts';
import { startRelayServer } from '../support/relayServer.ts';
import { dialRequest } from '../support/samples.ts';
import { startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 10_000 };

test(
  'a lost connection is shown and found again after the backoff, with the same session',
  LIMIT,
  async (context) => {
    const { phone, gateway, relay, clock, until } = await startPhone(context);
    await until(({ phoneState }) => phoneState === 'ready');
    gateway.refusal = 'switchUnreachable';
    gateway.lose('switchUnreachable');
    assert.deepEqual(
      [phone.snapshot.phoneState, phone.snapshot.error],
      ['reconnecting', 'switchUnreachable'],
    );
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const tried = gateway.accounts.length;
      delays.push(clock.nextInMs() ?? 0);
      clock.advance(clock.nextInMs() ?? 0);
      await until(() => gateway.accounts.length > tried || phone.snapshot.phoneState !== 'reconnecting');
      await new Promise(setImmediate);
    }
    assert.deepEqual(delays, [375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500]);
    gateway.refusal = undefined;
    clock.advance(30_000);
    const back = await until(({ phoneState }) => phoneState === 'ready');
    assert.equal(back.error, undefined);
    assert.equal(relay.received.filter(({ path }) => path === '/v1/sessions').length, 1);
  },
);

test('session and credentials are renewed after 70 % of their life, unseen', LIMIT, async (context) => {
  const { phone, gateway, relay, clock, until } = await startPhone(context);
  await until(({ phoneState }) => phoneState === 'ready');
  const states: string[] = [];
  const renewed = new Promise<void>((resolve) => {
    const connect = gateway.connect;
    gateway.connect = (account) => {
      resolve();
      return connect(account);
    };
  });
  phone.subscribe(({ phoneState }) => states.push(phoneState));
  clock.advance(421_000);
  await renewed;
  assert.equal(relay.received.filter(({ path }) => path === '/v1/sessions').length, 2);
  assert.equal(gateway.accounts.length, 2);
  assert.deepEqual(new Set(states), new Set(['ready']));
});

test(
  'a renewal that fails changes nothing while the registration stands, and is tried again',
  LIMIT,
  async (context) => {
    const { phone, gateway, relay, clock, until } = await startPhone(context);
    await until(({ phoneState }) => phoneState === 'ready');
    relay.refuse('/v1/sessions', 'databaseUnavailable');
    const asked = relay.received.length;
    clock.advance(421_000);
    while (relay.received.length === asked || clock.nextInMs() === undefined) await new Promise(setImmediate);
    assert.equal(phone.snapshot.phoneState, 'ready');
    relay.accept('/v1/sessions');
    while (gateway.accounts.length < 2) {
      clock.advance(1_000);
      await new Promise(setImmediate);
    }
    assert.equal(phone.snapshot.phoneState, 'ready');
  },
);

test(
  'a token that the relay no longer takes is exchanged and the request sent again',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    await started.until(({ phoneState }) => phoneState === 'ready');
    started.relay.validTokens = new Set(['token 2']);
    started.phone.dial(dialRequest('with an old token'));
    await started.placedCall();
    const permits = started.relay.received.filter(({ path }) => path === '/v1/calls');
    assert.deepEqual(
      permits.map(({ token }) => token),
      ['token 1', 'token 2'],
    );
  },
);

test('a refused registration asks for a new session before the next try', LIMIT, async (context) => {
  const { gateway, relay, clock, until } = await startPhone(context);
  await until(({ phoneState }) => phoneState === 'ready');
  gateway.lose('registrationRefused');
  clock.advance(1_000);
  await until(({ phoneState }) => phoneState === 'ready');
  assert.equal(relay.received.filter(({ path }) => path === '/v1/sessions').length, 2);
});

test('the relay’s refusal of the session is shown by its name', LIMIT, async (context) => {
  const relay = await startRelayServer();
  context.after(() => relay.close());
  relay.refuse('/v1/sessions', 'organizationUnknown');
  const { until } = await startPhone(context, { relay });
  const { phoneState, error } = await until((snapshot) => snapshot.phoneState !== 'starting');
  assert.deepEqual([phoneState, error], ['notReady', 'organizationUnknown']);
});

test('a relay that is not there is called unreachable', LIMIT, async (context) => {
  const relay = await startRelayServer();
  await relay.close();
  const { until } = await startPhone(context, { relay });
  const { phoneState, error } = await until((snapshot) => snapshot.phoneState !== 'starting');
  assert.deepEqual([phoneState, error], ['notReady', 'relayUnreachable']);
});

test('an org that gives no token: not set up, unless it was the network', LIMIT, async (context) => {
  const faults = [
    [new Error('No such setting'), 'phoneNotSetUp'],
    [{ body: { message: 'Apex' } }, 'phoneNotSetUp'],
    [new TypeError('Failed to fetch'), 'relayUnreachable'],
    [new PhoneError('userInactive'), 'userInactive'],
  ] as const;
  for (const [fault, expected] of faults) {
    const { until } = await startPhone(context, { fetchOrgToken: () => Promise.reject(fault) });
    const { error } = await until(({ phoneState }) => phoneState !== 'starting');
    assert.equal(error, expected);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sipCredentialUsername } from '@scoreline/contract';
import { connectPhone, inSeconds, MAYA, ORG_ID, TOMAS } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';

test('a phone registers with a current credential, renews and unregisters', async (t) => {
  const { connect } = await startSwitch(t);
  const phone = await connect();
  assert.deepEqual(await phone.register(), { statusCode: 200, error: undefined });
  assert.deepEqual(await phone.register(), { statusCode: 200, error: undefined });
  await phone.unregister();
  assert.equal((await phone.dial('+13035550101').answered).statusCode, 403);
});

for (const [what, options, statusCode, error] of [
  ['a wrong password', { password: 'wrong' }, 401, undefined],
  [
    'an expired credential',
    { username: sipCredentialUsername(inSeconds(-1), MAYA, ORG_ID) },
    403,
    'tokenExpired',
  ],
  [
    'a credential made to live too long',
    { username: sipCredentialUsername(inSeconds(700), MAYA, ORG_ID) },
    403,
    'tokenExpired',
  ],
  [
    'a credential of another org',
    { username: sipCredentialUsername(inSeconds(600), MAYA, '00D000000000002AAA') },
    401,
    undefined,
  ],
  ['a user name that is no credential', { username: MAYA }, 401, undefined],
  ["another user's address", { addressUserId: TOMAS }, 403, undefined],
] as const)
  test(`registration with ${what} is refused`, async (t) => {
    const { connect } = await startSwitch(t);
    const phone = await connect(options);
    assert.deepEqual(await phone.register(), { statusCode, error });
  });

test('a binding ends with its credential, and with it the right to call', async (t) => {
  const { connect } = await startSwitch(t);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const phone = await connect({ username: sipCredentialUsername(inSeconds(20), MAYA, ORG_ID) });
  assert.equal((await phone.register({ expires: 600 })).statusCode, 200);
  t.mock.timers.setTime(Date.now() + 30_000);
  const answer = await phone.dial('+13035550101').answered;
  assert.deepEqual(answer, { statusCode: 403, error: 'tokenExpired' });
});

test('a live call goes on after its credential expired', async (t) => {
  const { connect, relay } = await startSwitch(t);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const phone = await connect({ username: sipCredentialUsername(inSeconds(20), MAYA, ORG_ID) });
  await phone.register();
  const call = phone.dial('+13035550101');
  await call.answered;
  await call.media.heard(2);
  t.mock.timers.setTime(Date.now() + 60_000);
  assert.equal(await call.renegotiate({ hold: true }), 200);
  await call.inviter.bye();
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind === 'ended' && ended.endedBy, 'rep');
});

test('a user may have several phones at once', async (t) => {
  const { phone } = await startSwitch(t);
  const phones = [await phone(), await phone()];
  const answers = await Promise.all(phones.map((each) => each.dial('+13035550150').answered));
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [486, 486],
  );
});

test('the digest of one connection is worthless on another', async (t) => {
  const { connect, url } = await startSwitch(t);
  const phone = await connect();
  const sent: string[] = [];
  const { transport } = phone.userAgent;
  const send = transport.send.bind(transport);
  transport.send = (message) => {
    sent.push(message);
    return send(message);
  };
  await phone.register();
  const answered = sent.find((message) => message.includes('Authorization: Digest'));
  assert.ok(answered);

  const thief = new WebSocket(url, 'sip');
  t.after(() => thief.close());
  await new Promise((resolve) => thief.addEventListener('open', resolve));
  const answer = new Promise<string>((resolve) => {
    thief.addEventListener('message', ({ data }) => resolve(String(data)));
  });
  thief.send(answered);
  assert.match(await answer, /^SIP\/2\.0 401 /u);
});

test('a connection without the subprotocol sip is refused', async (t) => {
  const { url } = await startSwitch(t);
  const socket = new WebSocket(url);
  const closed = await new Promise((resolve) => socket.addEventListener('error', () => resolve('refused')));
  assert.equal(closed, 'refused');
  await assert.rejects(connectPhone({ url: `${url.slice(0, -1)}x` }));
});

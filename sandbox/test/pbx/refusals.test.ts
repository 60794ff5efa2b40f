import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAYA, newCallId, permitFor, inSeconds, TOMAS } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';

const TALKS = '+13035550101';
const BUSY = '+13035550150';

for (const [what, options, error] of [
  ['no permit', { permit: null }, 'permitMissing'],
  ['a permit for another number', { permitNumber: '+13035550102' }, 'permitInvalid'],
  ['a permit for another user', { permitUserId: TOMAS }, 'permitInvalid'],
  [
    'a permit for another call',
    { permit: permitFor({ callId: newCallId(), userId: MAYA, numberE164: TALKS }) },
    'permitInvalid',
  ],
  ['an expired permit', { permitExpiry: inSeconds(-1) }, 'permitInvalid'],
  ['a permit that is none', { permit: 'v1.nonsense' }, 'permitInvalid'],
  ['a call id that is none', { callId: '12345678-1234-4234-8234-123456789012' }, 'permitInvalid'],
] as const)
  test(`an INVITE with ${what} is refused and posts nothing`, async (t) => {
    const { localSwitch, phone, relay } = await startSwitch(t);
    const call = (await phone()).dial(TALKS, options);
    assert.deepEqual(await call.answered, { statusCode: 403, error });
    assert.equal(localSwitch.unsentEvents, 0);
    assert.equal(relay.requests, 0);
    assert.deepEqual(localSwitch.calls(), []);
  });

test('a permit is good for one INVITE', async (t) => {
  const { phone: newPhone } = await startSwitch(t);
  const phone = await newPhone();
  const callId = newCallId();
  const permit = permitFor({ callId, userId: MAYA, numberE164: BUSY });
  assert.equal((await phone.dial(BUSY, { callId, permit }).answered).statusCode, 486);
  const refused = { statusCode: 403, error: 'permitInvalid' };
  assert.deepEqual(await phone.dial(BUSY, { callId, permit }).answered, refused);
  const newer = permitFor({ callId, userId: MAYA, numberE164: BUSY }, inSeconds(59));
  assert.deepEqual(await phone.dial(BUSY, { callId, permit: newer }).answered, refused);
});

test('an INVITE from a phone that is not registered is refused', async (t) => {
  const { connect } = await startSwitch(t);
  const call = (await connect()).dial(TALKS);
  assert.deepEqual(await call.answered, { statusCode: 403, error: undefined });
});

test('an INVITE with a wrong password is refused, and its permit stays good', async (t) => {
  const { connect, phone } = await startSwitch(t);
  const callId = newCallId();
  const stranger = await connect({ password: 'wrong' });
  assert.equal((await stranger.dial(BUSY, { callId }).answered).statusCode, 407);
  assert.equal((await (await phone()).dial(BUSY, { callId }).answered).statusCode, 486);
});

test("an INVITE in another user's name is refused", async (t) => {
  const { phone: newPhone } = await startSwitch(t);
  const phone = await newPhone();
  phone.userAgent.configuration.uri.user = TOMAS;
  assert.equal((await phone.dial(TALKS).answered).statusCode, 403);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOIN_HEADER, PERMIT_HEADER } from '@scoreline/contract';
import { type Session, URI } from 'sip.js';
import { DOMAIN, MAYA, type PhoneCall, permitFor, type RepPhone } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';
import { until } from '../until.ts';

const FIRST = '+13035550101';
const SECOND = '+442079460103';
const BUSY = '+13035550150';
/** What a simulated prospect sounds like at the other end. */
const AUDIBLE_RMS = 0.02;

interface Referred {
  readonly statusCode: number;
  readonly error: string | undefined;
  /** The status of each NOTIFY, the final one last. */
  readonly notified: Promise<readonly number[]>;
}

/** Sends a REFER within the call. */
async function refer(
  call: PhoneCall,
  target: URI | Session,
  headers: readonly string[] = [],
): Promise<Referred> {
  const answer = Promise.withResolvers<Omit<Referred, 'notified'>>();
  const notified = Promise.withResolvers<readonly number[]>();
  const statuses: number[] = [];
  await call.inviter.refer(target, {
    requestOptions: { extraHeaders: [...headers] },
    requestDelegate: {
      onAccept: ({ message }) => answer.resolve({ statusCode: message.statusCode ?? 0, error: undefined }),
      onReject: ({ message }) =>
        answer.resolve({
          statusCode: message.statusCode ?? 0,
          error: message.getHeader('X-Scoreline-Error'),
        }),
    },
    onNotify: (notification) => {
      const { body } = notification.request;
      void notification.accept();
      statuses.push(Number(/^SIP\/2\.0 (\d{3})/u.exec(body)?.[1]));
      if ((statuses.at(-1) ?? 0) >= 200) notified.resolve(statuses);
    },
  });
  return { ...(await answer.promise), notified: notified.promise };
}

const number = (numberE164: string): URI => new URI('sip', numberE164, DOMAIN);

function transferPermit({ callId }: PhoneCall, numberE164: string): string[] {
  return [`${PERMIT_HEADER}: ${permitFor({ callId, userId: MAYA, numberE164 })}`];
}

async function talkTo(phone: RepPhone, numberE164: string): Promise<PhoneCall> {
  const call = phone.dial(numberE164);
  assert.equal((await call.answered).statusCode, 200);
  await call.media.heard(5);
  return call;
}

test('a blind transfer connects the two far ends and ends the leg of the rep', async (t) => {
  const { phone, relay, view } = await startSwitch(t, { timeScale: 0.05 });
  const call = await talkTo(await phone(), FIRST);
  const referred = await refer(call, number(SECOND), transferPermit(call, SECOND));
  assert.equal(referred.statusCode, 202);
  assert.deepEqual(await referred.notified, [100, 180, 200]);
  await call.ended;
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'rep transferred');
  assert.equal(view(call.callId).transferredTo, SECOND);
  await until(() => view(call.callId).farEnds.every(({ recentHeardRms }) => recentHeardRms > AUDIBLE_RMS));
  assert.deepEqual(
    view(call.callId).farEnds.map(({ numberE164 }) => numberE164),
    [FIRST, SECOND],
  );
});

test('a transfer to a number that does not answer leaves the call with the rep', async (t) => {
  const { phone, relay, view } = await startSwitch(t);
  const call = await talkTo(await phone(), FIRST);
  const referred = await refer(call, number(BUSY), transferPermit(call, BUSY));
  assert.equal(referred.statusCode, 202);
  assert.equal((await referred.notified).at(-1), 486);
  call.media.forget();
  await call.media.heard(60);
  assert.ok(call.media.receivedRms > AUDIBLE_RMS, 'the rep still hears the prospect');
  assert.equal(view(call.callId).state, 'talking');
  await call.inviter.bye();
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind === 'ended' && ended.cause, 'completed');
});

for (const [what, headersFor, error] of [
  ['no permit', () => [], 'permitMissing'],
  ['a permit for another number', (call: PhoneCall) => transferPermit(call, '+13035550102'), 'permitInvalid'],
] as const)
  test(`a transfer with ${what} is refused, and the call goes on`, async (t) => {
    const { phone, view } = await startSwitch(t);
    const call = await talkTo(await phone(), FIRST);
    const referred = await refer(call, number(SECOND), headersFor(call));
    assert.deepEqual([referred.statusCode, referred.error], [403, error]);
    await call.media.heard(5);
    assert.equal(view(call.callId).state, 'talking');
  });

test('attended transfer: "Dialog undefined" (SIP.js#874) — both far ends meet, both legs end', async (t) => {
  const { phone, relay, view } = await startSwitch(t, { timeScale: 0.05 });
  const rep = await phone();
  const first = await talkTo(rep, FIRST);
  assert.equal(await first.renegotiate({ hold: true }), 200);
  const second = await talkTo(rep, SECOND);
  const referred = await refer(first, second.inviter);
  assert.equal(referred.statusCode, 202);
  assert.deepEqual(await referred.notified, [100, 200]);
  await Promise.all([first.ended, second.ended]);
  for (const { callId } of [first, second]) {
    const ended = await relay.received(callId, 'ended');
    assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'rep transferred');
  }
  assert.equal(view(first.callId).transferredTo, SECOND);
  await until(() => view(first.callId).farEnds.every(({ recentHeardRms }) => recentHeardRms > AUDIBLE_RMS));
});

test('an attended transfer to a call that the rep does not have is refused, and the call goes on', async (t) => {
  const { phone } = await startSwitch(t);
  const call = await talkTo(await phone(), FIRST);
  const { dialog } = call.inviter;
  assert.ok(dialog);
  const replaces = `${dialog.callId};to-tag=another;from-tag=${dialog.localTag}`;
  const unknown = Object.assign(new URI('sip', 'x', DOMAIN), {
    toString: () => `<sip:x@${DOMAIN}?Replaces=${encodeURIComponent(replaces)}>`,
  });
  assert.equal((await refer(call, unknown)).statusCode, 481);
  await call.media.heard(5);
});

test('three in a conference each hear the others and nobody themselves', async (t) => {
  const { phone, relay, view } = await startSwitch(t);
  const rep = await phone();
  const second = await talkTo(rep, SECOND);
  assert.equal(await second.renegotiate({ hold: true }), 200);
  const first = await talkTo(rep, FIRST);
  const referred = await refer(first, new URI('sip', 'conference', DOMAIN), [
    `${JOIN_HEADER}: ${second.callId}`,
  ]);
  assert.equal(referred.statusCode, 202);
  assert.deepEqual(await referred.notified, [100, 200]);
  assert.equal(view(second.callId).mixedInto, first.callId);

  // The rep's tone alone is 0.17; with the other far end's voice it is more at each of them.
  await until(() => view(first.callId).farEnds.every(({ recentHeardRms }) => recentHeardRms > 0.175));
  // The rep says the tone of 0.17 all the time: were it in the mix, more would come back than two voices.
  first.media.forget();
  await first.media.heard(100);
  assert.ok(
    first.media.receivedRms > AUDIBLE_RMS && first.media.receivedRms < 0.16,
    `${first.media.receivedRms}`,
  );

  // The second one leaves: the first goes on.
  await second.inviter.bye();
  await relay.received(second.callId, 'ended');
  await until(() => {
    const [far] = view(first.callId).farEnds;
    return Math.abs((far?.recentHeardRms ?? 0) - 0.1726) < 0.01;
  });
  await first.inviter.bye();
  await relay.received(first.callId, 'ended');
});

test('the far end that leaves a conference gets its BYE, and the other comes back to its own call', async (t) => {
  const { phone, relay, view } = await startSwitch(t, { timeScale: 0.5 });
  const rep = await phone();
  const second = await talkTo(rep, SECOND);
  assert.equal(await second.renegotiate({ hold: true }), 200);
  const first = await talkTo(rep, '+13035550185');
  const referred = await refer(first, new URI('sip', 'conference', DOMAIN), [
    `${JOIN_HEADER}: ${second.callId}`,
  ]);
  await referred.notified;
  await first.ended;
  const ended = await relay.received(first.callId, 'ended');
  assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'prospect completed');
  assert.equal(view(second.callId).mixedInto, undefined);
  assert.equal(await second.renegotiate({ hold: false }), 200);
  second.media.forget();
  await second.media.heard(60);
  assert.ok(second.media.receivedRms > AUDIBLE_RMS);
});

test("a conference with another user's call, or one that is over, is refused", async (t) => {
  const { phone } = await startSwitch(t);
  const first = await talkTo(await phone(), FIRST);
  const conference = new URI('sip', 'conference', DOMAIN);
  assert.equal((await refer(first, conference, [`${JOIN_HEADER}: ${first.callId}`])).statusCode, 481);
  assert.equal((await refer(first, conference)).statusCode, 481);
});

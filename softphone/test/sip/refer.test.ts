import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { callIdOf } from '../support/samples.ts';
import type { SipMessage } from '../support/sipMessage.ts';
import { headerOf } from '../support/sipMessage.ts';
import type { PlacedLine, StartedGateway } from '../support/startedGateway.ts';
import { ORDER, place, startGateway } from '../support/startedGateway.ts';

const LIMIT = { timeout: 10_000 };
const TARGET = { numberE164: '+13035550199', permit: 'v1.1800000000.other' };

interface TalkingCall extends PlacedLine {
  readonly invite: SipMessage;
}

async function talk({ peer, gateway }: StartedGateway, callId = ORDER.callId): Promise<TalkingCall> {
  const invited = peer.next('INVITE');
  const placed = place(gateway, { ...ORDER, callId });
  const invite = await invited;
  await placed.until('answered');
  return { ...placed, invite };
}

async function startTalking(context: TestContext): Promise<StartedGateway & { call: TalkingCall }> {
  const started = await startGateway(context);
  await started.gateway.connect(started.account);
  return { ...started, call: await talk(started) };
}

test(
  'blind transfer: REFER with the permit, and the rep’s leg ends as transferred',
  LIMIT,
  async (context) => {
    const { peer, call } = await startTalking(context);
    const referred = peer.next('REFER');
    call.line.transfer(TARGET);
    const refer = await referred;
    assert.match(headerOf(refer, 'refer-to'), /^<?sip:\+13035550199@phone\.example>?$/u);
    assert.equal(headerOf(refer, 'X-Scoreline-Call'), ORDER.callId);
    assert.equal(headerOf(refer, 'X-Scoreline-Permit'), TARGET.permit);
    peer.notify(call.invite, 100);
    const answer = peer.nextAnswer('NOTIFY');
    peer.notify(call.invite, 200);
    assert.match((await answer).startLine, /200/u);
    assert.deepEqual(await call.until('ended'), { kind: 'ended', cause: 'transferred', endedBy: 'rep' });
    const byeAnswer = peer.nextAnswer('BYE');
    peer.hangUp(call.invite);
    assert.match((await byeAnswer).startLine, /200/u);
  },
);

test('a switch that forgets to hang up after a transfer is hung up on', LIMIT, async (context) => {
  const { peer, call, clock } = await startTalking(context);
  const referred = peer.next('REFER');
  call.line.transfer(TARGET);
  await referred;
  peer.notify(call.invite, 200);
  await call.until('ended');
  const bye = peer.next('BYE');
  clock.advance(5_000);
  await bye;
});

test(
  'a transfer that is refused, at once or later, leaves the call up and can be tried again',
  LIMIT,
  async (context) => {
    const { peer, call, clock } = await startTalking(context);
    peer.referStatus = 403;
    call.line.transfer(TARGET);
    assert.deepEqual(await call.until('transferRefused'), {
      kind: 'transferRefused',
      error: 'transferRefused',
    });
    peer.referStatus = 202;
    call.events.length = 0;
    let referred = peer.next('REFER');
    call.line.transfer(TARGET);
    await referred;
    peer.notify(call.invite, 486, ['X-Scoreline-Error: lineBusy']);
    assert.deepEqual(await call.until('transferRefused'), { kind: 'transferRefused', error: 'lineBusy' });
    call.events.length = 0;
    referred = peer.next('REFER');
    call.line.transfer(TARGET);
    await referred;
    clock.advance(60_000);
    assert.equal((await call.until('transferRefused')).kind, 'transferRefused', 'no result is a refusal');
  },
);

test(
  'complaint 5: attended transfer names the dialog of the colleague, and both legs end',
  LIMIT,
  async (context) => {
    const started = await startTalking(context);
    const { peer, call } = started;
    const consult = await talk(started, callIdOf(2));
    const referred = peer.next('REFER');
    call.line.transferTo(callIdOf(2));
    const refer = await referred;
    assert.equal(headerOf(refer, 'call-id'), headerOf(call.invite, 'call-id'));
    const replaces = decodeURIComponent(/Replaces=([^>]+)/u.exec(headerOf(refer, 'refer-to'))?.[1] ?? '');
    assert.match(replaces, new RegExp(`^${headerOf(consult.invite, 'call-id')};`, 'u'));
    assert.match(replaces, /to-tag=peer/u);
    peer.notify(call.invite, 200);
    const transferred = { kind: 'ended', cause: 'transferred', endedBy: 'rep' };
    assert.deepEqual([await call.until('ended'), await consult.until('ended')], [transferred, transferred]);
    for (const { invite } of [call, consult]) {
      const answer = peer.nextAnswer('BYE');
      peer.hangUp(invite);
      assert.match((await answer).startLine, /200/u);
    }
  },
);

test('attended transfer to a line that is gone is refused, not sent', LIMIT, async (context) => {
  const { peer, call } = await startTalking(context);
  call.line.transferTo(callIdOf(9));
  assert.equal((await call.until('transferRefused')).kind, 'transferRefused');
  assert.ok(!peer.methods().includes('REFER'));
});

test('conference: REFER names the other call, both legs stay up', LIMIT, async (context) => {
  const started = await startTalking(context);
  const { peer, call } = started;
  const other = await talk(started, callIdOf(2));
  const referred = peer.next('REFER');
  call.line.join(callIdOf(2));
  const refer = await referred;
  assert.match(headerOf(refer, 'refer-to'), /^<?sip:conference@phone\.example>?$/u);
  assert.equal(headerOf(refer, 'X-Scoreline-Join'), callIdOf(2));
  peer.notify(call.invite, 200);
  await call.until('joined');
  assert.ok(![...call.events, ...other.events].some(({ kind }) => kind === 'ended'));
  peer.referStatus = 488;
  other.line.join(ORDER.callId);
  assert.deepEqual(await other.until('joinRefused'), { kind: 'joinRefused', error: 'conferenceRefused' });
});

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { MemoryPeerConnection } from '../support/memoryMedia.ts';
import { callIdOf } from '../support/samples.ts';
import { headerOf } from '../support/sipMessage.ts';
import { kindsOf, nextOffer, ORDER, place, startGateway } from '../support/startedGateway.ts';

const LIMIT = { timeout: 10_000 };
const CALL_HEADER = `X-Scoreline-Call: ${callIdOf(7)}`;

beforeEach(() => {
  MemoryPeerConnection.all.length = 0;
});

test('a call comes in, is answered, held and hung up by the caller', LIMIT, async (context) => {
  const { peer, gateway, account, streams } = await startGateway(context);
  await gateway.connect(account);
  const offered = nextOffer(gateway);
  const call = peer.call([CALL_HEADER]);
  await call.answered(180);
  const { offer, line, events, until } = await offered;
  assert.deepEqual([offer.callId, offer.numberE164], [callIdOf(7), '+13035550142']);
  const accepted = call.answered(200);
  line.answer();
  assert.match((await accepted).body, /a=sendrecv/u);
  await until('answered');
  line.listen();
  line.setTransmitting(true);
  assert.ok(streams.playing !== undefined);
  assert.deepEqual(
    MemoryPeerConnection.all[0]?.sentTracks().map((track) => track?.enabled),
    [true],
  );
  line.setHeld(true);
  await until('held');
  const answer = peer.nextAnswer('BYE');
  call.hangUp();
  assert.match((await answer).startLine, /200/u);
  assert.deepEqual(events.at(-1), { kind: 'ended', cause: 'completed', endedBy: 'prospect' });
  assert.deepEqual(kindsOf(events), ['answered', 'held', 'ended']);
});

test('the rep rejects with 603', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const offered = nextOffer(gateway);
  const call = peer.call([CALL_HEADER]);
  const { line, events } = await offered;
  const rejected = call.answered(603);
  line.hangUp();
  await rejected;
  assert.deepEqual(events, [{ kind: 'ended', cause: 'declined', endedBy: 'rep', sipStatus: 603 }]);
});

test('a caller who gives up is told apart from another phone that took the call', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const reasons = [
    [[], false],
    [['Reason: SIP;cause=200;text="Call completed elsewhere"'], true],
  ] as const;
  for (const [headers, isElsewhere] of reasons) {
    const offered = nextOffer(gateway);
    const call = peer.call([CALL_HEADER]);
    const { until } = await offered;
    const terminated = call.answered(487);
    call.cancel(headers);
    await terminated;
    assert.deepEqual(await until('ended'), {
      kind: 'ended',
      cause: 'cancelled',
      endedBy: 'prospect',
      isElsewhere,
    });
  }
});

test('a second call rings while the first does, each by itself', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const firstOffered = nextOffer(gateway);
  const first = peer.call([CALL_HEADER]);
  const one = await firstOffered;
  const secondOffered = nextOffer(gateway);
  peer.call([`X-Scoreline-Call: ${callIdOf(8)}`], 'anonymous');
  const two = await secondOffered;
  assert.deepEqual([two.offer.callId, two.offer.numberE164], [callIdOf(8), undefined]);
  first.cancel();
  await one.until('ended');
  assert.deepEqual(two.events, []);
  two.line.answer();
  await two.until('answered');
});

test(
  'a call without an id of ours is refused, and one more than the phone takes is busy',
  LIMIT,
  async (context) => {
    const { peer, gateway, account } = await startGateway(context);
    await gateway.connect(account);
    await peer.call(['X-Scoreline-Call: 7']).answered(400);
    gateway.onOffered((offer) => offer.refuse());
    await peer.call([CALL_HEADER]).answered(486);
  },
);

test('the far end can’t make the phone dial', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const invited = peer.next('INVITE');
  const { until, events } = place(gateway);
  const invite = await invited;
  await until('answered');
  const answer = peer.nextAnswer('REFER');
  peer.request('REFER', invite, ['Refer-To: <sip:+19005550100@phone.example>']);
  assert.match((await answer).startLine, / [4-6]\d\d /u);
  assert.equal(peer.methods().filter((method) => method === 'INVITE').length, 1);
  assert.ok(!kindsOf(events).includes('ended'));
});

test('the far end hanging up in the moment of its answer ends the call', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const answered = peer.onInvite;
  peer.onInvite = (invite, respond) => {
    answered(invite, respond);
    peer.hangUp(invite);
  };
  const answer = peer.nextAnswer('BYE');
  const { until, events } = place(gateway);
  await until('ended');
  await answer;
  assert.deepEqual(kindsOf(events), ['dialing', 'ringing', 'answered', 'ended']);
});

test(
  'two calls at once: each has its own microphone, and one ending leaves the other’s open',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, streams } = await startGateway(context);
    await gateway.connect(account);
    const one = place(gateway);
    await one.until('answered');
    const two = place(gateway, { ...ORDER, callId: callIdOf(2) });
    await two.until('answered');
    one.line.setTransmitting(false);
    two.line.setTransmitting(true);
    const enabled = (): boolean[] =>
      MemoryPeerConnection.all.flatMap((connection) =>
        connection.sentTracks().map((track) => track?.enabled === true),
      );
    assert.deepEqual(enabled(), [false, true]);
    two.line.listen();
    const heard = streams.playing;
    one.line.listen();
    assert.notEqual(streams.playing, heard);
    const bye = peer.next('BYE');
    two.line.hangUp();
    await bye;
    one.line.setTransmitting(true);
    assert.equal(enabled()[0], true);
    assert.equal(one.events.at(-1)?.kind, 'answered');
  },
);

test('an announcement before the answer is heard', LIMIT, async (context) => {
  const { peer, gateway, account, streams } = await startGateway(context);
  await gateway.connect(account);
  peer.onInvite = (_invite, respond) =>
    respond(183, {
      headers: ['Contact: <sip:peer@peer.invalid;transport=ws>', 'Content-Type: application/sdp'],
      body: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=sendrecv\r\n',
    });
  const { line, until } = place(gateway);
  line.listen();
  assert.deepEqual(await until('ringing'), { kind: 'ringing', bringsSound: true });
  assert.ok(streams.playing !== undefined);
  assert.equal(MemoryPeerConnection.all[0]?.signalingState, 'stable', 'the answer is applied before 200');
  assert.equal(headerOf(peer.received.at(-1) ?? assert.fail(), 'cseq').split(' ')[1], 'INVITE');
});

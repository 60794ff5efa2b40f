import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { MemoryPeerConnection, tones } from '../support/memoryMedia.ts';
import { headerOf } from '../support/sipMessage.ts';
import { CHALLENGE, ringOnly } from '../support/sipPeer.ts';
import { kindsOf, ORDER, place, startGateway } from '../support/startedGateway.ts';
import { found, when } from '../support/when.ts';

const LIMIT = { timeout: 10_000 };

beforeEach(() => {
  MemoryPeerConnection.all.length = 0;
  MemoryPeerConnection.offersCandidate = true;
  Object.assign(tones, { sent: '', isNegotiated: true });
});

test('the prospect hanging up ends the call', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const invited = peer.next('INVITE');
  const { until } = place(gateway);
  const invite = await invited;
  await until('answered');
  peer.hangUp(invite);
  assert.deepEqual(await until('ended'), { kind: 'ended', cause: 'completed', endedBy: 'prospect' });
});

test('hanging up before the answer cancels', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  peer.onInvite = ringOnly;
  await gateway.connect(account);
  const { line, events, until } = place(gateway);
  await until('ringing');
  const cancel = peer.next('CANCEL');
  line.hangUp();
  await cancel;
  assert.deepEqual(events.at(-1), { kind: 'ended', cause: 'cancelled', endedBy: 'rep' });
});

test('hanging up before the request has left sends nothing', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const { line, events } = place(gateway);
  line.hangUp();
  await gateway.connect(account);
  assert.deepEqual(kindsOf(events), ['ended']);
  assert.ok(!peer.methods().includes('INVITE'));
});

test('hanging up before the switch has challenged the call lets none leave', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const invited = peer.next('INVITE');
  peer.isSilent = true;
  const { line, events } = place(gateway);
  const invite = await invited;
  line.hangUp();
  const acknowledged = peer.next('ACK');
  peer.respond(invite, 407, { headers: [`Proxy-Authenticate: ${CHALLENGE}`] });
  await acknowledged;
  peer.isSilent = false;
  // Whatever else the phone has sent has arrived before its goodbye.
  await gateway.close();
  assert.deepEqual(
    peer.methods().filter((method) => method !== 'REGISTER'),
    ['INVITE', 'ACK'],
  );
  assert.deepEqual(events.at(-1), { kind: 'ended', cause: 'cancelled', endedBy: 'rep' });
});

test('an offer that is ready before the permit goes out with the call', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const invited = peer.next('INVITE');
  const { until } = place(gateway, ORDER, gateway.prepare('open'));
  const { body } = await invited;
  await until('answered');
  const [connection, ...others] = MemoryPeerConnection.all;
  assert.deepEqual([others, connection?.offerOptions.length], [[], 1]);
  assert.equal(body, connection?.localDescription?.sdp);
});

test('a call that leaves before the microphone is open sends it once it is', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const invited = peer.next('INVITE');
  const { line, until } = place(gateway, ORDER, gateway.prepare('later'));
  assert.match((await invited).body, /a=sendrecv/u);
  await until('answered');
  const [connection, ...others] = MemoryPeerConnection.all;
  assert.deepEqual([others, connection?.sentTracks()], [[], [null]]);
  line.setTransmitting(true);
  line.takeMicrophone();
  await when(() => connection?.sentTracks()[0]?.enabled === true);
  line.setTransmitting(false);
  assert.deepEqual(
    connection?.sentTracks().map((track) => track?.enabled),
    [false],
  );
});

test('an offer whose call is refused leaves no connection', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  gateway.prepare('open').discard();
  assert.deepEqual(
    MemoryPeerConnection.all.map(({ signalingState }) => signalingState),
    ['closed'],
  );
  const { until } = place(gateway);
  await until('answered');
  assert.equal(peer.methods().filter((method) => method === 'INVITE').length, 1);
});

test('refusals of the far end and of the switch are told apart', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  peer.onInvite = (_invite, respond) => respond(486);
  assert.deepEqual(await place(gateway).until('ended'), {
    kind: 'ended',
    cause: 'busy',
    endedBy: 'network',
    advice: 'lineBusy',
    sipStatus: 486,
  });
  peer.onInvite = (_invite, respond) => respond(403, { headers: ['X-Scoreline-Error: permitInvalid'] });
  assert.deepEqual(await place(gateway).until('ended'), {
    kind: 'ended',
    cause: 'failed',
    endedBy: 'network',
    sipStatus: 403,
    error: 'permitInvalid',
  });
});

test('defect 1: after a refused hold the next hold works', LIMIT, async (context) => {
  const { peer, gateway, account } = await startGateway(context);
  await gateway.connect(account);
  const { line, events, until } = place(gateway);
  await until('answered');
  peer.reinviteStatuses.push(488);
  line.setHeld(true);
  await until('holdRefused');
  assert.equal(MemoryPeerConnection.all[0]?.signalingState, 'stable');
  // Chromium plays on only after an offer of what was agreed before.
  assert.match(MemoryPeerConnection.all[0].localDescription?.sdp ?? '', /a=sendrecv/u);
  const reinvited = peer.next('INVITE');
  line.setHeld(true);
  assert.match((await reinvited).body, /a=sendonly/u);
  await until('held');
  line.setHeld(false);
  await until('resumed');
  assert.deepEqual(kindsOf(events), ['dialing', 'ringing', 'answered', 'holdRefused', 'held', 'resumed']);
});

test(
  'a call carries its id and permit, rings, is answered and hung up by the rep',
  LIMIT,
  async (context) => {
    const { peer, gateway, account } = await startGateway(context);
    await gateway.connect(account);
    const invited = peer.next('INVITE');
    const { line, events, until } = place(gateway);
    const invite = await invited;
    assert.equal(invite.startLine, 'INVITE sip:+13035550142@phone.example SIP/2.0');
    assert.equal(headerOf(invite, 'X-Scoreline-Call'), ORDER.callId);
    assert.equal(headerOf(invite, 'X-Scoreline-Permit'), ORDER.permit);
    await until('answered');
    const bye = peer.next('BYE');
    line.hangUp();
    line.hangUp();
    await bye;
    assert.deepEqual(kindsOf(events), ['dialing', 'ringing', 'answered', 'ended']);
    assert.deepEqual(events.at(-1), { kind: 'ended', cause: 'completed', endedBy: 'rep' });
  },
);

test(
  'gathering ends at the first usable candidate: of a server where there is one',
  LIMIT,
  async (context) => {
    const { peer, gateway, account } = await startGateway(context);
    await gateway.connect({ ...account, iceServers: [{ urls: ['stun:127.0.0.1:9'] }] });
    MemoryPeerConnection.offersCandidate = false;
    const invited = peer.next('INVITE');
    place(gateway);
    const connection = await found(() =>
      MemoryPeerConnection.all.find(({ signalingState }) => signalingState === 'have-local-offer'),
    );
    connection.findCandidate('host');
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    assert.ok(!peer.methods().includes('INVITE'));
    connection.findCandidate('srflx');
    await invited;
    assert.deepEqual(connection.configuration, {
      bundlePolicy: 'balanced',
      iceServers: [{ urls: ['stun:127.0.0.1:9'] }],
    });
  },
);

test(
  'digits go out as telephone events, and in INFO where the sound cannot carry them',
  LIMIT,
  async (context) => {
    const { peer, gateway, account } = await startGateway(context);
    await gateway.connect(account);
    const { line, until } = place(gateway);
    await until('answered');
    line.sendDigit('5');
    assert.equal(tones.sent, '5');
    tones.isNegotiated = false;
    const info = peer.next('INFO');
    line.sendDigit('#');
    assert.equal((await info).body, 'Signal=#\r\nDuration=160\r\n');
  },
);

test(
  'defect 3: after a reconnection a call is renegotiated, and the far end’s BYE arrives',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, whenLost } = await startGateway(context);
    await gateway.connect(account);
    const invited = peer.next('INVITE');
    const { line, until } = place(gateway);
    const invite = await invited;
    await until('answered');
    line.setHeld(true);
    await until('held');
    peer.drop();
    await whenLost;
    const reinvited = peer.next('INVITE');
    await gateway.connect(account);
    assert.match((await reinvited).body, /a=sendonly/u);
    assert.deepEqual(MemoryPeerConnection.all[0]?.offerOptions.at(-1), { iceRestart: true });
    peer.hangUp(invite);
    await until('ended');
  },
);

test(
  'defect 3: hanging up while the connection is gone reaches the far end when it is back',
  LIMIT,
  async (context) => {
    const { peer, gateway, account, whenLost } = await startGateway(context);
    await gateway.connect(account);
    const { line, events, until } = place(gateway);
    await until('answered');
    peer.drop();
    await whenLost;
    line.hangUp();
    assert.deepEqual(events.at(-1), { kind: 'ended', cause: 'completed', endedBy: 'rep' });
    const bye = peer.next('BYE');
    await gateway.connect(account);
    await bye;
  },
);

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { DOMAIN, MAYA, newCallId } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';

async function openSocket(t: TestContext, url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, 'sip');
  t.after(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

function request(method: string, target: string, headers: readonly string[] = [], body = ''): string {
  const branch = newCallId();
  return [
    `${method} ${target} SIP/2.0`,
    `Via: SIP/2.0/WS stranger.invalid;branch=z9hG4bK${branch}`,
    'Max-Forwards: 70',
    `From: <sip:${MAYA}@${DOMAIN}>;tag=${branch.slice(-8)}`,
    `To: <${target}>`,
    `Call-ID: ${branch}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:${MAYA}@stranger.invalid;transport=ws>`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

const NUMBER = `sip:+13035550101@${DOMAIN}`;
const TAGGED = `To: <${NUMBER}>;tag=nobody`;

/** The status of the switch's next answer. */
async function answerTo(socket: WebSocket, text: string): Promise<string> {
  const answer = once(socket, 'message');
  socket.send(text);
  return String((await answer)[0]).split(' ')[1] ?? '';
}

test('a keep-alive and OPTIONS are answered', async (t) => {
  const { url } = await startSwitch(t);
  const socket = await openSocket(t, url);
  const pong = once(socket, 'message');
  socket.send('\r\n\r\n');
  assert.equal(String((await pong)[0]), '\r\n');
  assert.equal(await answerTo(socket, request('OPTIONS', `sip:${DOMAIN}`)), '200');
});

test('nonsense neither crashes the switch nor gets an answer that helps', async (t) => {
  const { phone: newPhone, url } = await startSwitch(t);
  const socket = await openSocket(t, url);
  for (const nonsense of [
    '',
    '\0\0\0',
    'GET / HTTP/1.1\r\n\r\n',
    'INVITE',
    'INVITE sip:a SIP/2.0\r\n\r\n',
    'SIP/2.0 200 OK\r\n\r\n',
    'SIP/2.0 99999 \r\nVia: x\r\n\r\n',
    request('INVITE', 'tel:+13035550101'),
    request('INVITE', 'http://example.test/'),
    request('INVITE', '\u{1F4A9}:\u{1F4A9}@\u{1F4A9}'),
    request('INVITE', NUMBER).replace('CSeq: 1 INVITE', 'CSeq: x'),
    request('INVITE', NUMBER).replace(/Via: .*/u, 'Via: ;;;'),
    request('INVITE', NUMBER, ['__proto__: x', 'constructor: y', 'Contact: <<<>>>']),
    request('REGISTER', `sip:${DOMAIN}`, ['Contact: *', 'Authorization: Digest', 'Expires: -1']),
    request('REGISTER', `sip:${DOMAIN}`, [`Authorization: Digest ${'a="b",'.repeat(2_000)}`]),
    request('BYE', NUMBER, [TAGGED]).replace(`To: <${NUMBER}>\r\n`, ''),
    `${'Via: SIP/2.0/WS x;branch=y\r\n'.repeat(500)}\r\n`,
  ])
    socket.send(nonsense);
  socket.send(Buffer.from([0, 1, 2, 3]));
  assert.equal(await pingAfterAll(socket), '200');
  const phone = await newPhone();
  assert.equal((await phone.dial('+13035550150').answered).statusCode, 486);
});

/** Sends an OPTIONS and waits for its own answer, past the answers to all that went before. */
async function pingAfterAll(socket: WebSocket): Promise<string> {
  const ping = request('OPTIONS', `sip:${DOMAIN}`);
  const callId = /Call-ID: (\S+)/u.exec(ping)?.[1] ?? '';
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.on('message', (data) => {
    const text = String(data);
    if (text.includes(callId)) resolve(text.split(' ')[1] ?? '');
  });
  socket.send(ping);
  return promise;
}

test('methods the switch does not have are refused', async (t) => {
  const { url } = await startSwitch(t);
  const socket = await openSocket(t, url);
  for (const method of ['MESSAGE', 'SUBSCRIBE', 'REFER', 'NOTIFY', 'PUBLISH', 'UPDATE', 'PRACK'])
    assert.equal(await answerTo(socket, request(method, NUMBER)), '405', method);
  assert.equal(await answerTo(socket, request('CANCEL', NUMBER)), '481');
  for (const method of ['BYE', 'INVITE'])
    assert.equal(
      await answerTo(socket, request(method, NUMBER).replace(`To: <${NUMBER}>`, TAGGED)),
      '481',
      `${method} of no call`,
    );
});

test('a message that is too large closes the connection, not the switch', async (t) => {
  const { phone, url } = await startSwitch(t);
  const socket = await openSocket(t, url);
  const closed = once(socket, 'close');
  socket.send(request('INVITE', NUMBER, [], 'x'.repeat(70_000)));
  assert.equal((await closed)[0], 1009);
  await phone();
});

test('a thousand INVITEs without a permit, and with a forged one, leave nothing behind', async (t) => {
  const { localSwitch, phone, relay, url } = await startSwitch(t);
  const socket = await openSocket(t, url);
  const answers: string[] = [];
  socket.on('message', (data) => answers.push(String(data).split(' ')[1] ?? ''));
  const timersBefore = process.getActiveResourcesInfo().length;
  for (let index = 0; index < 1_000; index += 1) {
    socket.send(request('INVITE', NUMBER));
    const headers = [`X-Scoreline-Call: ${newCallId()}`, `X-Scoreline-Permit: v1.${9e9}.${'A'.repeat(43)}`];
    socket.send(request('INVITE', NUMBER, headers));
  }
  await pingAfterAll(socket);
  assert.equal(answers.filter((status) => status === '403').length, 1_000);
  assert.equal(answers.filter((status) => status === '407').length, 1_000);
  assert.equal(localSwitch.calls().length, 0);
  assert.equal(relay.requests, 0);
  // A transaction each would be thousands of timers.
  assert.ok(process.getActiveResourcesInfo().length - timersBefore < 20);
  await phone();
});

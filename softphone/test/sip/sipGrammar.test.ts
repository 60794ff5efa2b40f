import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Grammar as SipJsGrammar } from 'sip.js/lib/grammar/grammar.js';
import { Grammar } from '../../src/sip/grammar/sipGrammar.ts';

/** What SIP.js reads of a parsed value; its parser leaves more behind, such as the kind of a host. */
const READ_OF: Readonly<Record<string, readonly string[]>> = {
  Via: ['protocol', 'transport', 'host', 'port', 'branch', 'received', 'rport'],
  Request_Response: ['method', 'uri', 'status_code', 'reason_phrase'],
  Content_Disposition: ['type'],
  Event: ['event'],
  WWW_Authenticate: ['realm', 'nonce', 'opaque', 'algorithm', 'stale', 'qop'],
  absoluteURI: ['scheme'],
};

function readOf(rule: string, parsed: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(parsed ?? null));
  const read = READ_OF[rule];
  if (read === undefined || plain === -1) return plain;
  return Object.fromEntries(Object.entries(plain as object).filter(([key]) => read.includes(key)));
}

function assertSame(rule: string, text: string): void {
  const expected = readOf(rule, SipJsGrammar.parse(text, rule));
  assert.deepEqual(readOf(rule, Grammar.parse(text, rule)), expected, `${rule}: ${text}`);
}

const word = fc.stringMatching(/^[a-zA-Z0-9.!%*_+`'~-]{1,12}$/u);
const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,8}$/u).filter((text) => !isSpecial(text));
const host = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,5}(?:\.[a-zA-Z][a-z0-9]{0,5}){0,3}$/u),
  fc.constantFrom('127.0.0.1', 'switch.example.com', 'abc123.invalid', '[::1]', '[2001:db8::9:1]'),
);
const port = fc.integer({ min: 1, max: 65_535 });
const quoted = fc.stringMatching(/^"(?:[ !#-Z^-z]|\\["\\]){0,12}"$/u);
const user = fc.stringMatching(/^(?:[a-zA-Z0-9_.!~*'()&=+$,;?/-]|%[2-7][0-9a-e]){1,12}$/u);
const uriParameter = fc.oneof(
  fc.constantFrom(
    ';transport=ws',
    ';transport=WSS',
    ';lr',
    ';lr=on',
    ';ob',
    ';user=phone',
    ';alias=1.2.3.4~5~6',
  ),
  fc.tuple(name, word).map(([key, value]) => `;${key}=${value.replaceAll(/[%`]/gu, '')}x`),
);
const bareUri = fc
  .record({
    scheme: fc.constantFrom('sip', 'sips', 'SIP'),
    user: fc.option(user),
    host,
    port: fc.option(port),
  })
  .map(({ scheme, user: who, host: at, port: number }) =>
    [scheme, ':', who === null ? '' : `${who}@`, at, number === null ? '' : `:${number}`].join(''),
  );
const uri = fc
  .tuple(
    bareUri,
    fc.array(uriParameter, { maxLength: 3 }),
    fc.constantFrom('', '?Replaces=a%40b%3Bto-tag%3D1', '?A=b&c=d'),
  )
  .map((parts) => parts.flat().join(''));
const parameter = fc.oneof(
  word.map((tag) => `;tag=${tag}`),
  fc.tuple(name, fc.oneof(word, quoted)).map(([key, value]) => `;${key}=${value}`),
  name.map((key) => ` ; ${key}`),
);
const parameters = fc.array(parameter, { maxLength: 3 }).map((list) => list.join(''));
const displayName = fc.oneof(
  fc.constant(''),
  quoted.map((text) => `${text} `),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `A${words.join(' ')} `),
);
const bracketed = fc
  .tuple(displayName, uri, parameters)
  .map(([shown, address, rest]) => `${shown}<${address}>${rest}`);
const nameAddress = fc.oneof(
  bracketed,
  fc.tuple(bareUri, parameters).map((parts) => parts.join('')),
);
/** In a list: SIP.js's parser gives the headers of one URI to the next. */
const listed = nameAddress.filter((text) => !text.includes('?'));

/** Parameters that SIP.js's grammar has rules of their own for. */
function isSpecial(text: string): boolean {
  return /^(?:q|ttl|maddr|method|expires|user|lr|tag|transport|received|branch|rport)/iu.test(text);
}

const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  SIP_URI: uri,
  Name_Addr_Header: bracketed,
  From: nameAddress,
  To: nameAddress,
  Refer_To: nameAddress,
  Contact: fc.array(listed, { minLength: 1, maxLength: 3 }).map((list) => list.join(', ')),
  Record_Route: fc
    .array(
      bracketed.filter((text) => text.startsWith('<') && !text.includes('?')),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => list.join(',')),
  Via: fc
    .tuple(
      fc.constantFrom('SIP/2.0/WSS', 'SIP / 2.0 / UDP'),
      host,
      fc.option(port),
      fc.constantFrom('', ';rport', ';rport=5060'),
      word,
    )
    .map(
      ([sent, by, number, rport, branch]) =>
        `${sent} ${by}${number === null ? '' : `:${number}`}${rport};branch=z9hG4bK${branch};received=10.0.0.1`,
    ),
  CSeq: fc.tuple(fc.nat(), fc.constantFrom('INVITE', 'REGISTER', 'INFO')).map((parts) => parts.join(' ')),
  Call_ID: fc
    .tuple(word, fc.option(word))
    .map(([left, right]) => (right === null ? left : `${left}@${right}`)),
  Content_Length: fc.nat().map(String),
  Max_Forwards: fc.nat({ max: 255 }).map(String),
  Content_Type: fc.constantFrom(
    'application/sdp',
    'message/sipfrag;version=2.0',
    'Application/SDP;charset="utf-8"',
  ),
  Content_Disposition: fc.constantFrom('session', 'Session;handling=required', 'render', 'x-other;a=b'),
  Event: fc.constantFrom('refer', 'refer;id=93809824', 'Presence'),
  Request_Response: fc.oneof(
    fc
      .tuple(fc.integer({ min: 100, max: 699 }), fc.stringMatching(/^[A-Za-z ,.()é-]{0,20}$/u))
      .map(([status, why]) => `SIP/2.0 ${status} ${why}`),
    fc
      .tuple(fc.constantFrom('INVITE', 'BYE', 'NOTIFY', 'FOO'), uri)
      .map(([method, at]) => `${method} ${at} SIP/2.0`),
    fc.constantFrom('SIP/2.0 200 ', 'SIP/2.0 603 Decline, thanks', 'SIP/2.0 200', 'GET / HTTP/1.1'),
  ),
  WWW_Authenticate: fc
    .record({
      realm: quoted,
      nonce: quoted,
      rest: fc.constantFrom(
        '',
        ', algorithm=MD5',
        ', qop="auth"',
        ', qop="auth,auth-int", stale=TRUE',
        ',opaque="x",stale=false',
      ),
    })
    .map(({ realm, nonce, rest }) => `Digest realm=${realm}, nonce=${nonce}${rest}`),
  Replaces: fc
    .tuple(word, word, word, fc.constantFrom('', ';early-only'))
    .map(([callId, from, to, early]) => `${callId}@h;from-tag=${from};to-tag=${to}${early}`),
  absoluteURI: fc.constantFrom('wss://switch.example.com:8443/ws', 'ws://localhost:3002', 'http//x'),
  uuid: fc.uuid(),
};

describe("the phone's SIP grammar", () => {
  for (const [rule, values] of Object.entries(VALUES))
    it(`reads ${rule} as SIP.js's own parser does`, () => {
      fc.assert(
        fc.property(values, (text) => assertSame(rule, text)),
        { numRuns: 300 },
      );
    });

  it('refuses what SIP.js’s own parser refuses', () => {
    for (const [rule, text] of [
      ['From', '<tel:+13035550142>;tag=1'],
      ['From', '"A <sip:a@h>;tag=1'],
      ['To', '<sip:a@h'],
      ['Contact', '*'],
      ['SIP_URI', 'sip:a%4@h'],
      ['SIP_URI', 'sip:a%80@h'],
      ['CSeq', 'INVITE 1'],
      ['Call_ID', 'a b'],
      ['Replaces', 'a@b;from-tag=1'],
      ['Content_Length', '-1'],
      ['Request_Response', 'INVITE  SIP/2.0'],
      ['uuid', '1234'],
      ['WWW_Authenticate', 'Digest'],
    ] as const) {
      assert.equal(SipJsGrammar.parse(text, rule), -1, text);
      assert.equal(Grammar.parse(text, rule), -1, text);
    }
  });

  it('reads the topmost of several Vias on a line, where SIP.js reads the last', () => {
    const parsed = Grammar.parse('SIP/2.0/WS a:1;branch=x, SIP/2.0/UDP b:2;branch=y', 'Via');
    assert.deepEqual(readOf('Via', parsed), {
      protocol: 'SIP',
      transport: 'WS',
      host: 'a',
      port: 1,
      branch: 'x',
    });
  });

  it('is done quickly with a long line that fits nothing', () => {
    const startedMs = performance.now();
    for (const part of ['a', ' a', ';a', '%41', '"', 'a:', '@'])
      for (const rule of ['From', 'Contact', 'Via', 'WWW_Authenticate', 'SIP_URI', 'Call_ID'])
        for (const before of ['', 'sip:', '<sip:', '"'])
          Grammar.parse(`${before}${part.repeat(20_000)}\0`, rule);
    assert.ok(performance.now() - startedMs < 5_000);
  });

  it('throws for a rule it does not have', () => {
    assert.throws(() => Grammar.parse('active', 'Subscription_State'), /no rule/u);
  });
});

import type { NameAddrHeader } from 'sip.js/lib/grammar/name-addr-header.js';
import type { URI } from 'sip.js/lib/grammar/uri.js';
import { takeNameAddress, takeNameAddresses, takeUri } from './addresses.ts';
import type { Scan } from './scan.ts';
import { HOST, QUOTED, scan, takeParameters, TOKEN, unquoted } from './scan.ts';

/** What SIP.js takes for "does not match". */
const NO_MATCH = -1;

const STATUS_LINE = /(SIP\/\d+\.\d+) (\d{3}) (.*)/iy;
const METHOD = new RegExp(`(${TOKEN}) `, 'y');
const VERSION = / (SIP\/\d+\.\d+)/iy;
const NUMBER = /\d+/y;
const CSEQ = new RegExp(`(\\d+)\\s+(${TOKEN})`, 'y');
/** `word ["@" word]`. */
const CALL_ID = /[\w.!%*+`'~()<>:\\"/[\]?{}-]+(?:@[\w.!%*+`'~()<>:\\"/[\]?{}-]+)?/y;
const MEDIA_TYPE = new RegExp(`${TOKEN}\\s*/\\s*${TOKEN}`, 'y');
const WORD = new RegExp(TOKEN, 'y');
const SENT_BY = new RegExp(
  `(${TOKEN})\\s*/\\s*${TOKEN}\\s*/\\s*(${TOKEN})\\s+(${HOST})(?:\\s*:\\s*(\\d+))?`,
  'y',
);
const NEXT_VIA = /\s*,.*/sy;
const SCHEME = new RegExp(`(${TOKEN})\\s+`, 'y');
const CHALLENGED = new RegExp(`(${TOKEN})\\s*=\\s*(${QUOTED}|${TOKEN})(?:\\s*,\\s*)?`, 'y');
const ABSOLUTE_URI = /([a-z][a-z\d+.-]*):\S+/iy;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/iy;

type Rule = (from: Scan) => unknown;

/** RFC 3261, section 25.1, by the names and in the shapes that SIP.js asks for. Each gives undefined for no match. */
const RULES: Readonly<Record<string, Rule>> = {
  Request_Response: (from) => takeStatusLine(from) ?? takeRequestLine(from),
  SIP_URI: takeUri,
  absoluteURI: (from) => shaped(from.take(ABSOLUTE_URI), ([, scheme]) => ({ scheme })),
  Name_Addr_Header: takeNameAddress,
  From: takeNameAddress,
  To: takeNameAddress,
  Refer_To: takeNameAddress,
  Contact: takeNameAddresses,
  Record_Route: takeNameAddresses,
  Via: takeVia,
  Call_ID: (from) => from.take(CALL_ID)?.[0],
  CSeq: (from) => shaped(from.take(CSEQ), ([, value, method]) => ({ value: Number(value), method })),
  Content_Length: takeNumber,
  Max_Forwards: takeNumber,
  Content_Type: (from) => (takeValue(from, MEDIA_TYPE) === undefined ? undefined : from.since(0)),
  Content_Disposition: (from) => shaped(takeValue(from, WORD), (type) => ({ type })),
  Event: (from) => shaped(takeValue(from, WORD), (event) => ({ event })),
  WWW_Authenticate: takeChallenge,
  Proxy_Authenticate: takeChallenge,
  Replaces: takeReplaces,
  uuid: (from) => from.take(UUID)?.[0],
};

/** The phone's grammar in the place of SIP.js's, which is ten kilobytes of generated parser; see its test. */
export const Grammar = {
  /** The value in the rule's shape, or -1 when it does not fit. Throws for a rule that is not here. */
  parse(input: string, rule: string): unknown {
    const take = Object.hasOwn(RULES, rule) ? RULES[rule] : undefined;
    if (take === undefined) throw new Error(`The phone's SIP grammar has no rule ${rule}`);
    const from = scan(input);
    try {
      const value = take(from);
      return value === undefined || from.at < input.length ? NO_MATCH : value;
    } catch (error) {
      // Percent signs that escape nothing.
      if (error instanceof URIError) return NO_MATCH;
      throw error;
    }
  },
  nameAddrHeaderParse(input: string): NameAddrHeader | undefined {
    return found(Grammar.parse(input, 'Name_Addr_Header')) as NameAddrHeader | undefined;
  },
  URIParse(input: string): URI | undefined {
    return found(Grammar.parse(input, 'SIP_URI')) as URI | undefined;
  },
};

function found(parsed: unknown): unknown {
  return parsed === NO_MATCH ? undefined : parsed;
}

function shaped<Taken, Value>(taken: Taken | undefined, shape: (taken: Taken) => Value): Value | undefined {
  return taken === undefined ? undefined : shape(taken);
}

function takeNumber(from: Scan): number | undefined {
  return shaped(from.take(NUMBER), ([digits]) => Number(digits));
}

function takeStatusLine(from: Scan): object | undefined {
  return shaped(from.take(STATUS_LINE), ([, version, status, reason]) => ({
    sip_version: version,
    status_code: Number(status),
    reason_phrase: reason,
  }));
}

function takeRequestLine(from: Scan): object | undefined {
  const method = from.take(METHOD)?.[1];
  const uri = takeUri(from);
  const version = from.take(VERSION)?.[1];
  if (method === undefined || uri === undefined || version === undefined) return undefined;
  return { method, uri, sip_version: version };
}

/** The topmost Via, which alone concerns this phone; more may follow on its line. */
function takeVia(from: Scan): object | undefined {
  const [, protocol, transport, host, port] = from.take(SENT_BY) ?? [];
  const parameters = takeParameters(from);
  if (protocol === undefined || parameters === undefined) return undefined;
  from.take(NEXT_VIA);
  const { branch, received, rport, maddr, ttl } = parameters;
  return {
    protocol,
    transport,
    host,
    ...(port === undefined ? {} : { port: Number(port) }),
    branch,
    received,
    rport,
    maddr,
    ttl,
  };
}

/** A value with parameters after it, of which only the value counts. */
function takeValue(from: Scan, pattern: RegExp): string | undefined {
  const value = from.take(pattern)?.[0];
  return takeParameters(from) === undefined ? undefined : value?.toLowerCase();
}

/** RFC 8760 challenges come one a header, as RFC 3261 has them: the scheme's parameters, quotes taken off. */
function takeChallenge(from: Scan): object | undefined {
  const scheme = from.take(SCHEME)?.[1];
  if (scheme === undefined) return undefined;
  const given: Record<string, string> = {};
  for (let next = from.take(CHALLENGED); next !== undefined; next = from.take(CHALLENGED))
    given[(next[1] ?? '').toLowerCase()] = unquoted(next[2] ?? '');
  // Another scheme is a challenge that this phone has no answer to.
  if (scheme.toLowerCase() !== 'digest') return {};
  const { realm, nonce, opaque, algorithm, stale, qop } = given;
  return {
    ...(realm === undefined ? {} : { realm }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(opaque === undefined ? {} : { opaque }),
    ...(algorithm === undefined ? {} : { algorithm: algorithm.toUpperCase() }),
    ...(stale === undefined ? {} : { stale: stale.toLowerCase() === 'true' }),
    ...(qop === undefined ? {} : { qop: qop.toLowerCase().split(/\s*,\s*/u) }),
  };
}

/** RFC 3891: both tags are needed. */
function takeReplaces(from: Scan): object | undefined {
  const callId = from.take(CALL_ID)?.[0];
  const parameters = takeParameters(from);
  if (callId === undefined || parameters === undefined) return undefined;
  const { 'from-tag': fromTag, 'to-tag': toTag } = parameters;
  if (fromTag === undefined || toTag === undefined) return undefined;
  return {
    call_id: callId,
    replaces_from_tag: fromTag,
    replaces_to_tag: toTag,
    ...('early-only' in parameters ? { early_only: true } : {}),
  };
}

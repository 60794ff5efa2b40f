import { NameAddrHeader } from 'sip.js/lib/grammar/name-addr-header.js';
import { URI } from 'sip.js/lib/grammar/uri.js';
import type { Parameters, Scan } from './scan.ts';
import { HOST, QUOTED, takeParameters, TOKEN, unquoted } from './scan.ts';

const ESCAPED = '%[\\da-fA-F]{2}';
const MARKED = "[\\w.!~*'()-]";
const PLAIN_URI = new RegExp(
  `(sips?):(?:((?:[\\w.!~*'()&=+$,;?/-]|${ESCAPED})+)(?::(?:[\\w.!~*'()&=+$,-]|${ESCAPED})*)?@)?(${HOST})(?::(\\d+))?`,
  'iy',
);
const URI_PARAMETER = new RegExp(
  `;((?:[[\\]/:&+$]|${MARKED}|${ESCAPED})+)(?:=((?:[[\\]/:&+$]|${MARKED}|${ESCAPED})+))?`,
  'y',
);
const HEADER = `(?:[[\\]/?:+$]|${MARKED}|${ESCAPED})`;
const URI_HEADER = new RegExp(`[?&](${HEADER}+)=(${HEADER}*)`, 'y');
const BEFORE_BRACKET = new RegExp(`\\s*(?:(${QUOTED}|${TOKEN}(?:\\s+${TOKEN})*)\\s*)?<\\s*`, 'y');
const AFTER_BRACKET = /\s*>/y;
const COMMA = /\s*,\s*/y;
/** Values that are compared without regard to case (RFC 3261, 19.1.4). */
const IN_SMALL_LETTERS = new Set(['transport', 'user']);

/** A SIP URI with its parameters and headers; undefined where there is none. */
export function takeUri(from: Scan): URI | undefined {
  const match = from.take(PLAIN_URI);
  if (match === undefined) return undefined;
  const parameters: Parameters = {};
  for (let next = from.take(URI_PARAMETER); next !== undefined; next = from.take(URI_PARAMETER)) {
    const name = (next[1] ?? '').toLowerCase();
    // Old proxies write lr=on.
    const value = name === 'lr' ? undefined : next[2];
    parameters[name] = IN_SMALL_LETTERS.has(name) ? value?.toLowerCase() : value;
  }
  const headers: Record<string, string[]> = {};
  for (let next = from.take(URI_HEADER); next !== undefined; next = from.take(URI_HEADER))
    (headers[(next[1] ?? '').toLowerCase()] ??= []).push(next[2] ?? '');
  return uriOf(match, parameters, headers);
}

/** `"Name" <sip:…>;tag=1`, or a URI without brackets, whose parameters are then the header's (RFC 3261, 20.10). */
export function takeNameAddress(from: Scan): NameAddrHeader | undefined {
  const bracket = from.take(BEFORE_BRACKET);
  const uri = bracket === undefined ? takeBareUri(from) : takeUri(from);
  if (uri === undefined || (bracket !== undefined && from.take(AFTER_BRACKET) === undefined))
    return undefined;
  const parameters = takeParameters(from);
  if (parameters === undefined) return undefined;
  return new NameAddrHeader(uri, displayNameOf(bracket?.[1]), parameters as Record<string, string>);
}

export interface ListedAddress {
  /** Where it ends, and where it begins: SIP.js cuts the text between the two, in either order. */
  readonly position: number;
  readonly offset: number;
  readonly parsed: NameAddrHeader;
}

/** Addresses with commas between them, as in Contact and Record-Route. */
export function takeNameAddresses(from: Scan): ListedAddress[] | undefined {
  const listed: ListedAddress[] = [];
  do {
    const offset = from.at;
    const parsed = takeNameAddress(from);
    if (parsed === undefined) return undefined;
    listed.push({ position: from.at, offset, parsed });
  } while (from.take(COMMA) !== undefined);
  return listed;
}

function takeBareUri(from: Scan): URI | undefined {
  const match = from.take(PLAIN_URI);
  return match === undefined ? undefined : uriOf(match);
}

function uriOf(
  [, scheme, user, host, port]: readonly (string | undefined)[],
  parameters: Parameters = {},
  headers: Record<string, string[]> = {},
): URI | undefined {
  return new URI(
    scheme ?? 'sip',
    // Absent for the address of a server: SIP.js's types do not say so.
    (user === undefined ? undefined : decodeURIComponent(user)) as string,
    host ?? '',
    port === undefined ? undefined : Number(port),
    parameters as Record<string, string>,
    headers,
  );
}

/** SIP.js looks for a text or for nothing at all. */
function displayNameOf(written: string | undefined): string {
  return (written === undefined ? undefined : unquoted(written)) as string;
}

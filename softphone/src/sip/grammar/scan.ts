export type Match = readonly (string | undefined)[];

/** Reads a header's value from left to right. */
export interface Scan {
  /** Where the next part begins. */
  readonly at: number;
  /** Takes what the sticky pattern matches here; undefined when it does not match. */
  take(pattern: RegExp): Match | undefined;
  /** What was taken since then, as it is written. */
  since(start: number): string;
}

/** RFC 3261, section 25.1: `token`, `quoted-string` and `host`. */
export const TOKEN = "[\\w.!%*+`'~-]+";
export const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
export const HOST = '\\[[\\da-fA-F:.]+\\]|[\\w.-]+';

const SEMICOLON = /\s*;\s*/y;
const PARAMETER = new RegExp(`(${TOKEN})(?:\\s*=\\s*(${QUOTED}|\\[[\\da-fA-F:.]+\\]|${TOKEN}))?`, 'y');

export type Parameters = Record<string, string | undefined>;

export function scan(text: string): Scan {
  let at = 0;
  return {
    get at() {
      return at;
    },
    take(pattern) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match !== null) at = pattern.lastIndex;
      return match ?? undefined;
    },
    since: (start) => text.slice(start, at),
  };
}

/** `;name=value;name`, names in small letters, quoted values with their quotes; undefined where one is none. */
export function takeParameters(from: Scan): Parameters | undefined {
  const parameters: Parameters = {};
  while (from.take(SEMICOLON) !== undefined) {
    const [, name, value] = from.take(PARAMETER) ?? [];
    if (name === undefined) return undefined;
    parameters[name.toLowerCase()] = value;
  }
  return parameters;
}

/** What stands between the quotes, escapes as they are. */
export function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1) : value;
}

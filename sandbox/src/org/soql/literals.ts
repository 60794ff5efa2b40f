import type { Literal } from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** Reads a quoted SOQL text: as it is compared, and as the pattern it is for LIKE. Throws on an unknown escape. */
export function textLiteral(quoted: string): Literal {
  let text = '';
  let pattern = '';
  for (const [part] of quoted.slice(1, -1).matchAll(/\\u[0-9a-fA-F]{4}|\\[^]|[^\\]/g)) {
    if (part[0] !== '\\') {
      text += part;
      pattern += part;
      continue;
    }
    const letter = part[1] ?? '';
    if (letter === '_' || letter === '%') {
      text += part;
      pattern += part;
      continue;
    }
    const character = part.length > 2 ? String.fromCharCode(parseInt(part.slice(2), 16)) : ESCAPES[letter];
    if (character === undefined) {
      throw malformedQuery(`line 1: Illegal character sequence '${part}' in string literal`);
    }
    text += character;
    pattern += character === '\\' ? '\\\\' : character;
  }
  // A NUL has no place in a text column, and matches nothing.
  return { kind: 'text', text: text.replaceAll('\0', ''), pattern: pattern.replaceAll('\0', '') };
}

/** Writes a text as SOQL reads it back: the only way in which values enter a query's text. */
export function quoteSoql(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\b', '\\b')
    .replaceAll('\f', '\\f');
  return `'${escaped}'`;
}

import type { SearchExpression } from '../query/model.ts';
import { QueryError } from '../query/queryErrors.ts';

/** Characters of a search text; a longer one finds nothing. */
const MAXIMUM_LENGTH = 10_000;
const MINIMUM_LENGTH = 2;

/** Have a meaning of their own in SOSL, so that a text must escape them to look for them. */
const RESERVED = "&|!{}[]^~:'+-";

type Token =
  | { readonly kind: '(' | ')' | 'and' | 'or' | 'not' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/**
 * Parses what stands between the braces of FIND: words, phrases in quotes, `AND`, `OR`, `AND NOT`, brackets and the
 * wildcards `*` and `?`. Null for a text that is too long. With `isPlain` reserved characters need no escape.
 */
export function parseSearchText(text: string, isPlain = false): SearchExpression | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const tokens = readTokens(text.normalize('NFC'), isPlain);
  const words = tokens.flatMap((token) => (token.kind === 'words' ? token.words : []));
  if (words.join('').replaceAll(/[*?]/g, '').length < MINIMUM_LENGTH) {
    throw malformedSearch(`search term must be longer than one character: ${text}`);
  }
  const reader = { tokens, position: 0 };
  const expression = readAny(reader);
  if (reader.position < tokens.length) throw malformedSearch(`unexpected token: ')'`);
  return expression;
}

export function malformedSearch(message: string): QueryError {
  return new QueryError('MALFORMED_SEARCH', message);
}

function readTokens(text: string, isPlain: boolean): Token[] {
  const tokens: Token[] = [];
  for (const [part] of text.matchAll(/"(?:\\[^]|[^"\\])*"|[()]|(?:\\[^]|[^\s()"\\])+|["\\]/g)) {
    if (part === '(' || part === ')') {
      tokens.push({ kind: part });
    } else if (part === '"' || part === '\\') {
      if (!isPlain) throw malformedSearch(`unexpected token: '${part}'`);
    } else if (part.startsWith('"')) {
      pushWords(tokens, part.slice(1, -1), isPlain);
    } else if (/^(?:and|or|not)$/i.test(part)) {
      tokens.push({ kind: part.toLowerCase() as 'and' | 'or' | 'not' });
    } else {
      pushWords(tokens, part, isPlain);
    }
  }
  return tokens;
}

/** Reads `O\'Brien` as the words `O` and `Brien` side by side: this is how texts are indexed. */
function pushWords(tokens: Token[], part: string, isPlain: boolean): void {
  let plain = '';
  for (const [character] of part.matchAll(/\\[^]|[^]/gu)) {
    if (character.startsWith('\\')) {
      // An escaped wildcard is a character like any other that is no letter.
      plain += /[*?]/.test(character) ? ' ' : character.slice(1);
      continue;
    }
    if (RESERVED.includes(character) && !isPlain) throw malformedSearch(`unexpected token: '${character}'`);
    plain += character;
  }
  const words = (plain.match(/[\p{L}\p{N}*?]+/gu) ?? [])
    .map((word) => word.replace(/^[*?]+/, ''))
    .filter((word) => word !== '');
  if (words.length > 0) tokens.push({ kind: 'words', words });
}

interface TokenReader {
  readonly tokens: readonly Token[];
  position: number;
}

function readAny(reader: TokenReader): SearchExpression {
  const parts = [readAll(reader)];
  while (kindAt(reader) === 'or') {
    reader.position += 1;
    parts.push(readAll(reader));
  }
  return combine('or', parts);
}

function readAll(reader: TokenReader): SearchExpression {
  const parts = [readOne(reader)];
  for (;;) {
    const kind = kindAt(reader);
    if (kind === 'and') {
      reader.position += 1;
      const isNegated = kindAt(reader) === 'not';
      if (isNegated) reader.position += 1;
      const part = readOne(reader);
      parts.push(isNegated ? { kind: 'not', part } : part);
    } else if (kind === 'words' || kind === '(') parts.push(readOne(reader));
    else return combine('and', parts);
  }
}

function readOne(reader: TokenReader): SearchExpression {
  const token = reader.tokens[reader.position];
  reader.position += 1;
  if (token?.kind === 'words') return token;
  if (token?.kind !== '(')
    throw malformedSearch(`unexpected token: '${token?.kind.toUpperCase() ?? '<EOF>'}'`);
  const group = readAny(reader);
  if (kindAt(reader) !== ')') throw malformedSearch('expecting a right parentheses');
  reader.position += 1;
  return group;
}

function kindAt(reader: TokenReader): Token['kind'] | undefined {
  return reader.tokens[reader.position]?.kind;
}

function combine(kind: 'and' | 'or', parts: readonly SearchExpression[]): SearchExpression {
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind, parts };
}

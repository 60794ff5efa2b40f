import { foldedValue } from '../storage/textCase.ts';
import type { Condition, SearchExpression } from './model.ts';
import type { Scope } from './scope.ts';

type Bind = (value: unknown) => string;

/** A field that is searched: its text as words in lower case, and, where it holds a telephone number, its digits. */
interface SearchedField {
  readonly words: string;
  readonly digits: string | null;
}

/** Digits of a number's end that are enough to find it. */
const MINIMUM_LAST_DIGITS = 4;

/**
 * Compiles a search to SQL: a word is found in any of the fields, a telephone number by its digits however it is
 * written. The words are bound as patterns in which they cannot be anything but letters, digits and wildcards.
 */
export function compileSearch(scope: Scope, bind: Bind, condition: Condition & { kind: 'search' }): string {
  const fields = condition.fields.map((path): SearchedField => {
    const { field, column } = scope.resolve(path);
    return {
      words: `regexp_replace(lower(${column}), '[^[:alnum:]]+', ' ', 'g')`,
      digits: field.type === 'phone' ? digitsSql(column) : null,
    };
  });
  if (fields.length === 0) return 'false';
  return compileExpression(fields, bind, condition.expression);
}

function compileExpression(
  fields: readonly SearchedField[],
  bind: Bind,
  expression: SearchExpression,
): string {
  switch (expression.kind) {
    case 'or':
      return `(${compileParts(fields, bind, expression.parts).join(' OR ')})`;
    case 'and': {
      const all = `(${compileParts(fields, bind, expression.parts).join(' AND ')})`;
      const number = numberOfParts(fields, bind, expression.parts);
      return number === null ? all : `(${all} OR ${number})`;
    }
    case 'not':
      return `(${compileExpression(fields, bind, expression.part)}) IS NOT TRUE`;
    case 'words': {
      const pattern = foldedValue(bind(wordPattern(expression.words)));
      const found = fields.map(({ words }) => `${words} ~ ${pattern}`);
      const number = numberOf(fields, bind, expression.words);
      return `(${[...found, ...(number === null ? [] : [number])].join(' OR ')})`;
    }
  }
}

function compileParts(
  fields: readonly SearchedField[],
  bind: Bind,
  parts: readonly SearchExpression[],
): string[] {
  return parts.map((part) => compileExpression(fields, bind, part));
}

/** A number whose groups are searched as words of their own, e.g. `303 555 0101`. */
function numberOfParts(
  fields: readonly SearchedField[],
  bind: Bind,
  parts: readonly SearchExpression[],
): string | null {
  const groups = parts.filter((part) => part.kind === 'words');
  if (groups.length < parts.length) return null;
  return numberOf(
    fields,
    bind,
    groups.flatMap(({ words }) => words),
  );
}

function numberOf(fields: readonly SearchedField[], bind: Bind, words: readonly string[]): string | null {
  const columns = fields.flatMap(({ digits }) => digits ?? []);
  const text = words.join('');
  if (columns.length === 0 || !/^[0-9]+\*?$/.test(text)) return null;
  const digits = normalizeDigits(text.replace('*', ''));
  const isStart = text.endsWith('*');
  if (!isStart && digits.length < MINIMUM_LAST_DIGITS) return null;
  const pattern = bind(isStart ? `${digits}%` : `%${digits}`);
  return `(${columns.map((column) => `${column} LIKE ${pattern}`).join(' OR ')})`;
}

/** Words between spaces, each whole unless a wildcard says otherwise. */
function wordPattern(words: readonly string[]): string {
  const patterns = words.map((word) => word.replaceAll('*', '[^ ]*').replaceAll('?', '[^ ]'));
  return `(^| )${patterns.join(' ')}( |$)`;
}

/** A number's digits without its extension, and without the 1 of North America before ten others. */
function digitsSql(column: string): string {
  const number = `regexp_replace(lower(${column}), '(ext|x|#).*$', '')`;
  return `regexp_replace(regexp_replace(${number}, '[^0-9]', '', 'g'), '^1([0-9]{10})$', '\\1')`;
}

function normalizeDigits(digits: string): string {
  return digits.replace(/^1([0-9]{10})$/, '$1');
}

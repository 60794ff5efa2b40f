import type {
  Condition as ParsedCondition,
  ConditionWithValueQuery,
  HavingClause,
  LiteralType,
  Query,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';

import type { ComparisonOperator, Condition, Literal, Operand, QueryModel } from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';
import { textLiteral } from './literals.ts';
import { functionOperand, withoutAlias } from './parseFunctions.ts';

/** Brackets, words and comparisons in the order in which the query has them. */
type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly condition: Condition };

/** What the translation of conditions needs from that of whole queries. */
export interface ConditionParser {
  /** The alias of the object, which may stand before a field. */
  readonly alias: string | null;
  readonly parseQuery: (query: Query) => QueryModel;
}

const COMPARISONS: readonly ComparisonOperator[] = ['=', '!=', '<', '<=', '>', '>=', 'LIKE'];

/**
 * Rebuilds the tree of a WHERE or HAVING clause from the parser's chain, which only counts brackets. AND and OR side
 * by side without brackets are an error, as in the org.
 */
export function parseConditions(parser: ConditionParser, clause: WhereClause | HavingClause): Condition {
  const tokens: Token[] = [];
  let current: WhereClause | HavingClause | undefined = clause;
  while (current) {
    addTokens(parser, tokens, current.left);
    if (!('operator' in current)) break;
    tokens.push(current.operator);
    current = current.right;
  }
  const reader = { tokens, position: 0 };
  const condition = readGroup(reader);
  if (reader.position < tokens.length) throw malformedQuery(`unexpected token: ')'`);
  return condition;
}

function addTokens(parser: ConditionParser, tokens: Token[], left: ConditionWithValueQuery | null): void {
  if (left === null) return;
  for (let count = left.openParen ?? 0; count > 0; count -= 1) tokens.push('(');
  if (!('operator' in left)) return;
  tokens.push({ condition: comparison(parser, left) });
  for (let count = left.closeParen ?? 0; count > 0; count -= 1) tokens.push(')');
}

interface TokenReader {
  readonly tokens: readonly Token[];
  position: number;
}

function readGroup(reader: TokenReader): Condition {
  const parts = [readPart(reader)];
  let word: 'AND' | 'OR' | null = null;
  for (;;) {
    const token = reader.tokens[reader.position];
    if (token !== 'AND' && token !== 'OR') break;
    if (word !== null && token !== word) throw malformedQuery(`unexpected token: '${token}'`, token);
    word = token;
    reader.position += 1;
    parts.push(readPart(reader));
  }
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return { kind: word === 'OR' ? 'or' : 'and', parts };
}

function readPart(reader: TokenReader): Condition {
  const token = reader.tokens[reader.position];
  reader.position += 1;
  if (token === 'NOT') return { kind: 'not', part: readPart(reader) };
  if (token === '(') {
    const group = readGroup(reader);
    if (reader.tokens[reader.position] !== ')') throw malformedQuery('expecting a right parentheses');
    reader.position += 1;
    return group;
  }
  if (typeof token !== 'object') throw malformedQuery(`unexpected token: '${token ?? '<EOF>'}'`);
  return token.condition;
}

function comparison(
  parser: ConditionParser,
  parsed: Exclude<ParsedCondition, { openParen: number; operator?: never }> | ConditionWithValueQuery,
): Condition {
  if (!('operator' in parsed)) throw malformedQuery('unexpected token');
  const operand =
    'fn' in parsed ? functionOperand(parser.alias, parsed.fn) : fieldOperand(parser, parsed.field);
  const { operator } = parsed;
  if ('valueQuery' in parsed) {
    return {
      kind: 'inQuery',
      operand,
      isNegated: operator === 'NOT IN',
      query: parser.parseQuery(parsed.valueQuery),
    };
  }
  const types = parsed.literalType;
  if (operator === 'IN' || operator === 'NOT IN') {
    const texts = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
    const values = texts.map((text, index) => literal(Array.isArray(types) ? types[index] : types, text));
    return { kind: 'in', operand, isNegated: operator === 'NOT IN', values };
  }
  const known = COMPARISONS.find((candidate) => candidate === operator);
  if (!known || Array.isArray(parsed.value))
    throw malformedQuery(`unexpected token: '${operator}'`, operator);
  const value = literal(Array.isArray(types) ? types[0] : types, parsed.value);
  return { kind: 'compare', operand, operator: known, value };
}

function fieldOperand(parser: ConditionParser, dotted: string): Operand {
  return { kind: 'field', path: withoutAlias(parser.alias, dotted) };
}

function literal(type: LiteralType | undefined, text: string): Literal {
  switch (type) {
    case 'STRING':
      return textLiteral(text);
    case 'INTEGER':
    case 'DECIMAL':
      return { kind: 'number', text };
    case 'BOOLEAN':
      return { kind: 'boolean', value: text.toUpperCase() === 'TRUE' };
    case 'DATE':
      return { kind: 'date', text };
    case 'DATETIME':
      return { kind: 'datetime', text };
    case 'DATE_LITERAL':
      return { kind: 'dateLiteral', name: text.toUpperCase(), count: 0 };
    case 'DATE_N_LITERAL': {
      const [name = '', count = '0'] = text.split(':');
      return { kind: 'dateLiteral', name: name.toUpperCase(), count: Number(count) };
    }
    case 'NULL':
      return { kind: 'null' };
    default:
      throw malformedQuery(`unexpected token: '${text}'`, text);
  }
}

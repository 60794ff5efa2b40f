import { z } from 'zod';

import type { Literal } from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';
import type { FieldDefinition } from '../schema/model.ts';

const inputSchema = z.record(z.string(), z.unknown());
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads the value that a filter compares a field with. GraphQL has checked its shape, but for the org's own scalars. */
export function literalOf(field: FieldDefinition, value: unknown): Literal {
  if (value === null || value === undefined) return { kind: 'null' };
  switch (field.type) {
    case 'date':
    case 'datetime':
      return dateLiteralOf(field.type, inputSchema.parse(value));
    case 'boolean':
      return { kind: 'boolean', value: value === true };
    case 'int':
    case 'double':
    case 'currency':
    case 'percent': {
      if (typeof value !== 'number') throw malformedQuery(`${field.name} compares with a number`);
      return { kind: 'number', text: String(value) };
    }
    default: {
      if (typeof value !== 'string') throw malformedQuery(`${field.name} compares with a text`);
      // A NUL has no place in a text column, and matches nothing.
      const text = value.replaceAll('\0', '');
      return { kind: 'text', text, pattern: text.replaceAll(/\\([%_\\]?)/g, escapePair) };
    }
  }
}

/** A backslash escapes what has a meaning in a pattern; before anything else it stands for itself. */
function escapePair(pair: string, escaped: string): string {
  return escaped === '' ? '\\\\' : pair;
}

function dateLiteralOf(kind: 'date' | 'datetime', input: Readonly<Record<string, unknown>>): Literal {
  if (typeof input['literal'] === 'string') return { kind: 'dateLiteral', name: input['literal'], count: 0 };
  if (typeof input['range'] === 'object' && input['range'] !== null) {
    const [range] = Object.entries(input['range']);
    if (!range) throw malformedQuery('The range is empty');
    return { kind: 'dateLiteral', name: range[0].toUpperCase(), count: Number(range[1]) };
  }
  const text = input['value'];
  if (text === null || text === undefined) return { kind: 'null' };
  if (typeof text !== 'string' || !(kind === 'date' ? DAY : MOMENT).test(text)) {
    throw malformedQuery(`Invalid ${kind}: ${String(text)}`);
  }
  return { kind, text };
}

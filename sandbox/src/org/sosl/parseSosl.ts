import type { QueryModel } from '../query/model.ts';
import { QueryError } from '../query/queryErrors.ts';
import { parseSoql } from '../soql/parseSoql.ts';
import type { ExpandFields } from '../soql/parseSoql.ts';
import type { SearchGroup, SearchModel } from './model.ts';
import { malformedSearch, parseSearchText } from './searchText.ts';

const GROUPS: Readonly<Record<string, SearchGroup>> = {
  ALL: 'ALL',
  NAME: 'NAME',
  EMAIL: 'EMAIL',
  PHONE: 'PHONE',
  SIDEBAR: 'NAME',
};

/** What may follow the fields of an object in RETURNING. */
const CLAUSES = /\b(?:WHERE|ORDER\s+BY|LIMIT|OFFSET)\b/i;

/** Parses `FIND {…} IN … FIELDS RETURNING …, … LIMIT …`. Throws `MALFORMED_SEARCH` where it is anything else. */
export function parseSosl(sosl: string, expandFields: ExpandFields): SearchModel {
  const reader = new SoslReader(sosl);
  if (reader.take(/FIND\b/iy) === null) reader.fail();
  const text = reader.take(/\{(?:\\[^]|[^\\}])*\}/y);
  if (text === null) {
    throw malformedSearch('No search term found. The search term must be enclosed in braces.');
  }
  const group = reader.take(/IN\s+\w+\s+FIELDS\b/iy)?.split(/\s+/)[1] ?? 'ALL';
  const fieldGroup = GROUPS[group.toUpperCase()];
  if (!fieldGroup) throw malformedSearch(`unexpected token: '${group}'`);
  const returning = reader.take(/RETURNING\b/iy) === null ? null : readReturning(reader, expandFields);
  const limit = reader.take(/LIMIT\s+\d+\b/iy)?.split(/\s+/)[1];
  if (!reader.isAtEnd()) reader.fail();
  return {
    expression: parseSearchText(text.slice(1, -1)),
    group: fieldGroup,
    returning,
    limit: limit === undefined ? null : Number(limit),
  };
}

/**
 * What a search answers of one object, by the clauses of SOQL: `fields` are names, `clauses` what follows the object's
 * name. Throws where either holds anything else.
 */
export function returningQuery(
  objectName: string,
  fields: readonly string[],
  clauses: string,
  expandFields: ExpandFields,
): QueryModel {
  for (const name of [objectName, ...fields]) {
    if (!/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/.test(name)) throw malformedSearch(`unexpected token: '${name}'`);
  }
  const model = parseClauses(`SELECT ${fields.join(', ')} FROM ${objectName} ${clauses}`, expandFields);
  const isSearch =
    model.from === objectName && model.groupBy.length === 0 && model.select.length === fields.length;
  if (!isSearch) throw malformedSearch(`unexpected token: '${clauses.trim().split(/\s/)[0] ?? ''}'`);
  return model;
}

function parseClauses(soql: string, expandFields: ExpandFields): QueryModel {
  try {
    return parseSoql(soql, expandFields);
  } catch (error) {
    if (error instanceof QueryError && error.errorCode === 'MALFORMED_QUERY')
      throw malformedSearch(error.message);
    throw error;
  }
}

function readReturning(reader: SoslReader, expandFields: ExpandFields): QueryModel[] {
  const queries: QueryModel[] = [];
  do {
    const name = reader.take(/[A-Za-z]\w*/y) ?? reader.fail();
    const inner = reader.takeBrackets();
    queries.push(
      inner === null ? returningQuery(name, ['Id'], '', expandFields) : readInner(name, inner, expandFields),
    );
  } while (reader.take(/,/y) !== null);
  return queries;
}

function readInner(name: string, inner: string, expandFields: ExpandFields): QueryModel {
  const start = CLAUSES.exec(inner)?.index ?? inner.length;
  const fields = inner.slice(0, start).split(',');
  return returningQuery(
    name,
    fields.map((field) => field.trim()),
    inner.slice(start),
    expandFields,
  );
}

class SoslReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes what matches a sticky pattern here, past white space, or answers null. */
  take(pattern: RegExp): string | null {
    this.#skipSpace();
    pattern.lastIndex = this.#position;
    const [match] = pattern.exec(this.#text) ?? [];
    if (match === undefined) return null;
    this.#position += match.length;
    return match;
  }

  /** Takes `(…)` with whatever brackets and quoted texts it holds, and answers what is inside. */
  takeBrackets(): string | null {
    if (this.take(/\(/y) === null) return null;
    const start = this.#position;
    let depth = 1;
    while (depth > 0) {
      const part = this.take(/'(?:\\[^]|[^'\\])*'|[()]|[^'()]+/y) ?? this.fail();
      if (part === '(') depth += 1;
      if (part === ')') depth -= 1;
    }
    return this.#text.slice(start, this.#position - 1);
  }

  isAtEnd(): boolean {
    this.#skipSpace();
    return this.#position >= this.#text.length;
  }

  fail(): never {
    this.#skipSpace();
    const [word] = /\w+|[^]/y.exec(this.#text.slice(this.#position)) ?? ['<EOF>'];
    throw malformedSearch(`unexpected token: '${word}'`);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#position] ?? '')) this.#position += 1;
  }
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import fc from 'fast-check';
import { DateTime } from 'luxon';

import { hostileText } from '../hostileText.ts';
import { systemAccess } from '../../../src/org/access/userAccess.ts';
import { readFilter, readOrder } from '../../../src/org/graphql/filters.ts';
import { compileQuery } from '../../../src/org/query/compileQuery.ts';
import type { CompiledQuery } from '../../../src/org/query/compileQuery.ts';
import { emptyQuery, fieldPath } from '../../../src/org/query/model.ts';
import { loadMetadata } from '../../../src/org/schema/loadMetadata.ts';
import { quoteSoql } from '../../../src/org/soql/literals.ts';
import { parseSoql } from '../../../src/org/soql/parseSoql.ts';
import { FIXTURE_METADATA } from '../orgUnderTest.ts';

const { schema } = loadMetadata([FIXTURE_METADATA]);
const context = {
  schema,
  access: systemAccess('America/Denver', 2),
  now: DateTime.fromISO('2026-05-15T10:00:00', { zone: 'America/Denver' }),
};
const compile = (soql: string): CompiledQuery =>
  compileQuery(
    context,
    parseSoql(soql, () => []),
  );

const hostile = hostileText();
const text = fc
  .oneof(hostile, fc.string({ unit: 'binary', minLength: 1 }))
  .filter((value) => !value.includes('\0'));

/** A query that is refused in the org's words, else its SQL. */
function sqlOrRefusal(write: () => CompiledQuery): string | null {
  try {
    return write().sql;
  } catch (error) {
    assert.ok(error instanceof Error && 'errorCode' in error, String(error));
    return null;
  }
}

describe('SOQL', () => {
  test('any literal or pattern, wherever it stands, is bound', () => {
    const write = (one: string, two: string): CompiledQuery =>
      compile(
        `SELECT Id, (SELECT Id FROM Contacts WHERE LastName LIKE ${quoteSoql(two)}) FROM Account
          WHERE (NOT Name LIKE ${quoteSoql(one)}) AND Owner.LastName IN (${quoteSoql(one)}, ${quoteSoql(two)})
            AND Id NOT IN (SELECT AccountId FROM Contact WHERE FirstName > ${quoteSoql(one)})`,
      );
    const harmless = write('x', 'y').sql;
    fc.assert(
      fc.property(text, text, (one, two) => {
        const { sql, values } = write(one, two);
        assert.equal(sql, harmless);
        assert.ok(values.includes(one) && values.includes(two));
      }),
      { numRuns: 300 },
    );
  });

  test('any pattern as the query has it, escapes and all, is bound or refused', () => {
    const write = (raw: string): CompiledQuery =>
      compile(`SELECT Id FROM Contact WHERE LastName LIKE '${raw}'`);
    const harmless = write('x').sql;
    const raw = fc.array(
      fc.constantFrom('\\%', '\\_', '\\\\', "\\'", '\\u0027', '\\q', '%', '_', '"', '--'),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(raw, (parts) => {
        const sql = sqlOrRefusal(() => write(parts.join('')));
        assert.ok(sql === null || sql === harmless, String(sql));
      }),
      { numRuns: 300 },
    );
  });

  test('no name enters the SQL that the schema does not have', () => {
    const places: ((name: string) => string)[] = [
      (name) => `SELECT ${name} FROM Contact`,
      (name) => `SELECT Id FROM ${name}`,
      (name) => `SELECT Account.${name} FROM Contact`,
      (name) => `SELECT Id, (SELECT Id FROM ${name}) FROM Account`,
      (name) => `SELECT Id FROM Contact WHERE ${name} = 'x'`,
      (name) => `SELECT Id FROM Contact ORDER BY ${name}`,
      (name) => `SELECT COUNT(Id) FROM Contact GROUP BY ${name}`,
    ];
    const name = fc
      .array(fc.constantFrom('a', 'Z', '9', '_', '"', '.', '$', ';', '-', '`', '[', '\\', 'é', '__c'), {
        minLength: 1,
      })
      .map((parts) => `zz${parts.join('')}`);
    fc.assert(
      fc.property(name, fc.constantFrom(...places), (given, place) => {
        const sql = sqlOrRefusal(() => compile(place(given)));
        assert.ok(sql === null || !sql.includes('zz'), `${given} → ${String(sql)}`);
      }),
      { numRuns: 500 },
    );
  });

  test('an alias names the answer, never the SQL', () => {
    const alias = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/).map((word) => `zz${word}`);
    const harmless = compile('SELECT COUNT(Id) harmless FROM Contact').sql;
    fc.assert(
      fc.property(alias, (given) => {
        const sql = sqlOrRefusal(() => compile(`SELECT COUNT(Id) ${given} FROM Contact`));
        assert.equal(sql, harmless);
      }),
    );
  });
});

describe('GraphQL', () => {
  const contact = schema.object('Contact');
  assert.ok(contact);
  const write = (where: unknown, orderBy: unknown = null): CompiledQuery =>
    compileQuery(context, {
      ...emptyQuery('Contact'),
      select: [{ kind: 'field', path: fieldPath('Id'), alias: null }],
      where: readFilter(schema, contact, where),
      orderBy: readOrder(orderBy),
    });

  test('any value of a filter is bound', () => {
    const filter = (one: string, two: string): unknown => ({
      or: [{ LastName: { eq: one } }, { LastName: { like: two } }, { FirstName: { in: [one, two] } }],
    });
    const harmless = write(filter('x', 'y')).sql;
    fc.assert(
      fc.property(text, text, (one, two) => {
        const { sql, values } = write(filter(one, two));
        assert.equal(sql, harmless);
        assert.ok(values.includes(one) && values.includes(two));
      }),
      { numRuns: 300 },
    );
  });
});

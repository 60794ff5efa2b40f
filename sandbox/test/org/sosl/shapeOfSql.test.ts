import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';
import { hostileText } from '../hostileText.ts';
import { DateTime } from 'luxon';

import { systemAccess } from '../../../src/org/access/userAccess.ts';
import { compileQuery } from '../../../src/org/query/compileQuery.ts';
import { loadMetadata } from '../../../src/org/schema/loadMetadata.ts';
import { quoteSoql } from '../../../src/org/soql/literals.ts';
import { parseSosl } from '../../../src/org/sosl/parseSosl.ts';
import { searchQueries } from '../../../src/org/sosl/runSearch.ts';
import { FIXTURE_METADATA } from '../orgUnderTest.ts';

const { schema } = loadMetadata([FIXTURE_METADATA]);
const context = {
  schema,
  access: systemAccess('America/Denver', 2),
  now: DateTime.fromISO('2026-05-15T10:00:00', { zone: 'America/Denver' }),
};

/** The SQL of a search, or null where it is refused in the org's words. */
function sqlOrRefusal(sosl: string): string | null {
  try {
    const search = parseSosl(sosl, () => []);
    return searchQueries(context, search)
      .map((query) => compileQuery(context, query).sql)
      .join(';\n');
  } catch (error) {
    assert.ok(error instanceof Error && 'errorCode' in error, String(error));
    return null;
  }
}

/** With what SOSL reserves. */
const hostile = hostileText(['{', '}', '*', '?', '9', ' ', '[', '^', '|']);
const text = fc.oneof(hostile, fc.string({ unit: 'binary', minLength: 1 }));

test('any escaped text is one bound pattern', () => {
  const write = (escaped: string): string =>
    `FIND {zz${escaped}} IN ALL FIELDS RETURNING Contact(Id, Name ORDER BY Name), Lead`;
  const harmless = sqlOrRefusal(write('x'));
  assert.ok(harmless?.includes('~'));
  fc.assert(
    fc.property(text, (given) => {
      const escaped = [...given].map((character) => `\\${character}`).join('');
      assert.equal(sqlOrRefusal(write(escaped)), harmless);
    }),
    { numRuns: 500 },
  );
});

test('any text between the braces is bound or refused', () => {
  fc.assert(
    fc.property(text, text, (one, two) => {
      const sql = sqlOrRefusal(`FIND {qzqz${one} AND ${two}qzqz} RETURNING Contact(Name)`);
      assert.ok(sql === null || !/qzqz/i.test(sql), String(sql));
    }),
    { numRuns: 500 },
  );
});

test('any text of a filter is bound', () => {
  const write = (quoted: string): string =>
    `FIND {alder} RETURNING Contact(Id WHERE LastName = ${quoted} LIMIT 5)`;
  const harmless = sqlOrRefusal(write(`'x'`));
  fc.assert(
    fc.property(
      text.filter((given) => !given.includes('\0')),
      (given) => {
        assert.equal(sqlOrRefusal(write(quoteSoql(given))), harmless);
      },
    ),
    { numRuns: 500 },
  );
});

test('nothing else of a search enters the SQL', () => {
  const places: ((given: string) => string)[] = [
    (given) => `FIND {alder} IN ${given} FIELDS`,
    (given) => `FIND {alder} RETURNING ${given}`,
    (given) => `FIND {alder} RETURNING Contact(${given})`,
    (given) => `FIND {alder} RETURNING Contact(Id WHERE ${given} = 'x')`,
    (given) => `FIND {alder} RETURNING Contact(Id ORDER BY ${given})`,
    (given) => `FIND {alder} RETURNING Contact(Id LIMIT ${given})`,
    (given) => `FIND {alder} LIMIT ${given}`,
  ];
  fc.assert(
    fc.property(hostile, fc.constantFrom(...places), (given, place) => {
      const sql = sqlOrRefusal(place(`qzqz${given}`));
      assert.ok(sql === null || !/qzqz/i.test(sql), String(sql));
    }),
    { numRuns: 1_000 },
  );
});

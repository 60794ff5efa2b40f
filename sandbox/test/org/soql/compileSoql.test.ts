import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import fc from 'fast-check';
import { DateTime } from 'luxon';

import { systemAccess } from '../../../src/org/access/userAccess.ts';
import { compileQuery } from '../../../src/org/query/compileQuery.ts';
import { daysOfLiteral } from '../../../src/org/query/dateLiterals.ts';
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
const compile = (soql: string) =>
  compileQuery(
    context,
    parseSoql(soql, () => []),
  );

describe('literals', () => {
  test('any text leaves the SQL as it is and arrives whole', () => {
    const template = compile(`SELECT Id FROM Contact WHERE LastName = 'x' AND FirstName LIKE 'y'`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ minLength: 1 }), (text, other) => {
        fc.pre(!text.includes('\0') && !other.includes('\0'));
        const soql = `SELECT Id FROM Contact WHERE LastName = ${quoteSoql(text)} AND FirstName LIKE ${quoteSoql(other)}`;
        const compiled = compile(soql);
        assert.equal(compiled.sql, template.sql);
        assert.equal(compiled.values.includes(text), true);
      }),
      { numRuns: 500 },
    );
  });

  test('any text in a list is bound, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const list = texts.map(quoteSoql).join(', ');
        const { sql, values } = compile(`SELECT Id FROM Contact WHERE LastName IN (${list})`);
        for (const text of texts) assert.equal(values.includes(text), true);
        assert.equal(sql.includes("'"), false);
      }),
    );
  });

  test('any text as a query is answered or refused in the org’s words', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          compile(`SELECT Id FROM Contact WHERE ${text}`);
        } catch (error) {
          assert.ok(error instanceof Error && 'errorCode' in error, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('date literals', () => {
  const range = (name: string, count = 0, month = 1) => {
    const days = daysOfLiteral(name, count, context.now, month);
    return days && [days.start.toISODate(), days.end.toISODate()];
  };

  test('mean days in the zone of the user and the fiscal year of the org', () => {
    assert.deepEqual(range('TODAY'), ['2026-05-15', '2026-05-16']);
    assert.deepEqual(range('LAST_N_DAYS', 7), ['2026-05-08', '2026-05-16']);
    assert.deepEqual(range('NEXT_N_DAYS', 2), ['2026-05-16', '2026-05-18']);
    assert.deepEqual(range('N_DAYS_AGO', 3), ['2026-05-12', '2026-05-13']);
    assert.deepEqual(range('THIS_WEEK'), ['2026-05-10', '2026-05-17']);
    assert.deepEqual(range('LAST_MONTH'), ['2026-04-01', '2026-05-01']);
    assert.deepEqual(range('THIS_QUARTER'), ['2026-04-01', '2026-07-01']);
    assert.deepEqual(range('LAST_N_QUARTERS', 2), ['2025-10-01', '2026-04-01']);
    assert.deepEqual(range('THIS_FISCAL_QUARTER', 0, 2), ['2026-05-01', '2026-08-01']);
    assert.deepEqual(range('THIS_FISCAL_YEAR', 0, 2), ['2026-02-01', '2027-02-01']);
    assert.deepEqual(range('NEXT_YEAR'), ['2027-01-01', '2028-01-01']);
    assert.equal(range('SOMEDAY'), null);
  });

  test('bind instants for times and days for dates', () => {
    assert.ok(compile('SELECT Id FROM Task WHERE ActivityDate = TODAY').values.includes('2026-05-15'));
    const times = compile('SELECT Id FROM Task WHERE CreatedDate > TODAY').values;
    assert.ok(times.includes('2026-05-16T00:00:00.000-06:00'));
  });
});

describe('refusals', () => {
  const refused: [string, string][] = [
    ['SELECT Id, FROM Task', 'MALFORMED_QUERY'],
    ['SELECT Nope FROM Task', 'INVALID_FIELD'],
    ['SELECT Nope.Name FROM Task', 'INVALID_FIELD'],
    ['SELECT Id FROM Nope', 'INVALID_TYPE'],
    ['SELECT Id, (SELECT Id FROM Nopes) FROM Account', 'INVALID_TYPE'],
    [`SELECT Id FROM Task WHERE Talk_Seconds__c = '5'`, 'INVALID_FIELD'],
    ['SELECT Id FROM Task WHERE Subject = 5', 'INVALID_FIELD'],
    [`SELECT Id FROM Task WHERE ActivityDate = '2026-01-01'`, 'INVALID_FIELD'],
    [`SELECT Id FROM Task WHERE Description = 'x'`, 'INVALID_FIELD'],
    ['SELECT Id FROM Task ORDER BY Description', 'MALFORMED_QUERY'],
    [`SELECT Id FROM Task WHERE Id = 'nonsense'`, 'INVALID_QUERY_FILTER_OPERATOR'],
    [`SELECT Id FROM Task WHERE Subject = 'a' AND Subject = 'b' OR Subject = 'c'`, 'MALFORMED_QUERY'],
    ['SELECT Id, COUNT(Subject) FROM Task', 'MALFORMED_QUERY'],
    ['SELECT Id, Id FROM Task', 'MALFORMED_QUERY'],
    ['SELECT FIELDS(ALL) FROM Task', 'MALFORMED_QUERY'],
  ];
  for (const [soql, errorCode] of refused) {
    test(`${soql} → ${errorCode}`, () => {
      assert.throws(() => compile(soql), { errorCode });
    });
  }
});

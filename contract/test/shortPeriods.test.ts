import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readShortPeriods, writeShortPeriods, type ShortPeriodFigure } from '@scoreline/contract';
import fc from 'fast-check';

const OCTOBER: ShortPeriodFigure = {
  startDay: '2026-10-01',
  numerator: 142,
  denominator: 780,
  value: 142 / 780,
  low: 0.15661,
  high: 0.21069,
};
const anyNumber = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((tenThousandths) => {
  return tenThousandths / 10_000;
});
const anyFigure: fc.Arbitrary<ShortPeriodFigure> = fc.record(
  {
    startDay: fc.integer({ min: 0, max: 40_000 }).map((day) => {
      return new Date(day * 86_400_000).toISOString().slice(0, 10);
    }),
    numerator: anyNumber,
    denominator: fc.option(anyNumber),
    value: fc.option(anyNumber),
    low: fc.option(anyNumber),
    high: fc.option(anyNumber),
  },
  { noNullPrototype: true },
);

test('a month is written with four decimals, and what it lacks is empty', () => {
  const won = { ...OCTOBER, numerator: 9_000, denominator: null, value: null, low: null, high: null };
  assert.equal(
    writeShortPeriods([OCTOBER, { ...won, startDay: '2026-11-01' }]),
    '1;2026-10-01,142,780,0.1821,0.1566,0.2107;2026-11-01,9000,,,,',
  );
  assert.equal(writeShortPeriods([]), null);
});

test('what was written is read again', () => {
  fc.assert(
    fc.property(fc.array(anyFigure), (figures) => {
      assert.deepEqual(readShortPeriods(writeShortPeriods(figures)), figures);
    }),
  );
});

test('thirteen weeks of the largest figures fit into their field', () => {
  const large = { numerator: 99_999_999.9999, denominator: 99_999_999.9999, value: 99_999_999.9999 };
  const week = { ...large, startDay: '2026-10-05', low: 99_999_999.9999, high: 99_999_999.9999 };
  assert.ok((writeShortPeriods(Array.from({ length: 13 }, () => week)) ?? '').length < 4_000);
});

test('a text that was cut keeps what came before, and another version is left unread', () => {
  const text = writeShortPeriods([OCTOBER, { ...OCTOBER, startDay: '2026-11-01' }]) ?? '';
  assert.equal(readShortPeriods(text.slice(0, -20)).length, 1);
  assert.deepEqual(readShortPeriods(text.replace(/^1/u, '2')), []);
  for (const nothing of [null, undefined, '', 'Q1 2026:0.14', '1;2026-10-01,,,,,', '1;2026-10-01,x,1,1,1,1'])
    assert.deepEqual(readShortPeriods(nothing), []);
});

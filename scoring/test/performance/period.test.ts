import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayAfter, daysLeft, quarterOf, workingDaysOf } from '@scoreline/scoring';

const DAY_MS = 86_400_000;
const anyDay = fc
  .integer({ min: Date.UTC(1970, 0, 1) / DAY_MS, max: Date.UTC(2100, 11, 31) / DAY_MS })
  .map((epochDay) => new Date(epochDay * DAY_MS).toISOString().slice(0, 10));
const anyMonth = fc.integer({ min: 1, max: 12 });

test('calendar quarters', () => {
  assert.deepEqual(quarterOf('2026-11-23', 1), {
    startDay: '2026-10-01',
    endDay: '2026-12-31',
    label: 'Q4 2026',
  });
  assert.deepEqual(quarterOf('2024-02-29', 1), {
    startDay: '2024-01-01',
    endDay: '2024-03-31',
    label: 'Q1 2024',
  });
});

test('a fiscal year from February is named after the year in which it ends, or starts', () => {
  assert.equal(quarterOf('2026-02-01', 2, 'start').label, 'Q1 2026');
  assert.equal(quarterOf('2026-01-31', 2, 'start').label, 'Q4 2025');
  assert.deepEqual(quarterOf('2026-01-31', 2), {
    startDay: '2025-11-01',
    endDay: '2026-01-31',
    label: 'Q4 2026',
  });
  assert.deepEqual(quarterOf('2026-02-01', 2), {
    startDay: '2026-02-01',
    endDay: '2026-04-30',
    label: 'Q1 2027',
  });
});

test('a day lies in its quarter, and both ends of that give the same quarter', () => {
  fc.assert(
    fc.property(anyDay, anyMonth, (day, month) => {
      const period = quarterOf(day, month);
      assert.ok(period.startDay <= day && day <= period.endDay);
      assert.deepEqual(quarterOf(period.startDay, month), period);
      assert.deepEqual(quarterOf(period.endDay, month), period);
    }),
  );
});

test('the working days of the fourth quarter of 2026', () => {
  const days = workingDaysOf(quarterOf('2026-10-01', 1));
  assert.equal(days.length, 66);
  // 1 October 2026 is a Thursday.
  assert.deepEqual(days.slice(0, 3), ['2026-10-01', '2026-10-02', '2026-10-05']);
  assert.equal(days.at(-1), '2026-12-31');
});

test('a day so many days on, also over a leap day and backwards', () => {
  assert.equal(dayAfter('2028-02-28', 1), '2028-02-29');
  assert.equal(dayAfter('2026-01-01', -1), '2025-12-31');
});

test('days left', () => {
  const period = quarterOf('2026-11-23', 1);
  assert.equal(daysLeft(period, '2026-11-23'), 38);
  assert.equal(daysLeft(period, '2026-12-31'), 0);
  assert.equal(daysLeft(period, '2027-01-02'), 0);
});

test('what is no day or month is a fault', () => {
  assert.throws(() => quarterOf('2026-13-01', 1), RangeError);
  assert.throws(() => quarterOf('23 Nov', 1), RangeError);
  assert.throws(() => quarterOf('2026-11-23', 13), RangeError);
});

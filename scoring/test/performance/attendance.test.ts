import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attendanceOf, quarterOf } from '@scoreline/scoring';

/** 66 working days; 1 October 2026 is a Thursday. */
const quarter = quarterOf('2026-10-01', 1);

test('a rep who is never away works every working day that has begun', () => {
  const on = (day: string) => attendanceOf(quarter, day, []).daysWorked;
  assert.deepEqual(
    ['2026-10-01', '2026-10-04', '2026-10-05', '2026-12-31', '2027-02-01'].map(on),
    [1, 2, 3, 66, 66],
  );
});

test('a quarter that starts on a weekend counts one working day before its first Monday', () => {
  const later = quarterOf('2028-01-01', 1);
  assert.equal(attendanceOf(later, '2028-01-01', []).daysWorked, 1);
  assert.equal(attendanceOf(later, '2028-01-03', []).daysWorked, 1);
});

test('a week away is five days less', () => {
  const week = { firstDay: '2026-10-05', lastDay: '2026-10-11', share: 1 };
  assert.deepEqual(attendanceOf(quarter, '2026-12-31', [week]), {
    workingDays: 66,
    daysAvailable: 61,
    daysWorked: 61,
  });
  assert.equal(attendanceOf(quarter, '2026-10-07', [week]).daysWorked, 2);
});

test('part-time and absence of one day add up to at most the day', () => {
  const partTime = { firstDay: '0001-01-01', lastDay: '9999-12-31', share: 0.5 };
  const ill = { firstDay: '2026-10-01', lastDay: '2026-10-02', share: 1 };
  const { daysAvailable } = attendanceOf(quarter, '2026-12-31', [partTime, ill]);
  assert.equal(daysAvailable, 32);
});

test('of a rep who is away for the whole period nothing is asked', () => {
  const away = { firstDay: '2026-01-01', lastDay: '2026-12-31', share: 1 };
  assert.deepEqual(attendanceOf(quarter, '2026-11-01', [away]), {
    workingDays: 66,
    daysAvailable: 0,
    daysWorked: 0,
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inForceOn } from '@scoreline/scoring';

const rows = [
  { id: 'a', metric: 'dials', value: 400, effectiveFrom: '2026-01-01' },
  { id: 'b', metric: 'dials', value: 500, effectiveFrom: '2026-10-01' },
  { id: 'c', metric: 'dials', value: 600, effectiveFrom: '2027-01-01' },
  { id: 'd', metric: 'connects', value: 80, effectiveFrom: '2026-10-01' },
  { id: 'e', metric: 'connects', value: 90, effectiveFrom: '2026-10-01' },
];

test('the latest value that has begun holds', () => {
  assert.equal(inForceOn(rows, '2026-09-30').get('dials')?.value, 400);
  assert.equal(inForceOn(rows, '2026-10-01').get('dials')?.value, 500);
  assert.equal(inForceOn(rows, '2026-12-31').get('dials')?.value, 500);
  assert.equal(inForceOn(rows, '2025-12-31').get('dials')?.value, undefined);
});

test('two values of one day resolve alike in any order', () => {
  assert.equal(inForceOn(rows, '2026-10-01').get('connects')?.value, 90);
  assert.equal(inForceOn(rows.toReversed(), '2026-10-01').get('connects')?.value, 90);
});

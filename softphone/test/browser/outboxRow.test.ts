import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readItem } from '../../src/browser/indexedDbOutboxStore.ts';
import type { OutboxItem } from '../../src/domain/outbox.ts';
import { callIdOf, OWNER, RECORD_ID } from '../support/samples.ts';

const ITEM: OutboxItem = {
  callId: callIdOf(1),
  owner: OWNER,
  recordId: RECORD_ID,
  event: {
    kind: 'outcome',
    outcome: 'meeting',
    note: 'Tuesday',
    sequence: 5,
    at: '2026-11-23T09:00:00.000Z',
    elapsedMs: 12,
  },
};

test('a row holds its item', () => {
  assert.deepEqual(readItem(JSON.stringify(ITEM)), ITEM);
  const refused = { ...ITEM, refusal: 'callNotFound' as const };
  assert.deepEqual(readItem(JSON.stringify(refused)), refused);
});

test('a refusal of another version stays a refusal', () => {
  const row = JSON.stringify({ ...ITEM, refusal: 'ofALaterVersion' });
  assert.equal(readItem(row)?.refusal, 'invalidRequest');
});

test('what is no item is not read', () => {
  const rows = [
    undefined,
    7,
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...ITEM, callId: 'none' }),
    JSON.stringify({ ...ITEM, owner: 3 }),
    JSON.stringify({ ...ITEM, event: { ...ITEM.event, kind: 'unknown' } }),
  ];
  for (const row of rows) assert.equal(readItem(row), undefined, String(row));
});

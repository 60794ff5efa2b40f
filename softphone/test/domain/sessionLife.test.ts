import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewalDelayMs } from '../../src/domain/sessionLife.ts';

const NOW_MS = 1_800_000_000_000;

test('a session is renewed after 70 % of its life', () => {
  assert.equal(renewalDelayMs(NOW_MS, NOW_MS / 1_000 + 600), 420_000);
  assert.equal(renewalDelayMs(NOW_MS, NOW_MS / 1_000 + 300), 210_000);
});

test('a clock that is hours off neither renews without end nor never', () => {
  assert.equal(renewalDelayMs(NOW_MS, NOW_MS / 1_000 - 7_200), 42_000);
  assert.equal(renewalDelayMs(NOW_MS, NOW_MS / 1_000 + 7_200), 420_000);
});

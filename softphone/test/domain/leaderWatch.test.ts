import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeaderWatch } from '../../src/domain/leaderWatch.ts';
import { ASK_EVERY_MS, askedLeader, heardLeader, isSilent } from '../../src/domain/leaderWatch.ts';

function askFor(watch: LeaderWatch, milliseconds: number, everyMs = ASK_EVERY_MS): LeaderWatch {
  let now = watch;
  for (let passedMs = everyMs; passedMs <= milliseconds; passedMs += everyMs)
    now = askedLeader(now, watch.askedAtMs + passedMs);
  return now;
}

test('a leader that answers nothing for two seconds is silent', () => {
  assert.equal(isSilent(askFor(heardLeader(0), 1_500), false), false);
  assert.equal(isSilent(askFor(heardLeader(0), 2_000), false), true);
});

test('with a call up a busy leader keeps it for six seconds', () => {
  assert.equal(isSilent(askFor(heardLeader(0), 5_500), true), false);
  assert.equal(isSilent(askFor(heardLeader(0), 6_000), true), true);
});

test('an hour asleep is no silence of the leader, who slept too', () => {
  const awake = askFor(heardLeader(0), 1_000);
  assert.equal(isSilent(askedLeader(awake, 3_600_000), false), false);
});

test('a hidden tab, whose timers run once a minute, still notices, only later', () => {
  assert.equal(isSilent(askFor(heardLeader(0), 180_000, 60_000), false), false);
  assert.equal(isSilent(askFor(heardLeader(0), 240_000, 60_000), false), true);
});

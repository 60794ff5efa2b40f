import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addContributions,
  contributionsOf,
  NO_CONTRIBUTION,
  USUAL_THRESHOLDS,
  type NumberedCall,
} from '@scoreline/scoring';

const RULES = {
  basis: 'verified',
  thresholdsAt: () => USUAL_THRESHOLDS,
  ownPeople: new Set(['colleague']),
} as const;
const MORNING_MS = Date.parse('2026-10-05T14:30:00.000Z');

function callAt(seconds: number, change: Partial<NumberedCall> = {}): NumberedCall {
  return {
    direction: 'outbound',
    purpose: 'prospect',
    state: 'ended',
    startedMs: MORNING_MS + seconds * 1_000,
    answered: true,
    ringSeconds: 5,
    talkSeconds: 80,
    holdSeconds: 0,
    afterCallSeconds: 10,
    endCause: 'completed',
    endedBy: 'rep',
    outcome: 'meeting',
    evidence: 'verified',
    talkRatio: null,
    numberHash: 'one',
    ...change,
  };
}

const totalOf = (calls: readonly NumberedCall[]) =>
  contributionsOf(calls, RULES).reduce(addContributions, NO_CONTRIBUTION);

test('a friend who is rung for five minutes again and again is one contact while it goes on', () => {
  const calls = [0, 300, 600, 900].map((seconds) => callAt(seconds));
  const { dials, connects, conversations, meetings } = totalOf(calls);
  assert.deepEqual([dials, connects, conversations, meetings], [4, 1, 1, 1]);
});

test('ringing the own phone or a colleague adds nothing but the count of what is excluded', () => {
  assert.deepEqual(totalOf([callAt(0, { numberHash: 'colleague' })]), {
    ...NO_CONTRIBUTION,
    excludedCalls: 1,
  });
});

test('contacts are never more than calls, and never fewer than the numbers that were reached', () => {
  const anyCall = fc.record({
    gap: fc.nat(1_000),
    number: fc.constantFrom('one', 'two', 'three'),
    talkSeconds: fc.constantFrom(0, 8, 20, 80),
  });
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 30 }), (given) => {
      let seconds = 0;
      const calls = given.map(({ gap, number, talkSeconds }) => {
        seconds += gap;
        return callAt(seconds, { numberHash: number, talkSeconds });
      });
      const reached = new Set(
        calls.filter(({ talkSeconds }) => talkSeconds >= 10).map(({ numberHash }) => numberHash),
      );
      const { dials, connects, conversations, meetings } = totalOf(calls);
      assert.equal(dials, calls.length);
      assert.ok(connects >= reached.size && conversations <= connects && meetings <= conversations);
    }),
  );
});

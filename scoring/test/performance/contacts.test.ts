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
  dayOf: (startedMs: number) => new Date(startedMs).toISOString().slice(0, 10),
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

const HOUR = 3_600;

function figuresOf(calls: readonly NumberedCall[]): number[] {
  const { dials, connects, conversations, meetings, talkSeconds, excludedCalls } = totalOf(calls);
  return [dials, connects, conversations, meetings, talkSeconds, excludedCalls];
}

test('five-minute calls to a friend all day bring what one brings', () => {
  const calls = Array.from({ length: 9 }, (_, hour) => callAt(hour * HOUR, { talkSeconds: 300 }));
  assert.deepEqual(figuresOf(calls), [1, 1, 1, 1, 300, 8]);
});

test('a number that is rung again and again without an answer counts as three dials', () => {
  const unanswered = { answered: false, talkSeconds: 0, outcome: 'noAnswer' } as const;
  const calls = Array.from({ length: 40 }, (_, minute) => callAt(minute * 60, unanswered));
  assert.deepEqual(figuresOf(calls), [3, 0, 0, 0, 0, 37]);
  // Whoever is reached at last was dialed for it.
  assert.deepEqual(figuresOf([...calls, callAt(2 * HOUR)]), [4, 1, 1, 1, 80, 37]);
});

test('a short word first and the conversation later that day are one connect and one conversation', () => {
  const calls = [callAt(0, { talkSeconds: 20, outcome: 'callBack' }), callAt(4 * HOUR)];
  assert.deepEqual(figuresOf(calls), [1, 1, 1, 1, 100, 0]);
});

test('who is rung again as agreed costs no connect rate', () => {
  const { dials, connects, excludedCalls } = totalOf([callAt(0), callAt(5 * HOUR)]);
  assert.deepEqual([dials, connects, excludedCalls], [1, 1, 1]);
});

test('a friend who rings the rep brings the talk of one call a day', () => {
  const calls = [0, 1, 2, 24].map((hour) => callAt(hour * HOUR, { direction: 'inbound', outcome: null }));
  const { inboundCalls, dials, talkSeconds } = totalOf(calls);
  assert.deepEqual([inboundCalls, dials, talkSeconds], [4, 0, 160]);
});

test('the next day counts anew', () => {
  assert.deepEqual(figuresOf([callAt(0), callAt(24 * HOUR)]), [2, 2, 2, 2, 160, 0]);
});

test('ringing the own phone or a colleague adds nothing but the count of what is excluded', () => {
  assert.deepEqual(totalOf([callAt(0, { numberHash: 'colleague' })]), {
    ...NO_CONTRIBUTION,
    excludedCalls: 1,
  });
});

test('a number is reached at most once a day, and never more often than it is dialed', () => {
  const anyCall = fc.record({
    gap: fc.nat(40_000),
    number: fc.constantFrom('one', 'two', 'three'),
    talkSeconds: fc.constantFrom(0, 8, 20, 80),
    outcome: fc.constantFrom('meeting', 'voicemail', 'callBack'),
  });
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 30 }), (given) => {
      let seconds = 0;
      const calls = given.map(({ gap, number, talkSeconds, outcome }) => {
        seconds += gap;
        return callAt(seconds, { numberHash: number, talkSeconds, outcome });
      });
      const reached = new Set(
        calls
          .filter(({ talkSeconds, outcome }) => talkSeconds >= 10 && outcome !== 'voicemail')
          .map(({ numberHash, startedMs }) => `${numberHash} ${RULES.dayOf(startedMs ?? 0)}`),
      );
      const { dials, connects, conversations, meetings, excludedCalls } = totalOf(calls);
      assert.equal(connects, reached.size);
      assert.ok(connects <= dials && conversations <= connects && meetings <= conversations);
      assert.ok(dials + excludedCalls <= calls.length);
    }),
  );
});

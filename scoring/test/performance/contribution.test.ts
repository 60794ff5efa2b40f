import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CallFacts } from '@scoreline/scoring';
import { NO_CONTRIBUTION, addContributions, contributionOf } from '@scoreline/scoring';
import { CALL_STATES, END_CAUSES, ENDED_BY, EVIDENCE, OUTCOME_CODES } from '@scoreline/contract';

const conversation: CallFacts = {
  direction: 'outbound',
  purpose: 'prospect',
  state: 'ended',
  startedMs: Date.parse('2026-11-23T10:00:00.000Z'),
  answered: true,
  ringSeconds: 6,
  talkSeconds: 252,
  holdSeconds: 4,
  afterCallSeconds: 20,
  endCause: 'completed',
  endedBy: 'rep',
  outcome: 'meeting',
  evidence: 'verified',
  talkRatio: 0.46,
};

const anyFacts: fc.Arbitrary<CallFacts> = fc.record({
  direction: fc.constantFrom('outbound', 'inbound'),
  purpose: fc.constantFrom('prospect', 'consultation'),
  state: fc.constantFrom(...CALL_STATES),
  startedMs: fc.constantFrom(null, Date.parse('2026-11-23T10:00:00.000Z')),
  answered: fc.boolean(),
  ringSeconds: fc.nat(60),
  talkSeconds: fc.nat(7200),
  holdSeconds: fc.nat(600),
  afterCallSeconds: fc.option(fc.nat(600)),
  endCause: fc.constantFrom(null, ...END_CAUSES),
  endedBy: fc.constantFrom(null, ...ENDED_BY),
  outcome: fc.constantFrom(null, ...OUTCOME_CODES),
  evidence: fc.constantFrom(...EVIDENCE),
  talkRatio: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

test('a conversation counts in every metric', () => {
  assert.deepEqual(contributionOf(conversation, 'verified'), {
    ...NO_CONTRIBUTION,
    dials: 1,
    connects: 1,
    conversations: 1,
    meetings: 1,
    ringSeconds: 6,
    talkSeconds: 252,
    talkSecondsSquared: 252 * 252,
    connectTalkSeconds: 252,
    connectTalkSecondsSquared: 252 * 252,
    holdSeconds: 4,
    wrappedCalls: 1,
    afterCallSeconds: 20,
    afterCallSecondsSquared: 400,
    handledDials: 1,
    handleSeconds: 282,
    handleSecondsSquared: 282 * 282,
    speechCalls: 1,
    talkRatioPerMille: 460,
    talkRatioPerMilleSquared: 460 * 460,
  });
});

test('an inbound call is no dial: its talk counts, and nothing that follows from dialing', () => {
  assert.deepEqual(contributionOf({ ...conversation, direction: 'inbound' }, 'verified'), {
    ...NO_CONTRIBUTION,
    inboundCalls: 1,
    talkSeconds: 252,
    talkSecondsSquared: 252 * 252,
    holdSeconds: 4,
    wrappedCalls: 1,
    afterCallSeconds: 20,
    afterCallSecondsSquared: 400,
  });
});

test('a dial that the network broke is excused, unless it had become a conversation', () => {
  const broken: CallFacts = { ...conversation, endCause: 'failed', endedBy: 'network' };
  const excused = { ...NO_CONTRIBUTION, excusedCalls: 1 };
  assert.deepEqual(contributionOf({ ...broken, answered: false, talkSeconds: 0 }, 'verified'), excused);
  assert.deepEqual(contributionOf({ ...broken, talkSeconds: 59 }, 'verified'), excused);
  assert.equal(contributionOf(broken, 'verified').conversations, 1);
  assert.equal(contributionOf({ ...broken, endedBy: 'prospect', talkSeconds: 0 }, 'verified').dials, 1);
  assert.deepEqual(contributionOf({ ...broken, evidence: 'pending' }, 'verified'), NO_CONTRIBUTION);
});

test('other thresholds count other calls', () => {
  const thresholds = { connectSeconds: 30, conversationSeconds: 300 };
  const { connects, conversations, meetings } = contributionOf(conversation, 'verified', thresholds);
  assert.deepEqual([connects, conversations, meetings], [1, 0, 0]);
  assert.equal(contributionOf({ ...conversation, talkSeconds: 29 }, 'verified', thresholds).connects, 0);
});

test('an outcome that is saved the next morning is half an hour of after-call work', () => {
  assert.equal(
    contributionOf({ ...conversation, afterCallSeconds: 50_000 }, 'verified').afterCallSeconds,
    1_800,
  );
});

test('a consultation counts nowhere', () => {
  for (const basis of ['verified', 'reported'] as const)
    assert.deepEqual(contributionOf({ ...conversation, purpose: 'consultation' }, basis), NO_CONTRIBUTION);
});

test('talk of 9 seconds is no connect, 10 is one, 59 is no conversation, 60 is one', () => {
  const counted = (talkSeconds: number) => {
    const { connects, conversations } = contributionOf({ ...conversation, talkSeconds }, 'verified');
    return [connects, conversations];
  };
  assert.deepEqual([9, 10, 59, 60].map(counted), [
    [0, 0],
    [1, 0],
    [1, 0],
    [1, 1],
  ]);
});

test('a 20-minute claim on a busy call counts zero', () => {
  const busy: CallFacts = {
    ...conversation,
    answered: false,
    talkSeconds: 1200,
    evidence: 'contradicted',
  };
  const { dials, connects, conversations, talkSeconds } = contributionOf(busy, 'verified');
  assert.deepEqual([dials, connects, conversations, talkSeconds], [1, 0, 0, 0]);
});

test('a call that only the softphone saw counts nothing where a switch reports', () => {
  const claimed: CallFacts = { ...conversation, evidence: 'reported' };
  assert.deepEqual(contributionOf(claimed, 'verified'), NO_CONTRIBUTION);
  assert.equal(contributionOf(claimed, 'reported').conversations, 1);
});

test('a call whose end the network has not reported yet counts nothing', () => {
  const pending: CallFacts = { ...conversation, evidence: 'pending' };
  assert.deepEqual(contributionOf(pending, 'verified'), NO_CONTRIBUTION);
  assert.deepEqual(contributionOf(pending, 'reported'), NO_CONTRIBUTION);
});

test('a voicemail is no connect, its talk time stands', () => {
  const { dials, connects, conversations, talkSeconds } = contributionOf(
    { ...conversation, outcome: 'voicemail' },
    'verified',
  );
  assert.deepEqual([dials, connects, conversations, talkSeconds], [1, 0, 0, 252]);
});

test('a call counts once it was dialed and has ended', () => {
  assert.deepEqual(contributionOf({ ...conversation, state: 'talking' }, 'verified'), NO_CONTRIBUTION);
  assert.deepEqual(contributionOf({ ...conversation, startedMs: null }, 'verified'), NO_CONTRIBUTION);
});

test('whatever the rep says, it adds no connect and no talk', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...OUTCOME_CODES), (facts, outcome) => {
      const silent = contributionOf({ ...facts, outcome: null }, 'verified');
      const claimed = contributionOf({ ...facts, outcome }, 'verified');
      assert.ok(claimed.connects <= silent.connects && claimed.conversations <= silent.conversations);
      assert.equal(claimed.talkSeconds, silent.talkSeconds);
      assert.equal(claimed.dials, silent.dials);
    }),
  );
});

test('the order of calls does not matter', () => {
  fc.assert(
    fc.property(fc.array(anyFacts, { minLength: 1 }), (calls) => {
      const contributions = calls.map((facts) => contributionOf(facts, 'verified'));
      const total = contributions.reduce(addContributions, NO_CONTRIBUTION);
      assert.deepEqual(contributions.toReversed().reduce(addContributions, NO_CONTRIBUTION), total);
    }),
  );
});

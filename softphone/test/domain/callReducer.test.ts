import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALL_STATES } from '@scoreline/contract';
import fc from 'fast-check';
import type { CallChange } from '../../src/domain/callReducer.ts';
import { isPlaced, isUp, needsOutcome, reduceCall } from '../../src/domain/callReducer.ts';
import { anyChange } from '../support/anyChange.ts';
import { callIdOf, requestedCall } from '../support/samples.ts';

const CALL = requestedCall(callIdOf(1));

function after(...changes: CallChange[]): typeof CALL {
  return changes.reduce(reduceCall, CALL);
}

const ANSWERED: CallChange[] = [
  { kind: 'permitted' },
  { kind: 'dialed' },
  { kind: 'ringing' },
  { kind: 'answered', atMs: 5_000 },
];

test('no sequence of changes reaches a state that is none', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
      const call = changes.reduce(reduceCall, CALL);
      assert.ok(['requesting', ...CALL_STATES].includes(call.state));
      assert.ok(!call.holdPending || isUp(call));
      assert.equal(call.endedAtMs !== undefined, call.state === 'ended');
      assert.ok(!isUp(call) || call.answeredAtMs !== undefined);
    }),
  );
});

test('ended is final', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 20 }), fc.array(anyChange), (before, later) => {
      const ended = [
        ...before,
        { kind: 'ended', atMs: 9, cause: 'completed', endedBy: 'rep' } as const,
      ].reduce(reduceCall, CALL);
      assert.equal(ended.state, 'ended');
      // Whose call it was may still be said.
      const { request, matchedRecordIds, ...facts } = later.reduce(reduceCall, ended);
      assert.deepEqual({ ...facts, request, matchedRecordIds }, { ...ended, request, matchedRecordIds });
    }),
  );
});

test('a change that alters nothing returns the very same call', () => {
  const talking = after(...ANSWERED);
  assert.equal(reduceCall(talking, { kind: 'ringing' }), talking);
  assert.equal(reduceCall(talking, { kind: 'answered', atMs: 6_000 }), talking);
  assert.equal(reduceCall(talking, { kind: 'muted', muted: false }), talking);
  assert.equal(reduceCall(CALL, { kind: 'holdAsked' }), CALL);
});

test('a call goes from the click to its end', () => {
  assert.equal(after({ kind: 'permitted' }).state, 'permitted');
  assert.equal(after(...ANSWERED).state, 'talking');
  assert.equal(after(...ANSWERED).answeredAtMs, 5_000);
  const ended = after(...ANSWERED, { kind: 'ended', atMs: 9_000, cause: 'completed', endedBy: 'prospect' });
  assert.deepEqual([ended.endCause, ended.endedBy, ended.endedAtMs], ['completed', 'prospect', 9_000]);
});

test('the far end may answer without ringing', () => {
  assert.equal(
    after({ kind: 'permitted' }, { kind: 'dialed' }, { kind: 'answered', atMs: 2 }).state,
    'talking',
  );
});

test('hold is shown only when the switch has confirmed it', () => {
  const asked = after(...ANSWERED, { kind: 'holdAsked' });
  assert.deepEqual([asked.state, asked.holdPending], ['talking', true]);
  const held = reduceCall(asked, { kind: 'held' });
  assert.deepEqual([held.state, held.holdPending], ['held', false]);
  const resumed = [{ kind: 'holdAsked' } as const, { kind: 'resumed' } as const].reduce(reduceCall, held);
  assert.deepEqual([resumed.state, resumed.holdPending], ['talking', false]);
  assert.equal(resumed.answeredAtMs, 5_000);
});

test('a refused hold leaves the call as it is, and says so until the next try', () => {
  const refused = after(...ANSWERED, { kind: 'holdAsked' }, { kind: 'holdRefused' });
  assert.deepEqual([refused.state, refused.holdPending, refused.holdRefused], ['talking', false, true]);
  assert.equal(reduceCall(refused, { kind: 'holdAsked' }).holdRefused, false);
});

test('an outcome is owed for every call that was placed and ended without an error', () => {
  const end = { kind: 'ended', atMs: 9, cause: 'busy', endedBy: 'prospect' } as const;
  assert.equal(needsOutcome(after(...ANSWERED)), false);
  assert.equal(needsOutcome(after({ kind: 'permitted' }, { kind: 'dialed' }, end)), true);
  assert.equal(needsOutcome(after({ ...end, error: 'doNotCall' })), false);
  assert.equal(needsOutcome(after({ kind: 'permitted' }, { ...end, error: 'callFailed' })), false);
});

test('a call is placed from the moment its request leaves', () => {
  assert.deepEqual(
    [CALL, after({ kind: 'permitted' }), after({ kind: 'permitted' }, { kind: 'dialed' })].map(isPlaced),
    [false, false, true],
  );
});

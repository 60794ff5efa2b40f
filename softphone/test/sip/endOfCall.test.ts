import assert from 'node:assert/strict';
import { test } from 'node:test';
import { END_CAUSES } from '@scoreline/contract';
import { endOfRefusedCall } from '../../src/sip/endOfCall.ts';

test('final statuses become the causes that every witness uses, each with what to do next', () => {
  const causes = [
    [404, 'unallocated', 'numberUnallocated'],
    [410, 'unallocated', 'numberUnallocated'],
    [480, 'noAnswer', 'nobodyAnswered'],
    [484, 'unallocated', 'numberUnallocated'],
    [486, 'busy', 'lineBusy'],
    [487, 'cancelled', undefined],
    [600, 'busy', 'lineBusy'],
    [603, 'declined', 'callDeclined'],
    [604, 'unallocated', 'numberUnallocated'],
    [607, 'declined', 'callDeclined'],
  ] as const;
  for (const [status, cause, advice] of causes) {
    const ended = endOfRefusedCall(status, undefined, false);
    assert.deepEqual(
      [ended.cause, ended.sipStatus, ended.error, ended.advice],
      [cause, status, undefined, advice],
    );
  }
});

test('each failure of the switch has its own plain words', () => {
  const failures = [
    [401, 'registrationRefused'],
    [403, 'callForbidden'],
    [407, 'registrationRefused'],
    [408, 'switchSilent'],
    [415, 'codecMissing'],
    [481, 'callLost'],
    [488, 'codecMissing'],
    [500, 'switchFault'],
    [502, 'switchFault'],
    [503, 'switchBusy'],
    [504, 'switchSilent'],
    [580, 'codecMissing'],
    [606, 'codecMissing'],
    [482, 'callFailed'],
  ] as const;
  for (const [status, error] of failures) {
    const ended = endOfRefusedCall(status, undefined, false);
    assert.deepEqual([ended.cause, ended.endedBy, ended.error], ['failed', 'network', error]);
    assert.equal(endOfRefusedCall(status, 'doNotCall', false).error, 'doNotCall');
  }
});

test('every other refusal is a failure with an error, the switch’s own where it names one', () => {
  for (let status = 400; status < 700; status += 1) {
    const ended = endOfRefusedCall(status, undefined, true);
    assert.ok(END_CAUSES.includes(ended.cause));
    assert.equal(ended.error !== undefined, ended.cause === 'failed');
  }
  assert.equal(endOfRefusedCall(403, 'permitInvalid', false).error, 'permitInvalid');
  assert.equal(endOfRefusedCall(403, 'ofALaterVersion', false).error, 'callForbidden');
});

test('408 after ringing is nobody answering; before it, a switch that did not', () => {
  assert.equal(endOfRefusedCall(408, undefined, true).cause, 'noAnswer');
  assert.equal(endOfRefusedCall(408, undefined, false).cause, 'failed');
});

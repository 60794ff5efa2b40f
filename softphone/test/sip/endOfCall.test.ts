import assert from 'node:assert/strict';
import { test } from 'node:test';
import { END_CAUSES } from '@scoreline/contract';
import { endOfRefusedCall } from '../../src/sip/endOfCall.ts';

test('final statuses become the causes that every witness uses', () => {
  const causes = [
    [404, 'unallocated'],
    [410, 'unallocated'],
    [480, 'noAnswer'],
    [484, 'unallocated'],
    [486, 'busy'],
    [487, 'cancelled'],
    [600, 'busy'],
    [603, 'declined'],
    [604, 'unallocated'],
    [607, 'declined'],
  ] as const;
  for (const [status, cause] of causes) {
    const ended = endOfRefusedCall(status, undefined, false);
    assert.deepEqual([ended.cause, ended.sipStatus, ended.error], [cause, status, undefined]);
  }
});

test('every other refusal is a failure with an error, the switch’s own where it names one', () => {
  for (let status = 400; status < 700; status += 1) {
    const ended = endOfRefusedCall(status, undefined, true);
    assert.ok(END_CAUSES.includes(ended.cause));
    assert.equal(ended.error !== undefined, ended.cause === 'failed');
  }
  assert.equal(endOfRefusedCall(403, 'permitInvalid', false).error, 'permitInvalid');
  assert.equal(endOfRefusedCall(403, 'ofALaterVersion', false).error, 'callFailed');
});

test('408 after ringing is nobody answering; before it, a switch that did not', () => {
  assert.equal(endOfRefusedCall(408, undefined, true).cause, 'noAnswer');
  assert.equal(endOfRefusedCall(408, undefined, false).cause, 'failed');
});

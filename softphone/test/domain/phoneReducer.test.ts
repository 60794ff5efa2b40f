import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneSnapshot } from '@scoreline/contract';
import { PHONE_STATES } from '@scoreline/contract';
import fc from 'fast-check';
import type { PhoneChange } from '../../src/domain/phoneReducer.ts';
import { answerDial, INITIAL_PHONE, reducePhone } from '../../src/domain/phoneReducer.ts';
import { callIdOf, dialRequest, requestedCall } from '../support/samples.ts';
import { anyChange } from '../support/anyChange.ts';

const READY = reducePhone(INITIAL_PHONE, { kind: 'registered' });
const CALL_ID = callIdOf(1);
const ENDED = { kind: 'ended', atMs: 9, cause: 'completed', endedBy: 'rep' } as const;

const anyPhoneChange: fc.Arbitrary<PhoneChange> = fc.oneof(
  fc.constantFrom<PhoneChange>(
    { kind: 'registered' },
    { kind: 'connectionLost', error: 'switchUnreachable' },
    { kind: 'connectFailed', error: 'relayUnreachable' },
    { kind: 'connectFailed', error: 'tokenInvalid' },
    { kind: 'microphoneFailed', error: 'microphoneBlocked' },
    { kind: 'dialWaits', request: dialRequest('waits') },
    { kind: 'waitingDropped' },
    { kind: 'callStarted', call: requestedCall(CALL_ID) },
    { kind: 'callStarted', call: requestedCall(callIdOf(2)) },
    { kind: 'callCleared', callId: CALL_ID },
    { kind: 'outcomeKept', saved: { callId: CALL_ID, place: 'outbox', savedAtMs: 1 } },
    { kind: 'outcomeAcknowledged', saved: { callId: CALL_ID, place: 'relay', savedAtMs: 1, position: 4 } },
    { kind: 'unsentCounted', unsent: 3 },
    { kind: 'inputMeasured', level: 0.5 },
  ),
  fc.record({
    kind: fc.constant('callChanged' as const),
    callId: fc.constantFrom(CALL_ID, callIdOf(2)),
    change: anyChange,
  }),
);

function after(phone: PhoneSnapshot, ...changes: PhoneChange[]): PhoneSnapshot {
  return changes.reduce(reducePhone, phone);
}

test('no sequence of changes reaches a state that is none', () => {
  fc.assert(
    fc.property(fc.array(anyPhoneChange, { maxLength: 60 }), (changes) => {
      const phone = after(INITIAL_PHONE, ...changes);
      assert.ok(PHONE_STATES.includes(phone.phoneState));
      assert.equal(
        phone.error === undefined,
        phone.phoneState === 'ready' || phone.phoneState === 'starting',
      );
    }),
  );
});

test('a call in progress, or one that owes its outcome, is never replaced', () => {
  fc.assert(
    fc.property(fc.array(anyPhoneChange, { maxLength: 60 }), (changes) => {
      const phone = after(INITIAL_PHONE, ...changes);
      const next = reducePhone(phone, { kind: 'callStarted', call: requestedCall(callIdOf(9)) });
      const isFree = answerDial(phone) === 'dialing' || answerDial(phone) === 'waiting';
      assert.equal(next.call?.callId === callIdOf(9), isFree);
    }),
  );
});

test('a phone that worked reconnects; one that the relay refuses is not ready', () => {
  const lost = after(READY, { kind: 'connectionLost', error: 'switchUnreachable' });
  assert.deepEqual([lost.phoneState, lost.error], ['reconnecting', 'switchUnreachable']);
  const trying = after(lost, { kind: 'connectFailed', error: 'relayUnreachable' });
  assert.deepEqual([trying.phoneState, trying.error], ['reconnecting', 'relayUnreachable']);
  const refused = after(trying, { kind: 'connectFailed', error: 'userInactive' });
  assert.deepEqual([refused.phoneState, refused.error], ['notReady', 'userInactive']);
  assert.equal(after(lost, { kind: 'connectFailed', error: 'registrationRefused' }).phoneState, 'notReady');
  const back = after(refused, { kind: 'registered' });
  assert.deepEqual([back.phoneState, back.error], ['ready', undefined]);
});

test('a phone that never worked says why', () => {
  const phone = after(INITIAL_PHONE, { kind: 'connectFailed', error: 'relayUnreachable' });
  assert.deepEqual([phone.phoneState, phone.error], ['notReady', 'relayUnreachable']);
});

test('a dial is answered by what the phone is doing', () => {
  const calling = after(READY, { kind: 'callStarted', call: requestedCall(CALL_ID) });
  const steps = [
    { kind: 'permitted' } as const,
    { kind: 'dialed' } as const,
    { kind: 'answered', atMs: 2 } as const,
    ENDED,
  ].map((change) => ({ kind: 'callChanged', callId: CALL_ID, change }) as const);
  const wrapUp = after(calling, ...steps);
  assert.equal(answerDial(INITIAL_PHONE), 'waiting');
  assert.equal(answerDial(READY), 'dialing');
  assert.equal(answerDial(calling), 'refusedInCall');
  assert.equal(answerDial(wrapUp), 'refusedOutcomeMissing');
  assert.equal(answerDial(after(wrapUp, { kind: 'callCleared', callId: CALL_ID })), 'dialing');
});

test('a call that could not be placed makes room for the next', () => {
  const refused = after(
    READY,
    { kind: 'callStarted', call: requestedCall(CALL_ID) },
    { kind: 'callChanged', callId: CALL_ID, change: { kind: 'refused', error: 'doNotCall', atMs: 2 } },
  );
  assert.equal(refused.call?.error, 'doNotCall');
  assert.equal(answerDial(refused), 'dialing');
});

test('only the newest request waits, and a started call takes its place', () => {
  const waiting = after(
    INITIAL_PHONE,
    { kind: 'dialWaits', request: dialRequest('first') },
    { kind: 'dialWaits', request: dialRequest('second') },
  );
  assert.equal(waiting.waiting?.requestId, 'second');
  assert.equal(after(waiting, { kind: 'callStarted', call: requestedCall(CALL_ID) }).waiting, undefined);
});

test('the acknowledgement of an older outcome does not hide the newer one', () => {
  const newer = { callId: callIdOf(2), place: 'outbox', savedAtMs: 2 } as const;
  const older = { callId: CALL_ID, place: 'relay', savedAtMs: 3, position: 7 } as const;
  const kept = after(READY, { kind: 'outcomeKept', saved: newer });
  assert.deepEqual(after(kept, { kind: 'outcomeAcknowledged', saved: older }).lastSaved, newer);
  assert.deepEqual(after(READY, { kind: 'outcomeAcknowledged', saved: older }).lastSaved, older);
});

test('the level falls to zero with the end of the call', () => {
  const phone = after(
    READY,
    { kind: 'callStarted', call: requestedCall(CALL_ID) },
    { kind: 'inputMeasured', level: 0.4 },
    { kind: 'callChanged', callId: CALL_ID, change: ENDED },
  );
  assert.equal(phone.inputLevel, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneCall, PhoneSnapshot } from '@scoreline/contract';
import { PHONE_STATES } from '@scoreline/contract';
import fc from 'fast-check';
import type { CallChange } from '../../src/domain/callReducer.ts';
import { needsOutcome, ringsHere } from '../../src/domain/callReducer.ts';
import type { PhoneChange } from '../../src/domain/phoneReducer.ts';
import { answerAddCall, answerDial, INITIAL_PHONE, reducePhone } from '../../src/domain/phoneReducer.ts';
import { allCalls } from '../../src/domain/shownCalls.ts';
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
    { kind: 'callOffered', call: inboundCall(callIdOf(3)) },
    { kind: 'callCleared', callId: CALL_ID },
    { kind: 'callCleared', callId: callIdOf(3) },
    { kind: 'missedSeen' },
    { kind: 'recentRead', recent: [], missedUnseen: 1 },
    { kind: 'outcomeKept', saved: { callId: CALL_ID, place: 'outbox', savedAtMs: 1 } },
    { kind: 'outcomeAcknowledged', saved: { callId: CALL_ID, place: 'relay', savedAtMs: 1, position: 4 } },
    { kind: 'unsentCounted', unsent: 3 },
    { kind: 'inputMeasured', level: 0.5 },
  ),
  fc.record({
    kind: fc.constant('callChanged' as const),
    callId: fc.constantFrom(CALL_ID, callIdOf(2), callIdOf(3)),
    change: anyChange,
  }),
);

function changed(callId: string, change: CallChange): PhoneChange {
  return { kind: 'callChanged', callId, change };
}

/** A call that is up. */
function callOf(callId: string): PhoneChange[] {
  const changes = [{ kind: 'permitted' }, { kind: 'dialed' }, { kind: 'answered', atMs: 2 }] as const;
  return [
    { kind: 'callStarted', call: requestedCall(callId) },
    ...changes.map((change) => changed(callId, change)),
  ];
}

function inboundCall(callId: string): PhoneCall {
  return { ...requestedCall(callId), direction: 'inbound', state: 'ringing' };
}

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

test('no order of changes loses a call that is up or owes its outcome, or doubles one', () => {
  fc.assert(
    fc.property(fc.array(anyPhoneChange, { maxLength: 60 }), (changes) => {
      let phone = INITIAL_PHONE;
      for (const change of changes) {
        const next = reducePhone(phone, change);
        const ids = allCalls(next).map(({ callId }) => callId);
        assert.equal(new Set(ids).size, ids.length);
        for (const call of allCalls(phone)) {
          const isDone = call.state === 'ended' && (change.kind === 'callCleared' || !needsOutcome(call));
          assert.ok(isDone || ids.includes(call.callId), `${change.kind} lost a call`);
        }
        phone = next;
      }
    }),
  );
});

test('the call shown is one in progress, before one on hold, one that owes its outcome, one that rings', () => {
  fc.assert(
    fc.property(fc.array(anyPhoneChange, { maxLength: 60 }), (changes) => {
      const phone = after(INITIAL_PHONE, ...changes);
      const ranks = allCalls(phone).map(rank);
      if (phone.call !== undefined) assert.equal(rank(phone.call), Math.min(...ranks));
      assert.equal(phone.call === undefined, ranks.length === 0);
      const started = phone.otherCalls.map(({ startedAtMs }) => startedAtMs);
      assert.deepEqual(
        started,
        started.toSorted((one, other) => one - other),
      );
    }),
  );
});

function rank(call: PhoneCall): number {
  if (ringsHere(call)) return 4;
  if (call.state === 'ended') return needsOutcome(call) ? 2 : 3;
  return call.state === 'held' ? 1 : 0;
}

test('a ring replaces nothing that is shown, and wipes no wrap-up', () => {
  const wrapUp = after(READY, ...callOf(CALL_ID), changed(CALL_ID, ENDED));
  const rung = after(wrapUp, { kind: 'callOffered', call: inboundCall(callIdOf(2)) });
  assert.deepEqual([rung.call?.callId, rung.otherCalls.length], [CALL_ID, 1]);
  const answered = after(rung, changed(callIdOf(2), { kind: 'answered', atMs: 20 }));
  assert.deepEqual([answered.call?.callId, answered.otherCalls[0]?.callId], [callIdOf(2), CALL_ID]);
  const over = after(answered, changed(callIdOf(2), { ...ENDED, atMs: 30 }));
  assert.equal(over.call?.callId, CALL_ID, 'the outcome that is owed longest comes first');
  const cleared = after(over, { kind: 'callCleared', callId: CALL_ID });
  assert.deepEqual([cleared.call?.callId, cleared.otherCalls], [callIdOf(2), []]);
  const alone = after(READY, { kind: 'callOffered', call: inboundCall(callIdOf(2)) });
  assert.equal(alone.call?.state, 'ringing');
  assert.equal(answerDial(alone, false), 'dialing');
});

test('switching shows the other call once the switch has resumed it', () => {
  const two = after(
    READY,
    ...callOf(CALL_ID),
    changed(CALL_ID, { kind: 'holdAsked' }),
    changed(CALL_ID, { kind: 'held' }),
    ...callOf(callIdOf(2)),
  );
  assert.equal(two.call?.callId, callIdOf(2));
  const held = after(
    two,
    changed(callIdOf(2), { kind: 'holdAsked' }),
    changed(callIdOf(2), { kind: 'held' }),
    changed(CALL_ID, { kind: 'holdAsked' }),
  );
  assert.equal(held.call?.callId, callIdOf(2), 'both on hold: the one shown stays');
  const switched = after(held, changed(CALL_ID, { kind: 'resumed' }));
  assert.deepEqual([switched.call?.callId, switched.otherCalls[0]?.callId], [CALL_ID, callIdOf(2)]);
});

test('a call beside the one in progress: one at a time, while that one is up', () => {
  const talking = after(READY, ...callOf(CALL_ID));
  assert.equal(answerAddCall(READY, 'call', false), 'dialing');
  assert.equal(answerAddCall(READY, 'consultation', false), 'refusedInCall');
  assert.equal(answerAddCall(talking, 'consultation', false), 'dialing');
  assert.equal(answerAddCall(after(talking, ...callOf(callIdOf(2))), 'call', false), 'refusedInCall');
  const owing = after(READY, ...callOf(callIdOf(2)), changed(callIdOf(2), ENDED), ...callOf(CALL_ID));
  assert.equal(answerAddCall(owing, 'call', false), 'refusedOutcomeMissing');
  assert.equal(answerAddCall(owing, 'call', true), 'dialing', 'where the outcome may be left out');
  assert.equal(answerAddCall(owing, 'consultation', false), 'dialing');
});

test('what was missed is unseen until the rep looks', () => {
  const read = after(READY, { kind: 'recentRead', recent: [], missedUnseen: 2 });
  assert.deepEqual([read.recent, read.missedUnseen], [[], 2]);
  const seen = after(read, { kind: 'missedSeen' });
  assert.equal(seen.missedUnseen, 0);
  assert.equal(after(seen, { kind: 'missedSeen' }), seen);
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
  assert.equal(answerDial(INITIAL_PHONE, false), 'waiting');
  assert.equal(answerDial(READY, false), 'dialing');
  assert.equal(answerDial(calling, false), 'refusedInCall');
  assert.equal(answerDial(wrapUp, false), 'refusedOutcomeMissing');
  assert.equal(answerDial(wrapUp, true), 'dialing', 'where the outcome may be left out');
  assert.equal(answerDial(after(wrapUp, { kind: 'callCleared', callId: CALL_ID }), false), 'dialing');
});

test('a call that could not be placed makes room for the next', () => {
  const refused = after(
    READY,
    { kind: 'callStarted', call: requestedCall(CALL_ID) },
    { kind: 'callChanged', callId: CALL_ID, change: { ...ENDED, error: 'doNotCall' } },
  );
  assert.equal(refused.call?.error, 'doNotCall');
  assert.equal(answerDial(refused, false), 'dialing');
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

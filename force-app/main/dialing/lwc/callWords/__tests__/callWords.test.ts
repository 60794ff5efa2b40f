import {
  announcementOf,
  callWords,
  owesOutcome,
  recordIdsOf,
  troubleOf,
  utilityLabel,
  withNames,
} from 'c/callWords';
import type { PhoneCall, PhoneSnapshot } from 'c/callContract';
import { callWith, inboundCall, PEOPLE, snapshotWith } from '../../../../../test/jest-support/phone.ts';

const ended = callWith({ state: 'ended', startedAtMs: 0, answeredAtMs: 10_000, endedAtMs: 262_000 });

function announced(before: Partial<PhoneCall>, now: Partial<PhoneCall>) {
  return announcementOf(snapshotWith({ call: callWith(before) }), snapshotWith({ call: callWith(now) }));
}

describe('c/callWords', () => {
  it.each<[Partial<PhoneCall>, string]>([
    [{ state: 'requesting' }, 'Dialing…'],
    [{ state: 'ringing' }, 'Ringing…'],
    [{ state: 'talking' }, 'Talking'],
    [{ state: 'talking', muted: true }, 'Talking, muted'],
    [{ state: 'talking', holdPending: true }, 'Holding…'],
    [{ state: 'held', holdPending: true }, 'Resuming…'],
    [{ state: 'held' }, 'On hold'],
    [{ state: 'talking', isInConference: true, muted: true }, 'Talking, conference, muted'],
    [{ state: 'talking', transfer: 'asked' }, 'Transferring…'],
    [{ state: 'talking', isRejoining: true }, 'Joining again…'],
    [{ state: 'ringing', direction: 'inbound' }, 'Calling you'],
    [{ state: 'ended', answeredAtMs: undefined, direction: 'inbound' }, 'Missed'],
    [{ state: 'ended', answeredAtMs: undefined, direction: 'inbound', endedBy: 'rep' }, 'Rejected'],
    [{ state: 'ended', answeredAtMs: undefined, endCause: 'busy' }, 'Busy'],
    [{ state: 'ended', answeredAtMs: undefined, error: 'doNotCall' }, 'Not called'],
  ])('says what the call is doing: %j', (changes, words) => {
    expect(callWords(callWith(changes))).toBe(words);
  });

  it('gives the length of an ended call', () => {
    expect(callWords(ended)).toBe('Ended 4:12');
  });

  it('names the true state when a hold or resume was refused', () => {
    expect(troubleOf(callWith({ holdRefused: true }), snapshotWith())).toBe(
      'Could not hold. You are still talking.',
    );
    expect(troubleOf(callWith({ state: 'held', holdRefused: true }), snapshotWith())).toContain(
      'still on hold',
    );
  });

  it.each<[string, Partial<PhoneCall>, boolean]>([
    ['over', { ...ended }, true],
    ['lost after its answer', { ...ended, error: 'callLost' }, true],
    ['not answered by the prospect', { state: 'ended', answeredAtMs: undefined }, true],
    ['not placed', { state: 'ended', answeredAtMs: undefined, error: 'numberBlocked' }, false],
    ['rung here and not taken', { state: 'ended', answeredAtMs: undefined, direction: 'inbound' }, false],
    ['a question to a colleague', { ...ended, consultsFor: 'call-0' }, false],
    ['still up', {}, false],
  ])('knows whether a call owes an outcome: %s', (_name, changes, owes) => {
    expect(owesOutcome(callWith(changes))).toBe(owes);
  });

  it('names who calls by the records that are known, and nobody by a record that is not', () => {
    const unnamed = { requestId: 'r', number: '+1 303 555 0113' };
    const call = inboundCall({ request: { ...unnamed, recordId: '003B' } });
    const stranger = inboundCall({ callId: 'call-8', request: { ...unnamed, recordId: '003X' } });
    const snapshot = snapshotWith({ call, otherCalls: [stranger] });
    const shown = withNames(snapshot, PEOPLE);
    expect([shown.call, ...shown.otherCalls].map((each) => each?.request.recordName)).toEqual([
      'Leo Sand',
      undefined,
    ]);
    expect(utilityLabel(shown)).toBe('Ringing: Leo Sand');
    expect(recordIdsOf(snapshot)).toEqual(['003B', '003X']);
  });

  it('says how a ring ended that nobody took, and how a check ended', () => {
    const before = snapshotWith({ call: inboundCall() });
    expect(announcementOf(before, snapshotWith())).toEqual({ status: 'The caller is gone' });
    const rejected = inboundCall({ state: 'ended', endedBy: 'rep', answeredAtMs: undefined });
    expect(announcementOf(before, snapshotWith({ otherCalls: [rejected] }))).toEqual({
      status: 'Rejected: Leo Sand',
    });
    const checking = snapshotWith({ preflight: [{ check: 'microphone', result: 'running' }] });
    const failed = snapshotWith({
      preflight: [{ check: 'microphone', result: 'failed', error: 'microphoneBlocked' }],
    });
    expect(announcementOf(checking, failed)).toEqual({ status: 'Check finished: 1 to mend' });
  });

  it('says once that the line is poor, not at every figure', () => {
    const poor = (lossPercent: number) =>
      snapshotWith({
        call: callWith({ quality: { mos: 3, rttMs: 50, jitterMs: 5, lossPercent, warnings: ['highLoss'] } }),
      });
    expect(announcementOf(snapshotWith({ call: callWith() }), poor(5))).toEqual({
      status: 'Poor line: 5 % loss. Try a cable.',
    });
    expect(announcementOf(poor(5), poor(7))).toEqual({});
  });

  it('tells the switch between two calls, a conference and its end', () => {
    const other = callWith({
      callId: 'call-2',
      request: { requestId: 'r', number: '201', recordName: 'Leo Sand' },
    });
    const before = snapshotWith({ call: callWith(), otherCalls: [other] });
    expect(announcementOf(before, snapshotWith({ call: other, otherCalls: [callWith()] })).status).toBe(
      'Now with Leo Sand',
    );
    expect(announced({}, { isInConference: true })).toEqual({ status: 'In conference' });
    expect(announced({ isInConference: true }, {})).toEqual({ status: 'Conference over' });
    expect(announced({}, { isRejoining: true })).toEqual({ status: 'Joining the call again' });
    expect(announced({ isRejoining: true }, {})).toEqual({ status: 'Back in the call' });
    expect(announced({}, { ...ended, endCause: 'transferred' })).toEqual({ status: 'Transferred' });
    expect(announced({}, { transfer: 'refused', refusal: 'transferRefused' }).alert).toContain(
      'Could not transfer.',
    );
  });

  it.each<[Partial<PhoneCall>, Partial<PhoneCall>, string]>([
    [{ callId: 'call-0' }, { state: 'dialing' }, 'Calling Ana Ruiz, mobile'],
    [{ state: 'dialing' }, { state: 'ringing' }, 'Ringing'],
    [{ state: 'ringing' }, { state: 'talking' }, 'Connected'],
    [{}, { muted: true }, 'Muted'],
    [{ muted: true }, {}, 'Unmuted'],
    [{}, { state: 'held' }, 'On hold'],
    [{ state: 'held' }, {}, 'Resumed'],
    [{}, ended, 'Call ended, 4 minutes'],
    [{ state: 'ringing' }, { state: 'ended', answeredAtMs: undefined, endCause: 'busy' }, 'Call ended: busy'],
    [
      { state: 'ringing' },
      { state: 'ended', answeredAtMs: undefined, endCause: 'busy', advice: 'lineBusy' },
      'Call ended: busy. Call again in a few minutes.',
    ],
  ])('announces %j → %j', (before, now, status) => {
    expect(announced(before, now)).toEqual({ status });
  });

  it('announces neither timers nor meters', () => {
    const before = snapshotWith({ call: callWith(), inputLevel: 0.1 });
    expect(announcementOf(before, { ...before, inputLevel: 0.9 })).toEqual({});
  });

  it.each<[PhoneSnapshot, string]>([
    [snapshotWith({ phoneState: 'notReady', error: 'microphoneBlocked' }), 'Microphone blocked.'],
    [
      snapshotWith({ phoneState: 'reconnecting', error: 'switchUnreachable', call: callWith() }),
      'Connection lost. Your call is still up; reconnecting.',
    ],
    [
      snapshotWith({ call: callWith({ state: 'ended', answeredAtMs: undefined, error: 'numberBlocked' }) }),
      'Not called: Premium and satellite numbers are blocked.',
    ],
  ])('alerts at once to what stops a call: %j', (now, words) => {
    const before = snapshotWith({ call: now.call && callWith() });
    expect(announcementOf(before, now).alert).toContain(words);
  });
});

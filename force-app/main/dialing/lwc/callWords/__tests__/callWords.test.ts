import { announcementOf, callWords, holdRefusal, owesOutcome } from 'c/callWords';
import type { PhoneCall, PhoneSnapshot } from 'c/callContract';
import { callWith, snapshotWith } from '../../../../../test/jest-support/phone.ts';

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
    [{ state: 'ended', answeredAtMs: undefined, endCause: 'busy' }, 'Busy'],
    [{ state: 'ended', answeredAtMs: undefined, error: 'doNotCall' }, 'Not called'],
  ])('says what the call is doing: %j', (changes, words) => {
    expect(callWords(callWith(changes))).toBe(words);
  });

  it('gives the length of an ended call', () => {
    expect(callWords(ended)).toBe('Ended 4:12');
  });

  it('names the true state when a hold or resume was refused', () => {
    expect(holdRefusal(callWith({ holdRefused: true }))).toBe('Could not hold. You are still talking.');
    expect(holdRefusal(callWith({ state: 'held', holdRefused: true }))).toContain('still on hold');
  });

  it('asks for an outcome unless the call could not be placed', () => {
    expect(owesOutcome(ended)).toBe(true);
    expect(owesOutcome(callWith({ state: 'ended', error: 'numberBlocked' }))).toBe(false);
    expect(owesOutcome(callWith())).toBe(false);
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
      snapshotWith({ call: callWith({ state: 'ended', error: 'numberBlocked' }) }),
      'Not called: Premium and satellite numbers are blocked.',
    ],
  ])('alerts at once to what stops a call: %j', (now, words) => {
    const before = snapshotWith({ call: now.call && callWith() });
    expect(announcementOf(before, now).alert).toContain(words);
  });
});

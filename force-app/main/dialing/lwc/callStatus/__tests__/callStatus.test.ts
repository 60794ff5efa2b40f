import CallStatus from 'c/callStatus';
import type { PhoneSnapshot } from 'c/callContract';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { ANA, callWith, snapshotWith } from '../../../../../test/jest-support/phone.ts';

const mountStatus = (snapshot: PhoneSnapshot) => mount('c-call-status', CallStatus, { snapshot });

describe('c-call-status', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'], now: new Date('2026-03-02T12:00:00Z') });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('says who is called, which number, how long and how it goes', async () => {
    const status = await mountStatus(snapshotWith({ call: callWith() }));
    expect(textOf(status)).toBe('Ana Ruiz Mobile +1 303 555 0142 2:14 Talking');
    jest.advanceTimersByTime(2_000);
    await rendered();
    expect(textOf(status, '.timer')).toBe('2:16');
  });

  it('shows a typed number once', async () => {
    const request = { requestId: 'request-2', number: '+13035550142' };
    const status = await mountStatus(
      snapshotWith({ call: callWith({ request, state: 'ringing', answeredAtMs: undefined }) }),
    );
    expect(textOf(status)).toBe('+13035550142 Ringing…');
  });

  it('never announces its timer', async () => {
    const status = await mountStatus(snapshotWith({ call: callWith() }));
    expect(findAll(status, '[role], [aria-live]')).toHaveLength(0);
  });

  it.each<[string, PhoneSnapshot, string]>([
    ['ready', snapshotWith(), 'No call. Click a number on a record, or type one.'],
    ['starting', snapshotWith({ phoneState: 'starting' }), 'The phone is starting.'],
    [
      'a dial that waits',
      snapshotWith({ phoneState: 'starting', waiting: ANA }),
      'The phone is starting; calling Ana Ruiz in a moment.',
    ],
  ])('says what is so without a call: %s', async (_name, snapshot, words) => {
    expect(textOf(await mountStatus(snapshot))).toBe(words);
  });

  it('says why a call was not placed, with its code', async () => {
    const call = callWith({ state: 'ended', answeredAtMs: undefined, error: 'countryNotAllowed' });
    const status = await mountStatus(snapshotWith({ call }));
    expect(textOf(status, '.words')).toBe('Not called');
    expect(textOf(status, '.trouble')).toBe(
      'Calls to this country are not allowed. Ask your admin to allow the country. (SC-305)',
    );
  });

  it('keeps the call when the line to the switch is lost', async () => {
    const status = await mountStatus(
      snapshotWith({ phoneState: 'reconnecting', error: 'switchUnreachable', call: callWith() }),
    );
    expect(textOf(status, '.trouble')).toBe('Connection lost. Your call is still up; reconnecting.');
  });

  it('offers to check again when the phone itself could not place the call', async () => {
    const call = callWith({ state: 'ended', answeredAtMs: undefined, error: 'microphoneBlocked' });
    const status = await mountStatus(
      snapshotWith({ phoneState: 'notReady', error: 'microphoneBlocked', call }),
    );
    const panel = find<HTMLElement & { name: string; retryLabel: string }>(status, 'c-error-panel');
    expect([panel.name, panel.retryLabel]).toEqual(['microphoneBlocked', 'Check again']);
    expect(findAll(status, '.person')).toHaveLength(0);
  });

  it('lets the rep check again when the phone is not ready', async () => {
    const status = await mountStatus(snapshotWith({ phoneState: 'notReady', error: 'microphoneBlocked' }));
    const retries = detailsOf(status, 'retry');
    const panel = find<HTMLElement & { name: string }>(status, 'c-error-panel');
    expect(panel.name).toBe('microphoneBlocked');
    find(panel, 'button').click();
    expect(retries).toHaveLength(1);
  });
});

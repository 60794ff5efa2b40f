import CallSlot from 'c/callSlot';
import type { PhoneCall, PhoneSnapshot } from 'c/callContract';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import {
  ANA,
  callWith,
  inboundCall,
  LEO,
  PEOPLE,
  snapshotWith,
} from '../../../../../test/jest-support/phone.ts';

const mountSlot = (snapshot: PhoneSnapshot) => mount('c-call-slot', CallSlot, { snapshot, people: PEOPLE });
const fourLosing = {
  mos: 3.1,
  rttMs: 80,
  jitterMs: 12,
  lossPercent: 5.8,
  warnings: ['highLoss', 'lowMos'] as const,
};

describe('c-call-slot', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'], now: new Date('2026-03-02T12:00:00Z') });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('says who is called, which number, how long and how it goes', async () => {
    const slot = await mountSlot(snapshotWith({ call: callWith() }));
    expect(textOf(slot)).toBe('Ana Ruiz, Acme Ltd Mobile +1 303 555 0142 2:14 Talking');
    jest.advanceTimersByTime(2_000);
    await rendered();
    expect(textOf(slot, '.timer')).toBe('2:16');
  });

  it('shows a typed number once', async () => {
    const request = { requestId: 'request-2', number: '+13035550142' };
    const slot = await mountSlot(
      snapshotWith({ call: callWith({ request, state: 'ringing', answeredAtMs: undefined }) }),
    );
    expect(textOf(slot)).toBe('+13035550142 Ringing…');
  });

  it('never announces its timer', async () => {
    const slot = await mountSlot(snapshotWith({ call: callWith() }));
    expect(findAll(slot, '[role], [aria-live]')).toHaveLength(0);
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
    expect(textOf(await mountSlot(snapshot))).toBe(words);
  });

  it('says why a call was not placed, with its code', async () => {
    const call = callWith({ state: 'ended', answeredAtMs: undefined, error: 'countryNotAllowed' });
    const slot = await mountSlot(snapshotWith({ call }));
    expect(textOf(slot, '.words')).toBe('Not called');
    expect(textOf(slot, '.trouble')).toBe(
      'Calls to this country are not allowed. Ask your admin to allow the country. (SC-305)',
    );
  });

  it('keeps the call when the line to the switch is lost', async () => {
    const slot = await mountSlot(
      snapshotWith({ phoneState: 'reconnecting', error: 'switchUnreachable', call: callWith() }),
    );
    expect(textOf(slot, '.trouble')).toBe('Connection lost. Your call is still up; reconnecting.');
  });

  it('offers to check again when the phone itself could not place the call', async () => {
    const call = callWith({ state: 'ended', answeredAtMs: undefined, error: 'microphoneBlocked' });
    const slot = await mountSlot(snapshotWith({ phoneState: 'notReady', error: 'microphoneBlocked', call }));
    const panel = find<HTMLElement & { name: string; retryLabel: string }>(slot, 'c-error-panel');
    expect([panel.name, panel.retryLabel]).toEqual(['microphoneBlocked', 'Check again']);
    expect(findAll(slot, '.person')).toHaveLength(0);
  });

  it('lets the rep check again when the phone is not ready', async () => {
    const slot = await mountSlot(snapshotWith({ phoneState: 'notReady', error: 'microphoneBlocked' }));
    const retries = detailsOf(slot, 'retry');
    const panel = find<HTMLElement & { name: string }>(slot, 'c-error-panel');
    expect(panel.name).toBe('microphoneBlocked');
    find(panel, 'button').click();
    expect(retries).toHaveLength(1);
  });

  it.each<[string, Partial<PhoneCall>, Partial<PhoneSnapshot>, string]>([
    ['a poor line', { quality: { ...fourLosing } }, {}, 'Poor line: 6 % loss. Try a cable.'],
    [
      'a slow line',
      { quality: { ...fourLosing, rttMs: 450, warnings: ['highRtt'] } },
      {},
      'Slow line: 450 ms delay. Leave short pauses.',
    ],
    [
      'no sound',
      { quality: { ...fourLosing, warnings: ['silence'] } },
      {},
      'No sound arrives. Check the speaker, and ask if you are heard.',
    ],
    ['a hold refused', { holdRefused: true }, {}, 'Could not hold. You are still talking.'],
    [
      'a transfer refused',
      { transfer: 'refused', refusal: 'transferRefused' },
      {},
      'Could not transfer. You are still connected. Check the number. (SC-608)',
    ],
    [
      'a conference refused',
      { refusal: 'conferenceRefused' },
      {},
      'Could not join the calls. Both calls are still up; one is on hold. (SC-609)',
    ],
    ['a rejoin', { isRejoining: true }, {}, 'The other side is held until you are back.'],
    [
      'a lost headset',
      {},
      { audio: { ...snapshotWith().audio, replaced: { lost: 'Jabra', used: 'Laptop' } } },
      'Jabra was unplugged. Now in use: Laptop.',
    ],
  ])('says what is wrong in one sentence: %s', async (_name, changes, around, words) => {
    const slot = await mountSlot(snapshotWith({ call: callWith(changes), ...around }));
    expect(textOf(slot, '.trouble')).toBe(words);
  });

  it('says that the line is good', async () => {
    const quality = { mos: 4.3, rttMs: 40, jitterMs: 3, lossPercent: 0, warnings: [] };
    const slot = await mountSlot(snapshotWith({ call: callWith({ quality }) }));
    expect(textOf(slot, '.words')).toBe('2:14 Talking · good line');
    // The compiler drops a space between two elements that stand on lines of their own.
    expect(slot.shadowRoot?.querySelector('.words')?.textContent).toBe('2:14 Talking · good line');
  });

  it('says that the sound is in another tab, with and without a call', async () => {
    const idle = await mountSlot(snapshotWith({ runsElsewhere: true }));
    expect(textOf(idle, '.elsewhere')).toContain('You can use it from here');
    const inCall = await mountSlot(snapshotWith({ runsElsewhere: true, call: callWith() }));
    expect(textOf(inCall, '.elsewhere')).toBe('The sound is in another tab.');
  });

  it('shows a ring in place of a call, and passes on what the rep does', async () => {
    const slot = await mountSlot(snapshotWith({ call: inboundCall() }));
    const answers = detailsOf(slot, 'answer');
    const rejects = detailsOf(slot, 'reject');
    const incoming = find(slot, 'c-incoming-call');
    expect(textOf(incoming)).toBe('Leo Sand, Brightwater +1 303 555 0113 Calling you Answer Reject');
    find(incoming, '.answer').click();
    find(incoming, '.reject').click();
    expect([answers, rejects]).toEqual([[{ callId: 'call-9' }], [{ callId: 'call-9' }]]);
  });

  it('keeps the call in sight while another rings: hold and answer, or reject', async () => {
    const slot = await mountSlot(snapshotWith({ call: callWith(), otherCalls: [inboundCall()] }));
    expect(textOf(slot, '.person')).toBe('Ana Ruiz, Acme Ltd');
    expect(textOf(find(slot, 'c-incoming-call'))).toBe(
      'Leo Sand, Brightwater is calling Hold and answer Reject',
    );
  });

  it('rings over a call that could not be placed: that has been read', async () => {
    const refused = callWith({ state: 'ended', answeredAtMs: undefined, error: 'doNotCall' });
    const slot = await mountSlot(snapshotWith({ call: refused, otherCalls: [inboundCall()] }));
    expect(textOf(find(slot, 'c-incoming-call'))).toContain('Calling you');
  });

  it('asks whose call it is during the call too, and hands the choice on', async () => {
    const call = inboundCall({
      state: 'talking',
      request: { requestId: 'r', number: '+1 303 555 0113' },
      matchedRecordIds: ['003A', '003B'],
    });
    const slot = await mountSlot(snapshotWith({ call }));
    const choices = detailsOf(slot, 'choose');
    const select = find(find(slot, 'c-caller-choice'), 'c-select-field');
    expect(findAll(select, 'option').map((option) => option.textContent)).toEqual([
      '2 people have this number',
      'Ana Ruiz, Acme Ltd',
      'Leo Sand, Brightwater',
      'None of these',
    ]);
    select.dispatchEvent(new CustomEvent('pick', { detail: { value: '003B' } }));
    select.dispatchEvent(new CustomEvent('pick', { detail: { value: 'none' } }));
    expect(choices).toEqual([
      { callId: 'call-9', person: LEO },
      { callId: 'call-9', person: undefined },
    ]);
  });

  it('lists the call on hold, to switch to it or to join both', async () => {
    const held = callWith({ callId: 'call-2', state: 'held', request: { ...ANA, recordName: 'Leo Sand' } });
    const slot = await mountSlot(snapshotWith({ call: callWith(), otherCalls: [held] }));
    const [switches, joins] = [detailsOf(slot, 'switchto'), detailsOf(slot, 'join')];
    const others = find(slot, 'c-other-calls');
    expect(textOf(others)).toBe('Leo Sand On hold 2:14 Join Switch');
    find(others, '.switch').click();
    find(others, '.join').click();
    expect([switches, joins.length]).toEqual([[{ callId: 'call-2' }], 1]);
  });

  it('shows a conference as such, with nothing left to join', async () => {
    const held = callWith({ callId: 'call-2', state: 'held', isInConference: true });
    const slot = await mountSlot(
      snapshotWith({ call: callWith({ isInConference: true }), otherCalls: [held] }),
    );
    expect(textOf(slot, '.words')).toBe('2:14 Talking, conference');
    expect(textOf(find(slot, 'c-other-calls'))).toBe('Ana Ruiz In conference');
  });

  it('completes a transfer once the colleague has answered, or cancels it', async () => {
    const waiting = callWith({ state: 'held', transfer: 'consulting' });
    const asked = (state: PhoneCall['state']) =>
      callWith({
        callId: 'call-3',
        request: { requestId: 'r', number: '201', recordName: 'Tomas Okafor' },
        state,
        consultsFor: 'call-1',
      });
    const slot = await mountSlot(snapshotWith({ call: asked('ringing'), otherCalls: [waiting] }));
    const [completes, cancels] = [detailsOf(slot, 'complete'), detailsOf(slot, 'cancel')];
    expect(textOf(slot, '.words')).toContain('Ringing… · about Ana Ruiz');
    find(find(slot, 'c-other-calls'), '.complete').click();
    expect(completes).toHaveLength(0);
    Object.assign(slot, { snapshot: snapshotWith({ call: asked('talking'), otherCalls: [waiting] }) });
    await rendered();
    find(find(slot, 'c-other-calls'), '.complete').click();
    find(find(slot, 'c-other-calls'), '.cancel').click();
    expect([completes.length, cancels.length]).toEqual([1, 1]);
  });

  it('is accessible in a call beside which another rings', async () => {
    const host = await mountSlot(snapshotWith({ call: callWith(), otherCalls: [inboundCall()] }));
    await expect(inRealTime(host)).toBeAccessible();
  });
});

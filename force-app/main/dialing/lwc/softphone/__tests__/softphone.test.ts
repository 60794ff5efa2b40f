import { open, updateUtility } from 'lightning/platformUtilityBarApi';
import { OUTCOMES } from 'c/callContract';
import type readSettings from '@salesforce/apex/ScorelineSettings.read';
import { find, findAll, rendered, textOf, unmountAll } from '../../../../../test/jest-support/components.ts';
import { ANA, callWith, snapshotWith } from '../../../../../test/jest-support/phone.ts';
import {
  alert,
  askToDial,
  call,
  mountPhone,
  panelOf,
  part,
  phone,
  settings,
  shortcut,
  stateWords,
  status,
  told,
  useScriptedPhone,
} from '../../../../../test/jest-support/softphonePanel.ts';

jest.mock('@salesforce/apex/ScorelineSettings.read', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

const ended = callWith({ state: 'ended', endedAtMs: Date.now() });

useScriptedPhone();

// These come first: once the phone runs, the page keeps it.
describe('c-softphone before the phone runs', () => {
  it('says what to do when the org is not set up, and never that it is ready', async () => {
    settings.mockResolvedValue({ relayUrl: '', outcomes: [] });
    const softphone = await mountPhone();
    expect(stateWords(softphone)).toBe('Not ready');
    expect(find<HTMLElement & { name: string }>(panelOf(softphone), 'c-error-panel').name).toBe(
      'phoneNotSetUp',
    );
    expect(alert(softphone)).toBe('The phone could not be loaded.');
  });

  it('keeps an early dial, answers it at once, and dials the newest when the phone is there', async () => {
    let giveSettings: ((given: Awaited<ReturnType<typeof readSettings>>) => void) | undefined;
    settings.mockReturnValue(new Promise((resolve) => (giveSettings = resolve)));
    const softphone = await mountPhone();
    askToDial({ ...ANA, requestId: 'request-0' });
    askToDial();
    expect(told()).toEqual([
      { kind: 'dialAnswered', requestId: 'request-0', answer: 'waiting' },
      { kind: 'dialAnswered', requestId: 'request-1', answer: 'waiting' },
    ]);
    await rendered();
    expect(textOf(part(softphone, 'c-call-slot'))).toContain('calling Ana Ruiz in a moment');
    giveSettings?.({ relayUrl: 'https://relay.example.com', outcomes: OUTCOMES });
    await rendered();
    expect(phone.dial.mock.calls).toEqual([[ANA]]);
    expect(told().at(-1)).toEqual({ kind: 'dialAnswered', requestId: 'request-1', answer: 'dialing' });
  });
});

describe('c-softphone', () => {
  it.each([
    ['starting', 'Starting'],
    ['ready', 'Ready'],
    ['reconnecting', 'Reconnecting'],
    ['notReady', 'Not ready'],
  ] as const)('says how the phone is: %s', async (phoneState, words) => {
    phone.snapshot = snapshotWith({ phoneState });
    expect(stateWords(await mountPhone())).toBe(words);
  });

  it('has its live regions before they are filled', async () => {
    const softphone = await mountPhone();
    expect([status(softphone), alert(softphone)]).toEqual(['', '']);
    expect(findAll(softphone, '[role="status"], [role="alert"]')).toHaveLength(2);
  });

  it('answers a dial request with what the phone says', async () => {
    await mountPhone();
    phone.dialAnswer = 'refusedOutcomeMissing';
    askToDial();
    expect(told()).toEqual([
      { kind: 'dialAnswered', requestId: 'request-1', answer: 'refusedOutcomeMissing' },
    ]);
  });

  it('tells the page each state of the call, announces it and opens without taking the focus', async () => {
    const softphone = await mountPhone();
    call({ state: 'dialing' });
    await rendered();
    expect(status(softphone)).toBe('Calling Ana Ruiz, mobile');
    call();
    await rendered();
    expect(status(softphone)).toBe('Connected');
    expect(told().map((message) => 'state' in message && message.state)).toEqual(['dialing', 'talking']);
    expect(open).toHaveBeenCalledWith('utility-1', { autoFocus: false });
    expect(open).toHaveBeenCalledTimes(1);
    expect(updateUtility).toHaveBeenLastCalledWith('utility-1', {
      label: 'Talking: Ana Ruiz',
      highlighted: true,
    });
  });

  it('opens for the outcome that a call of an earlier page still owes', async () => {
    await mountPhone();
    call({ state: 'ended', endedAtMs: Date.now() });
    await rendered();
    expect(open).toHaveBeenCalledWith('utility-1', { autoFocus: false });
  });

  it('does not repeat itself for a meter', async () => {
    await mountPhone();
    call();
    const before = told().length;
    phone.become({ ...phone.snapshot, inputLevel: 0.7 });
    expect(told()).toHaveLength(before);
  });

  it('mutes, holds and hangs up by shortcut, during a call only', async () => {
    await mountPhone();
    shortcut('E');
    expect(phone.hangUp).not.toHaveBeenCalled();
    call();
    await rendered();
    shortcut('M');
    shortcut('H');
    shortcut('E');
    expect(phone.hangUp).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    shortcut('E');
    expect(phone.setMuted).toHaveBeenCalledWith(true);
    expect(phone.setHeld).toHaveBeenCalledWith(true);
    expect(phone.hangUp).toHaveBeenCalledTimes(1);
  });

  it('brings the keypad and the focus to it when asked during a call, and sends its digits', async () => {
    const softphone = await mountPhone();
    call();
    await rendered();
    find(part(softphone, 'c-phone-tabs'), '[data-tab="recent"]').click();
    await rendered();
    find(part(softphone, 'c-call-controls'), '.keypad').click();
    await rendered();
    expect(find(part(softphone, 'c-dial-pad'), '.key').ownerDocument.activeElement).not.toBe(document.body);
    expect(part(softphone, 'c-phone-tabs').shadowRoot?.activeElement).toBe(part(softphone, 'c-dial-pad'));
    part(softphone, 'c-dial-pad').dispatchEvent(new CustomEvent('digit', { detail: { digit: '5' } }));
    expect(phone.sendDigit).toHaveBeenCalledWith('5');
  });

  it('dials a typed number and says why not', async () => {
    const softphone = await mountPhone();
    phone.dialAnswer = 'waiting';
    part(softphone, 'c-dial-pad').dispatchEvent(
      new CustomEvent('dial', { detail: { number: '+13035550142' } }),
    );
    await rendered();
    expect(phone.dial).toHaveBeenCalledWith(expect.objectContaining({ number: '+13035550142' }));
    expect(status(softphone)).toBe('The phone is starting; calling in a moment.');
  });

  it('asks for the outcome after a call, and takes the focus only if the panel had it', async () => {
    const softphone = await mountPhone();
    call();
    await rendered();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    expect(findAll(panelOf(softphone), 'c-call-controls')).toHaveLength(0);
    expect(softphone.shadowRoot.activeElement).toBeNull();
    expect(status(softphone)).toBe('Call ended, 2 minutes');

    call({ callId: 'call-2' });
    await rendered();
    find(part(softphone, 'c-call-controls'), '.hang-up').focus();
    phone.become(snapshotWith({ call: { ...ended, callId: 'call-2' } }));
    await rendered();
    expect(panelOf(softphone).shadowRoot.activeElement).toBe(part(softphone, 'c-wrap-up'));
  });

  it('says how the phone is beside the outcome only when it is not ready', async () => {
    phone.snapshot = snapshotWith({ call: ended });
    const softphone = await mountPhone();
    expect(findAll(panelOf(softphone), 'c-phone-head')).toHaveLength(0);
    phone.become(snapshotWith({ phoneState: 'reconnecting', call: ended }));
    await rendered();
    expect(stateWords(softphone)).toBe('Reconnecting');
  });

  it('marks the meter as the microphone, during a call only', async () => {
    const softphone = await mountPhone();
    const marks = () =>
      findAll(find(panelOf(softphone), 'c-phone-head'), 'c-level-meter').map(
        (meter) => find<HTMLElement & { iconName: string }>(meter, '.icon').iconName,
      );
    expect(marks()).toEqual([]);
    call();
    await rendered();
    expect(marks()).toEqual(['utility:unmuted']);
    call({ muted: true });
    await rendered();
    expect(marks()).toEqual(['utility:muted']);
  });

  it('needs no outcome for a call that could not be placed', async () => {
    const softphone = await mountPhone();
    call({ state: 'requesting', answeredAtMs: undefined });
    call({ state: 'ended', answeredAtMs: undefined, error: 'doNotCall' });
    await rendered();
    expect(findAll(panelOf(softphone), 'c-wrap-up')).toHaveLength(0);
    expect(alert(softphone)).toBe(
      'Not called: This person asked not to be called. Choose another way to reach them. (SC-306)',
    );
  });

  it('lets a call go before it draws it, for less than a blink', async () => {
    const softphone = await mountPhone();
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    try {
      call({ state: 'requesting', answeredAtMs: undefined });
      await Promise.resolve();
      expect(stateWords(softphone)).toBe('Ready');
      jest.advanceTimersByTime(80);
      await Promise.resolve();
      expect(textOf(part(softphone, 'c-call-slot'))).toContain('Dialing…');
      call({ callId: 'call-2', state: 'requesting', answeredAtMs: undefined });
      call({ callId: 'call-2', state: 'ringing', answeredAtMs: undefined });
      await Promise.resolve();
      expect(textOf(part(softphone, 'c-call-slot'))).toContain('Ringing');
    } finally {
      jest.useRealTimers();
    }
  });

  it('saves the outcome, then says where it is and tells the page its position', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    const choice = { outcome: 'meeting', note: 'Tuesday' };
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('save', { detail: choice }));
    expect(phone.saveOutcome).toHaveBeenCalledWith(choice);
    const saved = { callId: 'call-1', recordId: '003A', savedAtMs: Date.now() };
    const away = { phoneState: 'reconnecting', error: 'relayUnreachable' } as const;
    phone.become(snapshotWith({ ...away, lastSaved: { ...saved, place: 'outbox' } }));
    await rendered();
    expect(textOf(part(softphone, 'c-call-slot'), '.saved')).toBe(
      'Saved on this computer. Salesforce gets it when you are back online.',
    );
    expect(told().filter(({ kind }) => kind === 'callSaved')).toHaveLength(0);
    phone.become(snapshotWith({ lastSaved: { ...saved, place: 'relay', position: 7 } }));
    await rendered();
    expect(textOf(part(softphone, 'c-call-slot'), '.saved')).toMatch(/^Saved \d/u);
    expect(told().filter(({ kind }) => kind === 'callSaved')).toEqual([
      { kind: 'callSaved', callId: 'call-1', recordId: '003A', position: 7 },
    ]);
  });

  it('says that an earlier page’s calls still wait here, while they can’t be sent', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ phoneState: 'notReady', error: 'relayUnreachable', unsent: 2 }));
    await rendered();
    const slot = part(softphone, 'c-call-slot');
    expect(textOf(slot, '.saved')).toBe('Finished calls are kept here and sent when you are back.');
    phone.become(snapshotWith({ unsent: 2 }));
    await rendered();
    expect(findAll(slot, '.saved')).toEqual([]);
  });

  it('tells the page that the rep wants to go on to the next person', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('next', { detail: { call: ended } }));
    const { callId, request } = ended;
    expect(told().at(-1)).toEqual({ kind: 'nextWanted', callId, recordId: request.recordId });
  });

  it('keeps the form and says so when the outcome could not be kept', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    phone.saveOutcome.mockRejectedValueOnce(new Error('quota'));
    part(softphone, 'c-wrap-up').dispatchEvent(
      new CustomEvent('save', { detail: { outcome: 'busy', note: '' } }),
    );
    await rendered();
    expect(alert(softphone)).toContain('What you entered stays here');
    expect(findAll(panelOf(softphone), 'c-wrap-up')).toHaveLength(1);
  });

  it('says that an outcome was refused, and why, and not that it is on its way', async () => {
    const softphone = await mountPhone();
    const saved = {
      callId: 'call-1',
      savedAtMs: Date.now(),
      place: 'outbox',
      refusal: 'callNotFound',
    } as const;
    phone.become(snapshotWith({ lastSaved: saved }));
    await rendered();
    expect(textOf(part(softphone, 'c-call-slot'), '.saved')).toMatch(/^Outcome not logged: .+ \(SC-\d+\)$/u);
  });

  it('keeps an unsaved note when the panel is rebuilt', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('draft', { detail: { note: 'half a note' } }));
    unmountAll();
    const rebuilt = await mountPhone();
    expect(find<HTMLElement & { draft: object }>(panelOf(rebuilt), 'c-wrap-up').draft).toEqual({
      note: 'half a note',
    });
  });

  it('lets the phone check again', async () => {
    phone.snapshot = snapshotWith({ phoneState: 'notReady', error: 'relayUnreachable' });
    const softphone = await mountPhone();
    part(softphone, 'c-call-slot').dispatchEvent(new CustomEvent('retry'));
    expect(phone.checkAgain).toHaveBeenCalledTimes(1);
  });

  it('leaves phone and page alone once it is gone', async () => {
    await mountPhone();
    unmountAll();
    askToDial();
    call();
    shortcut('M');
    expect(phone.dial).not.toHaveBeenCalled();
    expect(phone.setMuted).not.toHaveBeenCalled();
    expect(told()).toHaveLength(0);
  });
});

import { publish } from 'lightning/messageService';
import type { PageMessages } from 'lightning/messageService';
import { graphql } from 'lightning/graphql';
import { EnclosingUtilityId, getAllUtilityInfo, open, updateUtility } from 'lightning/platformUtilityBarApi';
import readSettings from '@salesforce/apex/ScorelineSettings.read';
import Softphone from 'c/softphone';
import { OUTCOMES } from 'c/callContract';
import type { CallMessage, PhoneCall } from 'c/callContract';
import {
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { navigated } from '../../../../../test/jest-mocks/lightning/navigation.ts';
import {
  ANA,
  callWith,
  inboundCall,
  LEO,
  ScriptedPhone,
  snapshotWith,
} from '../../../../../test/jest-support/phone.ts';

jest.mock('@salesforce/apex/ScorelineSettings.read', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

type Host = { readonly shadowRoot: ShadowRoot };

const settings = jest.mocked(readSettings);
const published = jest.mocked(publish);
const phone = new ScriptedPhone();
const ended = callWith({ state: 'ended', endedAtMs: Date.now() });

function told(): CallMessage[] {
  return published.mock.calls
    .filter(([, channel]) => String(channel) === 'Scoreline_Call__c')
    .map(([, , message]) => message as CallMessage);
}

function askToDial(request = ANA): void {
  publish({} as PageMessages, 'Scoreline_Dial__c' as never, request);
}

async function mountPhone() {
  const softphone = await mount('c-softphone', Softphone, {});
  emit(EnclosingUtilityId, 'utility-1');
  await rendered();
  return softphone;
}

function call(changes: Partial<PhoneCall> = {}): void {
  phone.become(snapshotWith({ call: callWith(changes) }));
}

/** Leo's call before the org has said who that is. */
function unnamed(): PhoneCall {
  return inboundCall({ request: { requestId: 'call-9', number: '+1 303 555 0113', recordId: '003B' } });
}

/** The org's answer with the names of those who call. */
function giveNames(): void {
  const contact = (id: string, name: string, company: string) => ({
    node: { Id: id, Name: { value: name }, Account: { Name: { value: company } } },
  });
  const edges = [contact('003A', 'Ana Ruiz', 'Acme Ltd'), contact('003B', 'Leo Sand', 'Brightwater')];
  emit(graphql, { data: { uiapi: { query: { Contact: { edges } } } } });
}

function shortcut(key: string): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey: true }));
}

const panelOf = (softphone: Host) => find<HTMLElement & Host>(softphone, 'c-phone-panel');

/** A part of the screen; the pad is one deeper, beside the last calls. */
function part(softphone: Host, name: string): HTMLElement {
  return name === 'c-dial-pad'
    ? find(find(panelOf(softphone), 'c-phone-tabs'), name)
    : find(panelOf(softphone), name);
}

const stateWords = (softphone: Host) => textOf(find(panelOf(softphone), 'c-phone-head'), '.phone-state');
const status = (host: Host) => textOf(host, '[role="status"]');
const alert = (host: Host) => textOf(host, '[role="alert"]');

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
  jest.clearAllMocks();
  // jsdom lacks it.
  Element.prototype.scrollIntoView = jest.fn();
  phone.dialAnswer = 'dialing';
  phone.snapshot = snapshotWith();
  settings.mockResolvedValue({ relayUrl: 'https://relay.example.com', outcomes: OUTCOMES });
  Object.assign(globalThis, { ScorelineSoftphone: { startPhone: () => phone } });
});
afterEach(() => {
  unmountAll();
  jest.useRealTimers();
});

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

  it('saves the outcome, then says where it is and tells the page its position', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    const choice = { outcome: 'meeting', note: 'Tuesday' };
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('save', { detail: choice }));
    expect(phone.saveOutcome).toHaveBeenCalledWith(choice);
    const saved = { callId: 'call-1', recordId: '003A', savedAtMs: Date.now() };
    phone.become(snapshotWith({ phoneState: 'reconnecting', lastSaved: { ...saved, place: 'outbox' } }));
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

  it('says once who rings, as soon as the name is known, and names the bar’s button', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: unnamed() }));
    await rendered();
    expect(alert(softphone)).toBe('');
    giveNames();
    await rendered();
    expect(alert(softphone)).toBe('Leo Sand, Brightwater, is calling');
    expect(updateUtility).toHaveBeenLastCalledWith('utility-1', {
      label: 'Ringing: Leo Sand',
      highlighted: true,
    });
  });

  it('does not wait for a name that never comes', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: unnamed() }));
    jest.advanceTimersByTime(1_500);
    await rendered();
    expect(alert(softphone)).toBe('+1 303 555 0113 is calling');
  });

  it('opens for a ring without taking the focus, but not over another utility: then it says so', async () => {
    const softphone = await mountPhone();
    const toasts: unknown[] = [];
    softphone.addEventListener('lightning__showtoast', (event) => toasts.push(event));
    phone.become(snapshotWith({ call: inboundCall() }));
    await rendered();
    expect(open).toHaveBeenCalledWith('utility-1', { autoFocus: false });
    expect(softphone.shadowRoot.activeElement).toBeNull();
    jest.mocked(open).mockClear();
    jest.mocked(getAllUtilityInfo).mockResolvedValueOnce([{ id: 'utility-2', utilityVisible: true }]);
    phone.become(snapshotWith({ call: inboundCall({ callId: 'call-10' }) }));
    await rendered();
    expect([jest.mocked(open).mock.calls.length, toasts.length]).toEqual([0, 1]);
  });

  it('answers and rejects by shortcut, and shows the record of the call answered here, once', async () => {
    await mountPhone();
    giveNames();
    phone.become(snapshotWith({ call: inboundCall() }));
    await rendered();
    shortcut('X');
    expect(phone.reject).toHaveBeenCalledWith('call-9');
    shortcut('A');
    expect(phone.answer).toHaveBeenCalledWith('call-9');
    expect(navigated).not.toHaveBeenCalled();
    phone.become(snapshotWith({ call: inboundCall({ state: 'talking' }) }));
    phone.become(snapshotWith({ call: inboundCall({ state: 'held' }) }));
    expect(navigated.mock.calls).toEqual([
      [
        {
          type: 'standard__recordPage',
          attributes: { recordId: '003B', objectApiName: 'Contact', actionName: 'view' },
        },
      ],
    ]);
  });

  it('shows no record of a call that was answered in another tab', async () => {
    await mountPhone();
    phone.become(snapshotWith({ call: inboundCall() }));
    phone.become(snapshotWith({ call: inboundCall({ state: 'talking' }) }));
    expect(navigated).not.toHaveBeenCalled();
  });

  it('asks whose call it is among several, and shows the record once it is chosen', async () => {
    const softphone = await mountPhone();
    const request = { requestId: 'call-9', number: '+1 303 555 0113' };
    const several = { request, matchedRecordIds: ['003A', '003B'] };
    phone.become(snapshotWith({ call: inboundCall(several) }));
    giveNames();
    await rendered();
    shortcut('A');
    phone.become(snapshotWith({ call: inboundCall({ ...several, state: 'talking' }) }));
    await rendered();
    part(softphone, 'c-call-slot').dispatchEvent(
      new CustomEvent('choose', { detail: { callId: 'call-9', person: LEO } }),
    );
    expect(phone.chooseRecord).toHaveBeenCalledWith('call-9', { recordId: '003B', recordName: 'Leo Sand' });
    phone.become(snapshotWith({ call: inboundCall({ state: 'talking' }) }));
    expect(navigated).toHaveBeenCalledTimes(1);
  });

  it('leaves the keys alone once they are switched off, and remembers that on this computer', async () => {
    const softphone = await mountPhone();
    find(find(panelOf(softphone), 'c-phone-head'), '.devices').click();
    await rendered();
    part(softphone, 'c-device-panel').dispatchEvent(
      new CustomEvent('shortcuts', { detail: { areOn: false } }),
    );
    call();
    await rendered();
    shortcut('M');
    expect(phone.setMuted).not.toHaveBeenCalled();
    unmountAll();
    const rebuilt = await mountPhone();
    expect(findAll(part(rebuilt, 'c-call-controls'), '[aria-keyshortcuts]')).toHaveLength(0);
    localStorage.clear();
  });

  it('gives the focus to a panel that opens, and back to its button by Escape, which ends no call', async () => {
    const softphone = await mountPhone();
    call();
    await rendered();
    find(part(softphone, 'c-call-controls'), '.transfer').click();
    await rendered();
    find(part(softphone, 'c-transfer-panel'), '.target').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
    );
    await rendered();
    const controls = part(softphone, 'c-call-controls');
    expect(controls.shadowRoot?.activeElement).toBe(find(controls, '.transfer'));

    find(part(softphone, 'c-phone-head'), '.devices').click();
    await rendered();
    const devices = part(softphone, 'c-device-panel');
    expect(panelOf(softphone).shadowRoot.activeElement).toBe(devices);
    find(devices, '.panel').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await rendered();
    expect(panelOf(softphone).shadowRoot.activeElement).toBe(part(softphone, 'c-phone-head'));
    expect(phone.hangUp).not.toHaveBeenCalled();
  });

  it('hands over, asks a colleague first, or adds a call', async () => {
    const softphone = await mountPhone();
    call();
    await rendered();
    const target = { number: '201', name: 'Tomas Okafor' };
    for (const [button, wish] of [
      ['transfer', 'transfer'],
      ['transfer', 'consult'],
      ['add', 'addcall'],
    ] as const) {
      find(part(softphone, 'c-call-controls'), `.${button}`).click();
      await rendered();
      part(softphone, 'c-transfer-panel').dispatchEvent(new CustomEvent(wish, { detail: target }));
      await rendered();
      expect(findAll(panelOf(softphone), 'c-transfer-panel')).toHaveLength(0);
    }
    expect(phone.transfer).toHaveBeenCalledWith('201');
    const request = expect.objectContaining({ number: '201', recordName: 'Tomas Okafor' }) as unknown;
    expect(phone.addCall.mock.calls).toEqual([
      [request, 'consultation'],
      [request, 'call'],
    ]);
  });

  it('passes on what the rep does with two calls', async () => {
    const softphone = await mountPhone();
    call();
    await rendered();
    const slot = part(softphone, 'c-call-slot');
    slot.dispatchEvent(new CustomEvent('switchto', { detail: { callId: 'call-2' } }));
    for (const wish of ['join', 'complete', 'cancel']) slot.dispatchEvent(new CustomEvent(wish));
    expect(phone.switchTo).toHaveBeenCalledWith('call-2');
    for (const method of [phone.startConference, phone.completeTransfer, phone.cancelConsultation])
      expect(method).toHaveBeenCalledTimes(1);
  });

  it('keeps the form while another call rings, and each call its own', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended, otherCalls: [inboundCall()] }));
    await rendered();
    find(part(softphone, 'c-incoming-call'), '.reject').click();
    expect(phone.reject).toHaveBeenCalledWith('call-9');
    const first = part(softphone, 'c-wrap-up');
    phone.become(snapshotWith({ call: { ...ended, callId: 'call-2' } }));
    await rendered();
    expect(part(softphone, 'c-wrap-up')).not.toBe(first);
  });

  it('reads the last calls and counts the missed as seen when they are looked at', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ missedUnseen: 2 }));
    await rendered();
    const recentTab = find(part(softphone, 'c-phone-tabs'), '[data-tab="recent"]');
    expect(recentTab.textContent).toBe('Recent2 missed');
    recentTab.click();
    expect(phone.refreshRecent).toHaveBeenCalledTimes(1);
    expect(phone.markMissedSeen).toHaveBeenCalledTimes(1);
  });

  it('plays a message by its address, and says why where there is none', async () => {
    const softphone = await mountPhone();
    const tabs = part(softphone, 'c-phone-tabs') as HTMLElement & { voicemail?: object };
    tabs.dispatchEvent(new CustomEvent('play', { detail: { callId: 'call-5' } }));
    await rendered();
    expect(tabs.voicemail).toEqual({ callId: 'call-5', url: 'https://switch.example/call-5' });
    phone.voicemailUrl.mockRejectedValueOnce(new Error('voicemailUnavailable'));
    tabs.dispatchEvent(new CustomEvent('play', { detail: { callId: 'call-5' } }));
    await rendered();
    expect(alert(softphone)).toBe(
      'This message can’t be played now. It is kept with the phone service. Try again.',
    );
  });
});

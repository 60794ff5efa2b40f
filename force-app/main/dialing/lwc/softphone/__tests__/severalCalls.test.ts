import { getAllUtilityInfo, open, updateUtility } from 'lightning/platformUtilityBarApi';
import { find, findAll, rendered, unmountAll } from '../../../../../test/jest-support/components.ts';
import { navigated } from '../../../../../test/jest-mocks/lightning/navigation.ts';
import { callWith, inboundCall, LEO, snapshotWith } from '../../../../../test/jest-support/phone.ts';
import {
  alert,
  call,
  giveNames,
  mountPhone,
  panelOf,
  part,
  phone,
  shortcut,
  unnamed,
  useScriptedPhone,
} from '../../../../../test/jest-support/softphonePanel.ts';

jest.mock('@salesforce/apex/ScorelineSettings.read', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

const ended = callWith({ state: 'ended', endedAtMs: Date.now() });

useScriptedPhone();

describe('c-softphone with several calls', () => {
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
    const wish = async (button: 'transfer' | 'add', type: 'transfer' | 'consult' | 'addcall') => {
      find(part(softphone, 'c-call-controls'), `.${button}`).click();
      await rendered();
      part(softphone, 'c-transfer-panel').dispatchEvent(new CustomEvent(type, { detail: target }));
      await rendered();
      expect(findAll(panelOf(softphone), 'c-transfer-panel')).toHaveLength(0);
    };
    await wish('transfer', 'transfer');
    await wish('transfer', 'consult');
    await wish('add', 'addcall');
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

import type { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import createToken from '@salesforce/apex/RelaySession.createToken';
import talkMeterUrl from '@salesforce/resourceUrl/scorelineTalkMeter';
import readSettings from '@salesforce/apex/ScorelineSettings.read';
import { draftOf, forgetDraft, keepDraft, PhoneNotSetUp, startPhone } from 'c/phoneBridge';
import { OUTCOMES } from 'c/callContract';
import type { PhoneOptions } from 'c/callContract';
import { ScriptedPhone } from '../../../../../test/jest-support/phone.ts';

jest.mock('@salesforce/apex/ScorelineSettings.read', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});
jest.mock('@salesforce/apex/RelaySession.createToken', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

const component = {} as LightningElement;
const phone = new ScriptedPhone();
const startEngine = jest.fn<ScriptedPhone, [PhoneOptions]>(() => phone);
const unknownOutcome = { code: 'charmed', label: 'Charmed', meaning: 'conversation', key: '9' };

describe('c/phoneBridge', () => {
  it('rejects when the org is not set up, and may be tried again', async () => {
    Object.assign(globalThis, { ScorelineSoftphone: { startPhone: startEngine } });
    jest.mocked(readSettings).mockResolvedValueOnce({ outcomes: [] });
    await expect(startPhone(component)).rejects.toBeInstanceOf(PhoneNotSetUp);
    jest.mocked(loadScript).mockRejectedValueOnce(new Error('offline'));
    jest.mocked(readSettings).mockResolvedValue({
      relayUrl: 'https://relay.example.com',
      outcomes: [...OUTCOMES, unknownOutcome],
      isOutcomeOptional: true,
    });
    await expect(startPhone(component)).rejects.toThrow('offline');
    expect(startEngine).not.toHaveBeenCalled();
  });

  it('starts one phone for the page, with the org’s tokens and the outcomes the relay knows', async () => {
    jest.mocked(createToken).mockResolvedValue('a.signed.token');
    const [first, second] = await Promise.all([startPhone(component), startPhone(component)]);
    expect([first.phone, second.phone]).toEqual([phone, phone]);
    expect(startEngine).toHaveBeenCalledTimes(1);
    expect(first.outcomes).toEqual(OUTCOMES);
    const [options] = startEngine.mock.calls[0] ?? [];
    expect(options?.relayUrl).toBe('https://relay.example.com');
    expect(options?.talkMeterUrl).toBe(talkMeterUrl);
    expect([first.isOutcomeOptional, options?.isOutcomeOptional]).toEqual([true, true]);
    await expect(options?.fetchOrgToken()).resolves.toBe('a.signed.token');
  });

  it('rejects, without asking the org, for a user who lacks the permission', async () => {
    jest.mocked(readSettings).mockClear();
    await jest.isolateModulesAsync(async () => {
      jest.doMock('@salesforce/customPermission/Scoreline_Phone', () => ({ default: undefined }), {
        virtual: true,
      });
      const bridge = await import('c/phoneBridge');
      await expect(bridge.startPhone(component)).rejects.toBeInstanceOf(bridge.PhoneNotPermitted);
    });
    expect(readSettings).not.toHaveBeenCalled();
  });

  it('keeps the draft of each call, in the next page too, until its outcome is saved', async () => {
    keepDraft('call-1', { note: 'one', outcome: 'meeting' });
    keepDraft('call-2', { note: 'two' });
    expect([draftOf('call-1'), draftOf('call-2')]).toEqual([
      { note: 'one', outcome: 'meeting' },
      { note: 'two' },
    ]);
    await jest.isolateModulesAsync(async () => {
      const nextPage = await import('c/phoneBridge');
      expect(nextPage.draftOf('call-1')).toEqual({ note: 'one', outcome: 'meeting' });
      nextPage.forgetDraft('call-1');
      expect(nextPage.draftOf('call-1')).toBeUndefined();
    });
    forgetDraft('call-2');
    expect(window.localStorage).toHaveLength(0);
  });

  it('reads nothing that is no draft, and drops what is a week old', () => {
    window.localStorage.setItem('scoreline.draft.call-3', '{');
    window.localStorage.setItem('scoreline.draft.call-4', JSON.stringify({ outcome: 'bribed', note: 7 }));
    expect([draftOf('call-3'), draftOf('call-4')]).toEqual([undefined, {}]);
    keepDraft('call-5', { note: 'new' });
    expect(Object.keys(window.localStorage)).toEqual(['scoreline.draft.call-5']);
    forgetDraft('call-5');
  });

  it('keeps a draft for the page where the browser refuses to store', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('QuotaExceededError');
    });
    keepDraft('call-6', { note: 'kept' });
    expect(draftOf('call-6')).toEqual({ note: 'kept' });
    jest.restoreAllMocks();
  });
});

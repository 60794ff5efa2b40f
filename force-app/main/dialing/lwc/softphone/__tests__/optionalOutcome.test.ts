import { OUTCOMES } from 'c/callContract';
import { find, findAll, rendered } from '../../../../../test/jest-support/components.ts';
import { ANA, callWith, snapshotWith } from '../../../../../test/jest-support/phone.ts';
import {
  askToDial,
  mountPhone,
  panelOf,
  part,
  phone,
  settings,
  status,
  told,
  useScriptedPhone,
} from '../../../../../test/jest-support/softphonePanel.ts';

jest.mock('@salesforce/apex/ScorelineSettings.read', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});
jest.mock('@salesforce/apex/RelaySession.createToken', () => ({ __esModule: true, default: jest.fn() }), {
  virtual: true,
});

const ended = callWith({ state: 'ended', endedAtMs: Date.now(), endCause: 'completed', endedBy: 'prospect' });

describe('c-softphone where the admin makes the outcome optional', () => {
  useScriptedPhone();
  beforeEach(() => {
    settings.mockResolvedValue({
      relayUrl: 'https://relay.example.com',
      outcomes: OUTCOMES,
      isOutcomeOptional: true,
    });
  });

  it('dials on without an outcome, but not over what was entered and not saved', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    askToDial();
    expect(phone.dial).toHaveBeenCalledTimes(1);
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('draft', { detail: { note: 'half a note' } }));
    askToDial({ ...ANA, requestId: 'request-2' });
    expect(phone.dial).toHaveBeenCalledTimes(1);
    expect(told()).toContainEqual({
      kind: 'dialAnswered',
      requestId: 'request-2',
      answer: 'refusedOutcomeMissing',
    });
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('draft', { detail: { note: ' ' } }));
    askToDial({ ...ANA, requestId: 'request-3' });
    expect(phone.dial).toHaveBeenCalledTimes(2);
  });

  it('leaves the outcome out with one click, and forgets what was entered', async () => {
    const softphone = await mountPhone();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    part(softphone, 'c-wrap-up').dispatchEvent(new CustomEvent('draft', { detail: { note: 'half a note' } }));
    const button = findAll(part(softphone, 'c-wrap-up'), 'button').find(
      ({ textContent }) => textContent === 'No outcome',
    );
    button?.click();
    await rendered();
    expect(phone.leaveOutcomeOut).toHaveBeenCalledWith(ended.callId);
    expect(status(softphone)).toBe('No outcome');
    phone.become(snapshotWith());
    await rendered();
    phone.become(snapshotWith({ call: ended }));
    await rendered();
    expect(find<HTMLElement & { draft?: object }>(panelOf(softphone), 'c-wrap-up').draft).toBeUndefined();
  });
});

import { publish } from 'lightning/messageService';
import type { PageMessages } from 'lightning/messageService';
import DialButton from 'c/dialButton';
import type { CallMessage, DialMessage } from 'c/callContract';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

const ANA = { number: '+1 303 555 0142', recordId: '003A', recordName: 'Ana Ruiz', numberLabel: 'Mobile' };
const published = jest.mocked(publish);

function sentRequests(): DialMessage[] {
  return published.mock.calls
    .filter(([, channel]) => String(channel) === 'Scoreline_Dial__c')
    .map(([, , message]) => message as DialMessage);
}

function phoneSays(message: CallMessage): void {
  publish({} as PageMessages, 'Scoreline_Call__c' as never, message);
}

function stateChanged(requestId: string, state: string): CallMessage {
  return { kind: 'callStateChanged', callId: 'call-1', requestId, state };
}

/** What the button shows, and what it is called. */
function shown(host: { readonly shadowRoot: ShadowRoot }): (string | null)[] {
  return [textOf(host, 'button'), find(host, 'button').getAttribute('aria-label')];
}

describe('c-dial-button', () => {
  beforeEach(() => {
    published.mockClear();
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('names the person and the number it calls', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    expect(find(button, 'button').getAttribute('aria-label')).toBe('Call Ana Ruiz, mobile');
  });

  it('asks the phone once, however often it is clicked', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    find(button, 'button').click();
    find(button, 'button').click();
    await rendered();
    find(button, 'button').click();
    expect(sentRequests()).toEqual([expect.objectContaining(ANA)]);
    expect(sentRequests()[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it('keeps the focus and says that it is calling', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    const progress = detailsOf(button, 'dialprogress');
    find(button, 'button').focus();
    find(button, 'button').click();
    const requestId = sentRequests()[0]?.requestId ?? '';
    phoneSays({ kind: 'dialAnswered', requestId, answer: 'dialing' });
    await rendered();
    expect(progress).toEqual([{ text: 'Calling Ana Ruiz, mobile' }]);
    expect(shown(button)).toEqual(['Calling', 'Calling Ana Ruiz, mobile']);
    expect(findAll(button, '.words')).toHaveLength(0);
    expect(button.shadowRoot.activeElement).toBe(find(button, 'button'));
    expect(find(button, 'button').getAttribute('aria-disabled')).toBe('true');
  });

  it('says that the phone is starting, then that it calls', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    find(button, 'button').click();
    const requestId = sentRequests()[0]?.requestId ?? '';
    phoneSays({ kind: 'dialAnswered', requestId, answer: 'waiting' });
    await rendered();
    expect(shown(button)).toEqual(['Call', 'Call Ana Ruiz, mobile']);
    expect(textOf(button, '.words')).toBe('The phone is starting; calling in a moment.');
    phoneSays(stateChanged(requestId, 'dialing'));
    await rendered();
    expect(shown(button)).toEqual(['Calling', 'Calling Ana Ruiz, mobile']);
    expect(findAll(button, '.words')).toHaveLength(0);
  });

  it.each([
    ['refusedInCall', 'Not called: a call is up. End it first.'],
    ['refusedOutcomeMissing', 'Not called: choose an outcome before the next call.'],
  ] as const)('says why it was refused: %s', async (answer, words) => {
    const button = await mount('c-dial-button', DialButton, ANA);
    find(button, 'button').click();
    phoneSays({ kind: 'dialAnswered', requestId: sentRequests()[0]?.requestId ?? '', answer });
    await rendered();
    expect(textOf(button, '.words')).toBe(words);
    phoneSays({ kind: 'callSaved', callId: 'call-0', position: 1 });
    await rendered();
    expect(textOf(button)).not.toContain('Not called');
  });

  it('can call again once the call has ended', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    find(button, 'button').click();
    const requestId = sentRequests()[0]?.requestId ?? '';
    phoneSays(stateChanged(requestId, 'talking'));
    await rendered();
    expect(shown(button)).toEqual(['In call', 'In call with Ana Ruiz, mobile']);
    phoneSays(stateChanged(requestId, 'ended'));
    await rendered();
    expect(shown(button)).toEqual(['Call', 'Call Ana Ruiz, mobile']);
    find(button, 'button').click();
    expect(sentRequests()).toHaveLength(2);
    expect(sentRequests()[1]?.requestId).not.toBe(requestId);
  });

  it.each([
    ['comes out from behind the panel when it has the focus', true, true, 1],
    ['stays where it is when nothing covers it', true, false, 0],
    ['stays where it is when the focus is elsewhere', false, true, 0],
  ])('%s', async (_, isFocused, isCovered, times) => {
    const button = await mount('c-dial-button', DialButton, ANA);
    const call = find(button, 'button');
    call.scrollIntoView = jest.fn();
    button.shadowRoot.elementFromPoint = () => (isCovered ? document.body : call);
    if (isFocused) call.focus();
    call.click();
    const requestId = sentRequests()[0]?.requestId ?? '';
    phoneSays({ kind: 'dialAnswered', requestId, answer: 'dialing' });
    phoneSays(stateChanged(requestId, 'ringing'));
    jest.advanceTimersByTime(20);
    expect(call.scrollIntoView).toHaveBeenCalledTimes(times);
  });

  it('does not follow the calls of other buttons', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    phoneSays(stateChanged('another-request', 'dialing'));
    await rendered();
    expect(find(button, 'button').getAttribute('aria-disabled')).toBe('false');
  });

  it('says so when no phone answers', async () => {
    const button = await mount('c-dial-button', DialButton, ANA);
    find(button, 'button').click();
    jest.advanceTimersByTime(4_000);
    await rendered();
    expect(textOf(button, '.words')).toBe(
      'Not called: there is no phone on this page. Open the Scoreline app.',
    );
  });
});

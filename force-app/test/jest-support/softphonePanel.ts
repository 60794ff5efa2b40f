import { publish } from 'lightning/messageService';
import type { PageMessages } from 'lightning/messageService';
import { graphql } from 'lightning/graphql';
import { EnclosingUtilityId } from 'lightning/platformUtilityBarApi';
import readSettings from '@salesforce/apex/ScorelineSettings.read';
import Softphone from 'c/softphone';
import { OUTCOMES } from 'c/callContract';
import type { CallMessage, PhoneCall } from 'c/callContract';
import { emit, find, mount, rendered, textOf, unmountAll } from './components.ts';
import { ANA, callWith, inboundCall, ScriptedPhone, snapshotWith } from './phone.ts';

type Host = { readonly shadowRoot: ShadowRoot };

export const settings = jest.mocked(readSettings);
const published = jest.mocked(publish);
export const phone = new ScriptedPhone();

export function told(): CallMessage[] {
  return published.mock.calls
    .filter(([, channel]) => String(channel) === 'Scoreline_Call__c')
    .map(([, , message]) => message as CallMessage);
}

export function askToDial(request = ANA): void {
  publish({} as PageMessages, 'Scoreline_Dial__c' as never, request);
}

export async function mountPhone() {
  const softphone = await mount('c-softphone', Softphone, {});
  emit(EnclosingUtilityId, 'utility-1');
  await rendered();
  return softphone;
}

export function call(changes: Partial<PhoneCall> = {}): void {
  phone.become(snapshotWith({ call: callWith(changes) }));
}

/** Leo's call before the org has said who that is. */
export function unnamed(): PhoneCall {
  return inboundCall({ request: { requestId: 'call-9', number: '+1 303 555 0113', recordId: '003B' } });
}

/** The org's answer with the names of those who call. */
export function giveNames(): void {
  const contact = (id: string, name: string, company: string) => ({
    node: { Id: id, Name: { value: name }, Account: { Name: { value: company } } },
  });
  const edges = [contact('003A', 'Ana Ruiz', 'Acme Ltd'), contact('003B', 'Leo Sand', 'Brightwater')];
  emit(graphql, { data: { uiapi: { query: { Contact: { edges } } } } });
}

export function shortcut(key: string): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey: true }));
}

export const panelOf = (softphone: Host) => find<HTMLElement & Host>(softphone, 'c-phone-panel');

/** A part of the screen; the pad is one deeper, beside the last calls. */
export function part(softphone: Host, name: string): HTMLElement {
  return name === 'c-dial-pad'
    ? find(find(panelOf(softphone), 'c-phone-tabs'), name)
    : find(panelOf(softphone), name);
}

export const stateWords = (softphone: Host) =>
  textOf(find(panelOf(softphone), 'c-phone-head'), '.phone-state');
export const status = (host: Host) => textOf(host, '[role="status"]');
export const alert = (host: Host) => textOf(host, '[role="alert"]');

/** Every test begins with a phone that is ready, and leaves nothing on the page. */
export function useScriptedPhone(): void {
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
}

import type { Page } from '@playwright/test';
import type { LineQuality, PhoneCall, PhoneSnapshot } from '@scoreline/contract';
import { hasPhone, pagePhone, phoneIsLoaded, withPhone } from './pagePhone.ts';
import { type RunningSandbox, expect } from './sandbox.ts';

/** A far end as the switch sees it: what it heard, as root mean squares from 0 to 1. */
export interface FarEndAtSwitch {
  readonly numberE164?: string;
  readonly recentHeardRms: number;
}

/** A call as the switch sees it. */
export interface CallAtSwitch {
  readonly callId: string;
  readonly state: string;
  readonly endCause?: string;
  readonly endedBy?: string;
  readonly recentReceivedRms: number;
  /** From the phone's present leg. */
  readonly receivedPackets: number;
  /** Whether phone or connection is gone, so that the far end waits. */
  readonly isPhoneGone: boolean;
  readonly farEnds: readonly FarEndAtSwitch[];
  readonly transferredTo?: string;
  readonly mixedInto?: string;
}

/** Orders that need no more than plain values. */
interface PhoneOrders {
  dial: [number: string];
  addCall: [number: string, purpose: 'call' | 'consultation'];
  answer: [callId: string];
  reject: [callId: string];
  switchTo: [callId: string];
  hangUp: [];
  transfer: [number: string];
  completeTransfer: [];
  cancelConsultation: [];
  startConference: [];
  selectInput: [deviceId: string];
  startEchoTest: [];
  endEchoTest: [];
}

/** Has the page's phone do something, as a screen does. */
export async function order<Name extends keyof PhoneOrders>(
  page: Page,
  name: Name,
  ...values: PhoneOrders[Name]
): Promise<void> {
  await withPhone(
    page,
    (phone, [method, [first = '', second = '']]) => {
      const request = { requestId: crypto.randomUUID(), number: first };
      const acts: Record<keyof PhoneOrders, () => unknown> = {
        dial: () => phone.dial(request),
        addCall: () => phone.addCall(request, second === 'call' ? 'call' : 'consultation'),
        answer: () => phone.answer(first),
        reject: () => phone.reject(first),
        switchTo: () => phone.switchTo(first),
        hangUp: () => phone.hangUp(),
        transfer: () => phone.transfer(first),
        completeTransfer: () => phone.completeTransfer(),
        cancelConsultation: () => phone.cancelConsultation(),
        startConference: () => phone.startConference(),
        selectInput: () => phone.selectInput(first),
        startEchoTest: () => phone.setEchoTest(true),
        endEchoTest: () => phone.setEchoTest(false),
      };
      acts[method]();
    },
    [name, values as readonly string[]] as const,
  );
}

export async function snapshotOf(page: Page): Promise<PhoneSnapshot> {
  const text = await withPhone(page, (phone) => JSON.stringify(phone.snapshot), undefined);
  return JSON.parse(text) as PhoneSnapshot;
}

/** Resolves once the page has its phone, and the phone is ready. */
export async function phoneIsReady(page: Page): Promise<void> {
  await phoneIsLoaded(page);
  await untilPhone(page, ({ phoneState }) => phoneState === 'ready');
}

/** Resolves with what the phone says of itself, once it fits. */
export async function untilPhone(
  page: Page,
  fits: (phone: PhoneSnapshot) => boolean,
): Promise<PhoneSnapshot> {
  let found: PhoneSnapshot | undefined;
  await expect
    .poll(
      async () => {
        const phone = await snapshotOf(page);
        found = fits(phone) ? phone : undefined;
        return found !== undefined;
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  if (found === undefined) throw new Error('The phone says nothing that fits');
  return found;
}

/** Resolves with the call that is shown, once it fits. */
export async function shownCall(page: Page, fits: (call: PhoneCall) => boolean): Promise<PhoneCall> {
  const { call } = await untilPhone(page, ({ call: shown }) => shown !== undefined && fits(shown));
  if (call === undefined) throw new Error('No such call is shown');
  return call;
}

/** Says of every ended call what became of it, so that the next one may be dialed. */
export async function giveOutcomes(page: Page): Promise<void> {
  // A page that never came so far has nothing to give.
  if (!(await hasPhone(page))) return;
  await withPhone(
    page,
    async (phone) => {
      while (phone.snapshot.call?.state === 'ended')
        await phone.saveOutcome({ outcome: 'callBack', note: '' });
    },
    undefined,
  );
}

/** Hangs up where a call is up, and leaves no ended one without its outcome. */
export async function endCall(page: Page): Promise<void> {
  if (!page.url().includes('/lightning')) return;
  await order(page, 'hangUp');
  await untilPhone(page, ({ call }) => call === undefined || call.state === 'ended');
  await giveOutcomes(page);
}

/** Collects the states that the phone shows of its call, from now until they are asked for. */
export async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  const phoneHandle = await pagePhone(page);
  const shown = await phoneHandle.evaluateHandle((phone) => {
    const states = new Set<string>();
    phone.subscribe(({ call }) => states.add(call?.state ?? 'none'));
    return states;
  });
  return () => shown.evaluate((states) => [...states]);
}

/** Collects what the phone shows of the line, from now until it is asked for. */
export async function watchQuality(page: Page): Promise<() => Promise<LineQuality[]>> {
  const phoneHandle = await pagePhone(page);
  const shown = await phoneHandle.evaluateHandle((phone) => {
    const texts = new Set<string>();
    phone.subscribe(({ call }) => {
      if (call?.quality !== undefined) texts.add(JSON.stringify(call.quality));
    });
    return texts;
  });
  const read = (text: string): LineQuality => JSON.parse(text) as LineQuality;
  return async () => (await shown.evaluate((texts) => [...texts])).map(read);
}

export async function callAtSwitch(sandbox: RunningSandbox, callId: string): Promise<CallAtSwitch> {
  const answer = (await (await fetch(`${sandbox.url}/sandbox/switch/calls`)).json()) as {
    calls: CallAtSwitch[];
  };
  const call = answer.calls.find((one) => one.callId === callId);
  if (call === undefined) throw new Error('The switch never saw this call');
  return call;
}

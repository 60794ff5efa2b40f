import type { DialAnswer, Phone, PhoneSnapshot } from '@scoreline/contract';
import { answerAddCall, answerDial, INITIAL_PHONE } from '../domain/phoneReducer.ts';
import type { LeaderWatch } from '../domain/leaderWatch.ts';
import { ASK_EVERY_MS, askedLeader, heardLeader, isSilent } from '../domain/leaderWatch.ts';
import type { OrderName, TabMessage } from '../domain/tabMessage.ts';
import { readTabMessage } from '../domain/tabMessage.ts';
import type { Clock } from '../ports/clock.ts';
import type { PageLife } from '../ports/pageLife.ts';
import type { Random } from '../ports/random.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { Tabs } from '../ports/tabs.ts';
import type { LeadingPhone } from './leadingPhone.ts';
import { createObserved } from './observed.ts';
import { createOrderDesk, createTabOrders } from './tabOrders.ts';

export interface SharedPhoneParts {
  readonly tabs: Tabs;
  readonly pageLife: PageLife;
  readonly clock: Clock;
  readonly random: Random;
  /** Starts the phone in this tab; resolves when it shows the calls that an earlier tab left to it. */
  readonly startPhone: () => Promise<LeadingPhone>;
  readonly isOutcomeOptional: boolean;
  readonly reportFault: ReportFault;
}

/** A hidden tab's timers may run once a minute: one that asked within this time is counted as there. */
const PRESENT_FOR_MS = 90_000;

/**
 * One phone for all tabs of a user. The leading tab runs it; the others show what it shows and pass orders to it. When
 * the leading tab is closed, crashes or is frozen, the next one starts the phone and takes its calls over.
 *
 * ```
 *               granted                     phone started
 *  following ─────────────▶ rising ─────────────────────────▶ leading
 *      ▲  ▲                    │                                 │
 *      │  └── lost, frozen ────┴──────── lost, frozen while ─────┘
 *      │                                 another tab is there
 *      └─ silent leader: seizes the lead
 * ```
 */
export function createSharedPhone(parts: SharedPhoneParts): Phone {
  const { tabs, clock, reportFault } = parts;
  const screen = createObserved<PhoneSnapshot>(INITIAL_PHONE, reportFault);
  const answers = new Map<string, DialAnswer>();
  const say = (message: TabMessage): void => tabs.say(JSON.stringify(message));
  const from = tabs.tabId;
  const orders = createTabOrders({
    newId: parts.random.hex32,
    say: (orderId, order) => say({ kind: 'ordered', from, orderId, ...order }),
  });
  const carryOut = createOrderDesk((orderId, outcome) => {
    say({ kind: 'done', from, orderId, ...outcome });
  }, reportFault);

  let isLeader = false;
  /** Counts the starts of the phone here, so that one that comes too late is left again. */
  let rising = 0;
  let phone: LeadingPhone | undefined;
  let leaderId: string | undefined;
  let watch: LeaderWatch = heardLeader(clock.elapsed());
  let othersAskedAtMs = -Infinity;
  let giveBack = (): void => undefined;
  let stopAsking = (): void => undefined;

  const areOthersThere = (): boolean => clock.elapsed() - othersAskedAtMs < PRESENT_FOR_MS;

  function show(): void {
    if (areOthersThere()) say({ kind: 'shown', from, snapshot: screen.get() });
  }

  /** Wants the lead, and asks until then whether the tab that has it still answers. */
  function follow(seize: boolean): void {
    giveBack();
    stopAsking();
    giveBack = tabs.lead(seize, { granted: rise, lost: () => stepDown(true) });
    watch = heardLeader(clock.elapsed());
    stopAsking = clock.every(ASK_EVERY_MS, ask);
    say({ kind: 'asked', from });
  }

  function ask(): void {
    const { call, otherCalls } = screen.get();
    watch = askedLeader(watch, clock.elapsed());
    const hasCall = [call, ...otherCalls].some((each) => each !== undefined && each.state !== 'ended');
    if (isSilent(watch, hasCall)) follow(true);
    else say({ kind: 'asked', from });
  }

  function rise(): void {
    stopAsking();
    isLeader = true;
    leaderId = from;
    const own = (rising += 1);
    parts
      .startPhone()
      .then((started) => {
        if (own !== rising) {
          started.abandon();
          return;
        }
        phone = started;
        started.subscribe((snapshot) => {
          if (phone !== started) return;
          screen.set(snapshot);
          show();
        });
        orders.carryOut(started);
      })
      .catch(reportFault);
  }

  function stepDown(wantsItBack: boolean): void {
    const left = phone;
    rising += 1;
    isLeader = false;
    phone = undefined;
    leaderId = undefined;
    left?.abandon();
    if (wantsItBack) follow(false);
  }

  function hear(message: TabMessage): void {
    if (message.kind === 'asked') {
      othersAskedAtMs = clock.elapsed();
      if (isLeader) show();
    } else if (message.kind === 'ordered') {
      if (phone !== undefined) carryOut(phone, message.orderId, message);
    } else if (message.kind === 'done') orders.done(message);
    else if (!isLeader) {
      watch = heardLeader(clock.elapsed());
      screen.set({ ...message.snapshot, runsElsewhere: true });
      if (leaderId === message.from) return;
      leaderId = message.from;
      orders.repeat();
    }
  }

  tabs.onSaid((text) => {
    const message = readTabMessage(text);
    if (message !== undefined) hear(message);
  });
  parts.pageLife.onFreeze(() => {
    // Alone, nobody could take the phone over: what is lost meanwhile is found out at the thaw.
    if (isLeader && !areOthersThere()) return;
    stopAsking();
    stepDown(false);
    giveBack();
  });
  parts.pageLife.onThaw(() => {
    if (isLeader) phone?.verify(false);
    else follow(false);
  });
  follow(false);

  function order<Name extends OrderName>(name: Name, ...args: Parameters<Phone[Name]>): void {
    orders.give(name, args).catch(reportFault);
  }

  /** Acknowledged at once by what is shown here, and passed on; the leader knows a repeated request by its id. */
  function dialThere(
    name: 'dial' | 'addCall',
    answer: DialAnswer,
    ...args: Parameters<Phone['addCall']>
  ): DialAnswer {
    const [request] = args;
    const earlier = answers.get(request.requestId);
    if (earlier !== undefined) return earlier;
    answers.set(request.requestId, answer);
    if (answer !== 'dialing' && answer !== 'waiting') return answer;
    if (leaderId === undefined) screen.set({ ...screen.get(), waiting: request });
    if (name === 'dial') order(name, request);
    else order(name, ...args);
    return answer;
  }

  /** Does it here while this tab leads, else has the leading tab do it. */
  function either<Name extends VoidOrderName>(name: Name) {
    return (...args: Parameters<Phone[Name]>): void => {
      if (phone === undefined) order(name, ...args);
      else (phone[name] as (...values: Parameters<Phone[Name]>) => void)(...args);
    };
  }

  return {
    get snapshot() {
      return screen.get();
    },
    subscribe: screen.subscribe,
    dial: (request) =>
      phone?.dial(request) ??
      dialThere('dial', answerDial(screen.get(), parts.isOutcomeOptional), request, 'call'),
    addCall: (request, purpose) =>
      phone?.addCall(request, purpose) ??
      dialThere('addCall', answerAddCall(screen.get(), purpose, parts.isOutcomeOptional), request, purpose),
    answer: either('answer'),
    reject: either('reject'),
    switchTo: either('switchTo'),
    hangUp: either('hangUp'),
    setMuted: either('setMuted'),
    setHeld: either('setHeld'),
    sendDigit: either('sendDigit'),
    transfer: either('transfer'),
    completeTransfer: either('completeTransfer'),
    cancelConsultation: either('cancelConsultation'),
    startConference: either('startConference'),
    chooseRecord: either('chooseRecord'),
    leaveOutcomeOut: either('leaveOutcomeOut'),
    checkAgain: either('checkAgain'),
    selectInput: either('selectInput'),
    selectOutput: either('selectOutput'),
    selectRinger: either('selectRinger'),
    runPreflight: either('runPreflight'),
    setEchoTest: either('setEchoTest'),
    refreshRecent: either('refreshRecent'),
    markMissedSeen: either('markMissedSeen'),
    async saveOutcome(choice) {
      await (phone?.saveOutcome(choice) ?? orders.give('saveOutcome', [choice]));
    },
    voicemailUrl: async (callId) =>
      phone?.voicemailUrl(callId) ?? String(await orders.give('voicemailUrl', [callId])),
    async close() {
      stopAsking();
      rising += 1;
      isLeader = false;
      await phone?.close();
      phone = undefined;
      giveBack();
      tabs.close();
      parts.pageLife.close();
    },
  };
}

type VoidOrderName = {
  [Name in OrderName]: ReturnType<Phone[Name]> extends DialAnswer | Promise<unknown> ? never : Name;
}[OrderName];

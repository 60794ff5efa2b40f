import { OUTCOME_CODES, PHONE_STATES } from '@scoreline/contract';
import type { Phone, PhoneSnapshot } from '@scoreline/contract';

/** What a tab asks of the phone in another one. */
export interface PhoneOrder {
  readonly name: OrderName;
  readonly args: readonly unknown[];
}

/** What the tabs of one user say to each other, as JSON text. `from` names the tab that speaks. */
export type TabMessage =
  /** Is anybody leading? Answered by `shown`. */
  | { readonly kind: 'asked'; readonly from: string }
  /** The leading tab's phone, at every change and when asked. */
  | { readonly kind: 'shown'; readonly from: string; readonly snapshot: PhoneSnapshot }
  /** An order to the leading tab. `orderId` names it, so that it is carried out once however often it is said. */
  | ({ readonly kind: 'ordered'; readonly from: string; readonly orderId: string } & PhoneOrder)
  /** What became of an order: the value it resolved with, or the message of its error. */
  | {
      readonly kind: 'done';
      readonly from: string;
      readonly orderId: string;
      readonly value?: unknown;
      readonly error?: string | undefined;
    };

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= 10_000;
const isFlag: Check = (value) => typeof value === 'boolean';
const isAbsentOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);
const isDialRequest: Check = (value) =>
  isObject(value) &&
  isText(value['requestId']) &&
  isText(value['number']) &&
  ['recordId', 'recordName', 'numberLabel'].every((name) => isAbsentOr(isText)(value[name]));
const isRecord: Check = (value) =>
  isObject(value) && isText(value['recordId']) && isText(value['recordName']);
const isOutcomeChoice: Check = (value) =>
  isObject(value) &&
  OUTCOME_CODES.some((code) => code === value['outcome']) &&
  typeof value['note'] === 'string' &&
  isAbsentOr(isText)(value['followUpOn']);

/** What another tab may order, and how its arguments look. */
const ORDERS = {
  dial: [isDialRequest],
  addCall: [isDialRequest, (value) => value === 'call' || value === 'consultation'],
  answer: [isText],
  reject: [isText],
  switchTo: [isText],
  hangUp: [],
  setMuted: [isFlag],
  setHeld: [isFlag],
  sendDigit: [isText],
  transfer: [isText],
  completeTransfer: [],
  cancelConsultation: [],
  startConference: [],
  chooseRecord: [isText, isAbsentOr(isRecord)],
  saveOutcome: [isOutcomeChoice],
  leaveOutcomeOut: [isText],
  checkAgain: [],
  selectInput: [isText],
  selectOutput: [isText],
  selectRinger: [isText],
  runPreflight: [],
  setEchoTest: [isFlag],
  refreshRecent: [],
  markMissedSeen: [],
  voicemailUrl: [isText],
} as const satisfies Readonly<
  Record<Exclude<keyof Phone, 'snapshot' | 'subscribe' | 'close'>, readonly Check[]>
>;

export type OrderName = keyof typeof ORDERS;

/**
 * Orders that may be said again to the next leader when the one they were said to is gone: a dial is known by its
 * request, and saving or choosing once more alters nothing. A second `hangUp` could end another call.
 */
const REPEATABLE: readonly OrderName[] = ['dial', 'saveOutcome', 'voicemailUrl', 'refreshRecent', 'setMuted'];

export function isRepeatable(name: OrderName): boolean {
  return REPEATABLE.includes(name);
}

/** The message that a text holds; undefined for anything that no tab of this version says. */
export function readTabMessage(text: string): TabMessage | undefined {
  const message = parseObject(text);
  const from = message?.['from'];
  if (message === undefined || typeof from !== 'string') return undefined;
  const { kind, orderId } = message;
  if (kind === 'asked') return { kind, from };
  if (kind === 'shown') {
    const { snapshot } = message;
    return isSnapshot(snapshot) ? { kind, from, snapshot } : undefined;
  }
  if (typeof orderId !== 'string') return undefined;
  if (kind === 'ordered') {
    const order = readOrder(message['name'], message['args']);
    return order && { kind, from, orderId, ...order };
  }
  const { value, error } = message;
  if (kind !== 'done') return undefined;
  return { kind, from, orderId, value, ...(typeof error === 'string' ? { error } : {}) };
}

function readOrder(name: unknown, args: unknown): PhoneOrder | undefined {
  if (typeof name !== 'string' || !isOrderName(name) || !Array.isArray(args)) return undefined;
  const checks: readonly Check[] = ORDERS[name];
  const values: unknown[] = args;
  if (values.length > checks.length || !checks.every((check, index) => check(values[index])))
    return undefined;
  // JSON knows no undefined.
  return { name, args: values.map((value) => value ?? undefined) };
}

function isOrderName(name: string): name is OrderName {
  return Object.hasOwn(ORDERS, name);
}

/** Our own tabs made it: only its frame is checked, and a newer version may have added to it. */
function isSnapshot(value: unknown): value is PhoneSnapshot {
  return (
    isObject(value) &&
    PHONE_STATES.some((state) => state === value['phoneState']) &&
    Array.isArray(value['otherCalls']) &&
    isObject(value['audio'])
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

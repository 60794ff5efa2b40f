import type { Phone } from '@scoreline/contract';
import type { OrderName, PhoneOrder, TabMessage } from '../domain/tabMessage.ts';
import { isRepeatable } from '../domain/tabMessage.ts';
import type { ReportFault } from '../ports/reportFault.ts';

/** Orders of this tab to the phone of another one, each kept until that phone says what became of it. */
export interface TabOrders {
  /** Resolves or rejects as the phone did. An order that is lost with its leader and not repeatable resolves too. */
  give<Name extends OrderName>(name: Name, args: Parameters<Phone[Name]>): Promise<unknown>;
  done(message: Extract<TabMessage, { kind: 'done' }>): void;
  /** Another tab leads now: what may be said twice is said to it. */
  repeat(): void;
  /** This tab leads now: what may be said twice is carried out here. */
  carryOut(phone: Phone): void;
}

interface GivenOrder extends PhoneOrder {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface TabOrdersParts {
  readonly newId: () => string;
  /** Says an order to the leading tab, or to nobody. */
  readonly say: (orderId: string, order: PhoneOrder) => void;
}

export function createTabOrders({ newId, say }: TabOrdersParts): TabOrders {
  const given = new Map<string, GivenOrder>();

  function repeatable(): [string, GivenOrder][] {
    for (const [orderId, { name, resolve }] of given) {
      if (isRepeatable(name)) continue;
      given.delete(orderId);
      resolve(undefined);
    }
    return [...given];
  }

  return {
    give(name, args) {
      const orderId = newId();
      return new Promise((resolve, reject) => {
        given.set(orderId, { name, args, resolve, reject });
        say(orderId, { name, args });
      });
    },
    done({ orderId, value, error }) {
      const order = given.get(orderId);
      given.delete(orderId);
      if (error === undefined) order?.resolve(value);
      else order?.reject(new Error(error));
    },
    repeat() {
      for (const [orderId, { name, args }] of repeatable()) say(orderId, { name, args });
    },
    carryOut(phone) {
      for (const [, order] of repeatable()) carryOut(phone, order).then(order.resolve, order.reject);
      given.clear();
    },
  };
}

/** How many orders are remembered, so that one said again is not carried out again. */
const REMEMBERED_ORDERS = 200;

/** Carries out what other tabs order, each order once, and says what became of it. */
export function createOrderDesk(
  say: (orderId: string, outcome: { value?: unknown; error?: string }) => void,
  reportFault: ReportFault,
): (phone: Phone, orderId: string, order: PhoneOrder) => void {
  const known = new Set<string>();
  return (phone, orderId, order) => {
    if (known.has(orderId)) return;
    known.add(orderId);
    const [oldest] = known;
    if (known.size > REMEMBERED_ORDERS && oldest !== undefined) known.delete(oldest);
    carryOut(phone, order)
      .then(
        (value) => say(orderId, { value }),
        (error: unknown) => say(orderId, { error: error instanceof Error ? error.message : String(error) }),
      )
      .catch(reportFault);
  };
}

/** The arguments were checked when the order was read. */
async function carryOut(phone: Phone, { name, args }: PhoneOrder): Promise<unknown> {
  const method = phone[name] as (...values: readonly unknown[]) => unknown;
  return await method(...args);
}

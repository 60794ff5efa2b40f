import { randomBytes, randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Phone, PhoneSnapshot } from '@scoreline/contract';
import { openBrowserTabs } from '../../src/browser/browserTabs.ts';
import type { LeadingPhone } from '../../src/engine/leadingPhone.ts';
import { createSharedPhone } from '../../src/engine/sharedPhone.ts';
import type { ManualClock } from './manualClock.ts';
import { createManualClock } from './manualClock.ts';

export interface SharedTab {
  readonly phone: Phone;
  readonly clock: ManualClock;
  readonly faults: unknown[];
  /** What the browser does to a tab that nobody looks at. */
  freeze(): void;
  thaw(): void;
  /** Resolves with the first snapshot that fits, now or later. */
  until(fits: (snapshot: PhoneSnapshot) => boolean): Promise<PhoneSnapshot>;
}

/** A tab over real locks and a real channel. Ends with the test. */
export function openTab(
  context: TestContext,
  userKey: string,
  startPhone: () => Promise<LeadingPhone>,
  isOutcomeOptional = false,
): SharedTab {
  const faults: unknown[] = [];
  const clock = createManualClock();
  const reportFault = (error: unknown): void => void faults.push(error);
  const tabs = openBrowserTabs(userKey, randomUUID(), reportFault);
  let freeze = (): void => undefined;
  let thaw = (): void => undefined;
  const phone = createSharedPhone({
    tabs,
    pageLife: {
      onFreeze: (listener) => (freeze = listener),
      onThaw: (listener) => (thaw = listener),
      close: () => undefined,
    },
    clock,
    random: { hex32: () => randomBytes(16).toString('hex'), fraction: () => 0.5 },
    startPhone,
    isOutcomeOptional,
    reportFault,
  });
  context.after(() => phone.close());
  return {
    phone,
    clock,
    faults,
    freeze: () => freeze(),
    thaw: () => thaw(),
    until: (fits) =>
      new Promise((resolve) => {
        const stop = phone.subscribe((snapshot) => {
          if (!fits(snapshot)) return;
          resolve(snapshot);
          // The first snapshot comes while subscribing.
          queueMicrotask(() => stop());
        });
      }),
  };
}

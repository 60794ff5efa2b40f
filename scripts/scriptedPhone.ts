import type { Page } from '@playwright/test';
import type { PhoneSnapshot } from '@scoreline/contract';

/**
 * A phone that shows what it is told and does nothing, in place of the page's own. What it lets a picture show is what
 * the real one reaches only with another person, another network or bad luck.
 */
const SCRIPT = `
globalThis.ScorelineSoftphone = {
  startPhone: () => {
    const phone = {
      snapshot: globalThis.scriptedSnapshot,
      subscribe: (listener) => {
        globalThis.showSnapshot = (snapshot) => {
          phone.snapshot = snapshot;
          listener(snapshot);
        };
        globalThis.showSnapshot(phone.snapshot);
        return () => {};
      },
      voicemailUrl: () => Promise.resolve('/lightning/resources/none'),
    };
    return new Proxy(phone, { get: (known, name) => (name in known ? known[name] : () => 'refusedInCall') });
  },
};`;

/** Puts a phone in this state in the place of the page's own; call it before the page is opened. */
export async function scriptPhone(page: Page, snapshot: PhoneSnapshot): Promise<void> {
  await page.route('**/lightning/resources/scorelineSoftphone', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
  );
  await page.addInitScript((given) => Object.assign(globalThis, { scriptedSnapshot: given }), snapshot);
}

/** Shows the phone in this state, once the page has a phone, and waits until it is drawn. */
export async function showSnapshot(page: Page, snapshot: PhoneSnapshot): Promise<void> {
  await page.waitForFunction(() => 'showSnapshot' in globalThis);
  await page.evaluate(async (given) => {
    const { showSnapshot: show } = globalThis as unknown as { showSnapshot: (given: unknown) => void };
    show(given);
    await new Promise(requestAnimationFrame);
  }, snapshot);
}

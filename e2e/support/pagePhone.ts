import type { JSHandle, Page } from '@playwright/test';
import type { Phone, PhoneOptions, SoftphoneModule } from '@scoreline/contract';
import { expect } from './sandbox.ts';

type PageGlobal = typeof globalThis & {
  readonly ScorelineSoftphone?: SoftphoneModule;
  /** On a page whose components run in a membrane: what they have for globals is there alone. */
  readonly __scorelineEvaluateInMembrane?: (text: string) => unknown;
};

/** The page's phone, which runs already: no options make another one. */
export async function pagePhone(page: Page): Promise<JSHandle<Phone>> {
  return await page.evaluateHandle(() => {
    const { ScorelineSoftphone, __scorelineEvaluateInMembrane: inside } = globalThis as PageGlobal;
    const module = inside === undefined ? ScorelineSoftphone : inside('globalThis.ScorelineSoftphone');
    return (module as SoftphoneModule).startPhone({} as PhoneOptions);
  });
}

/** Does something with the page's phone, and gives what can be written as JSON. */
export async function withPhone<Result, Given>(
  page: Page,
  act: (phone: Phone, given: Given) => Result | Promise<Result>,
  given: Given,
): Promise<Result> {
  const handle = await pagePhone(page);
  try {
    return (await handle.evaluate(act as never, given as never)) as Result;
  } finally {
    await handle.dispose();
  }
}

/** Whether the page has loaded its phone. */
export async function hasPhone(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const inside = (globalThis as PageGlobal).__scorelineEvaluateInMembrane;
    return inside?.("'ScorelineSoftphone' in globalThis") === true || 'ScorelineSoftphone' in globalThis;
  });
}

/** Resolves once the page has loaded its phone. */
export async function phoneIsLoaded(page: Page): Promise<void> {
  await expect.poll(async () => await hasPhone(page), { timeout: 20_000 }).toBe(true);
}

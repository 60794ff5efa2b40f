import type { Page } from '@playwright/test';

/**
 * Lets the page's clock, which the test has installed, jump ahead: what falls due meanwhile happens once, and then the
 * clock goes on with the room's.
 */
export async function jumpAhead(page: Page, milliseconds: number): Promise<void> {
  const nowMs = await page.evaluate(() => Date.now());
  // `fastForward` tells each frame how far to go, and a membrane's frame has the page's clock for its own: it would go that
  // far twice. A moment is reached only once.
  await page.clock.pauseAt(nowMs + milliseconds);
  await page.clock.resume();
}

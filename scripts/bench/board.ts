import { chromium, type Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { startTeamPage } from '../../sandbox/test/team/teamPage.ts';
import type { Figures } from '../bench.ts';
import { installChromium } from '../installChromium.ts';

const SCROLLS = 40;
const SCROLL_PIXELS = 300;

/**
 * The longest that the team board keeps the page from answering: while 1,000 people load, and while they are scrolled
 * through; beside it the same with ten.
 */
export async function measure(): Promise<Figures> {
  installChromium();
  const many = await longestTasks([500, 490, 10]);
  const few = await longestTasks([10]);
  return {
    people: 1_000,
    longestTaskMsScrolling: many.scrollingMs,
    longestTaskMsLoading: many.loadingMs,
    longestTaskMsScrollingTenPeople: few.scrollingMs,
    longestTaskMsLoadingTenPeople: few.loadingMs,
  };
}

async function longestTasks(sizes: readonly number[]): Promise<{ loadingMs: number; scrollingMs: number }> {
  const team = await startTeamPage({
    teams: sizes.map((people, index) => ({
      name: `Reps, ${['North', 'South', 'West'][index] ?? ''}`,
      people,
    })),
    seed: 11,
  });
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  try {
    const page = await browser.newPage();
    const longest = await watchTasks(page);
    await page.goto(`${team.url}/lightning/n/Team`);
    await page.getByRole('button', { name: team.managerName }).click();
    await page.locator('tbody th').first().waitFor();
    const loadingMs = await longest();
    for (let step = 0; step < SCROLLS; step += 1) {
      await page.mouse.wheel(0, step < SCROLLS / 2 ? SCROLL_PIXELS : -SCROLL_PIXELS);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    return { loadingMs, scrollingMs: await longest() };
  } finally {
    await browser.close();
    await team.stop();
  }
}

/** Notes the main thread's long tasks (50 ms and more); answers what gives the longest since it was last asked, 0 for none. */
async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = { longestMs: 0 };
    Object.assign(window, { seenTasks: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestMs = Math.max(seen.longestMs, duration);
    }).observe({ type: 'longtask' });
  });
  return () =>
    page.evaluate(() => {
      const { seenTasks } = window as unknown as { seenTasks: { longestMs: number } };
      const { longestMs } = seenTasks;
      seenTasks.longestMs = 0;
      return longestMs;
    });
}

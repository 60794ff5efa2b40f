import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from '@playwright/test';

interface ProcessInfo {
  readonly type: string;
  readonly id: number;
}

/**
 * Has the pages of the browser sleep for as long as `whileAsleep` takes, and at least so long, as a computer whose lid is
 * closed does. Chromium can't be sent to sleep: the processes of its pages are stopped, so that no script, timer or
 * sound runs in them, and go on later, without a word to the page.
 */
export async function sleep(
  browser: Browser,
  atLeastMs: number,
  whileAsleep: () => Promise<void>,
): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: readonly ProcessInfo[];
  };
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  for (const { id } of pages) process.kill(id, 'SIGSTOP');
  try {
    await Promise.all([delay(atLeastMs), whileAsleep()]);
  } finally {
    for (const { id } of pages) process.kill(id, 'SIGCONT');
    await session.detach();
  }
}

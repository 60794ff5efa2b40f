import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 50;

/** Asks again and again until the condition holds. Throws when it does not within the time. */
export async function eventually(
  condition: () => Promise<boolean>,
  { timeoutMs = 20_000 }: { timeoutMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms`);
    await wait(POLL_MS);
  }
}

import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 20_000;

/** Waits until the condition holds; fails where it does not come to hold. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come to hold');
    await pause(5);
  }
}

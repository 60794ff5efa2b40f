import { setup } from '@sa11y/jest';

setup();

/** Fails with axe's findings when what a component shows breaks an accessibility rule that needs no layout. */
export async function expectAccessible(host: HTMLElement): Promise<void> {
  // axe waits by timers.
  jest.useRealTimers();
  await expect(host).toBeAccessible();
}

import { setup } from '@sa11y/jest';

// Gives `expect` the matcher `toBeAccessible`: axe's rules as far as they need no layout.
setup();

/** The host, time running by itself again: axe waits by timers. */
export function inRealTime<Host extends HTMLElement>(host: Host): Host {
  jest.useRealTimers();
  return host;
}

import type { LightningElement } from 'lwc';

const navigate = Symbol('navigate');

/** Where the components under test navigated to. */
export const navigated = jest.fn();

export const NavigationMixin = Object.assign(
  (base: typeof LightningElement) =>
    class extends base {
      [navigate](page: unknown): void {
        navigated(page);
      }
    },
  { Navigate: navigate },
);

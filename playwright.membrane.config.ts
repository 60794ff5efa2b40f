import { defineConfig } from '@playwright/test';
import config from './playwright.phone.config.ts';

/**
 * The phone's end-to-end tests with `c/*` and the static resource inside a near-membrane, as Lightning Web Security has
 * them. A command of its own: `npm test` runs e2e/membrane.spec.ts, and would not end within its minutes with both.
 */
export default defineConfig<object, { isInMembrane: boolean }>(config as object, {
  reporter: [['line'], ['json', { outputFile: 'build/test-results/membrane.json' }]],
  use: { isInMembrane: true },
});

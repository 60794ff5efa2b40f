import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';
import { MEASURING_SPECS, PHONE_SPECS } from './scripts/phoneSpecs.ts';

/**
 * All of the phone's end-to-end tests. A command of its own: `npm test` runs the main ones among them, and would not end
 * within its minutes with each detail.
 */
export default defineConfig({
  ...config,
  testMatch: [...PHONE_SPECS],
  projects: [
    // They measure what is heard: a test beside them that keeps the processor busy makes the sound a worse one.
    { name: 'measuring', testMatch: [...MEASURING_SPECS], testIgnore: 'sip/**', workers: 1 },
    { name: 'phone', testIgnore: ['sip/**', ...MEASURING_SPECS], dependencies: ['measuring'] },
  ],
  // Each has a sandbox of its own, and most of a test's time is ringing and talking: what still holds when two share the
  // processor holds on a rep's computer.
  workers: 2,
  // Two at once take turns on a slow computer, and a membrane compiles the page at each load. What must be quick says so.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  globalSetup: './e2e/support/chromiumIsThere.ts',
  reporter: [['line'], ['json', { outputFile: 'build/test-results/phone.json' }]],
});

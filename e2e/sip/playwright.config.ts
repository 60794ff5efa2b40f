import { defineConfig } from '@playwright/test';
import { CHROMIUM_PATH } from '../../scripts/installChromium.ts';
import shared from '../../playwright.config.ts';

const args = shared.use?.launchOptions?.args ?? [];

/** The phone against the switch that a company runs: `npm run test:sip`. */
export default defineConfig({
  ...shared,
  testDir: '.',
  testIgnore: [],
  timeout: 120_000,
  reporter: [['list'], ['json', { outputFile: '../../build/test-results/sip.json' }]],
  outputDir: '../../build/playwright-sip',
  use: {
    ...shared.use,
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      // The test's certificate is its own.
      args: [...args, '--ignore-certificate-errors'],
    },
  },
});

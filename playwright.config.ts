import { defineConfig } from '@playwright/test';
import { CHROMIUM_PATH } from './scripts/installChromium.ts';

/**
 * What Chromium leaves out. It heeds the last list alone, so Playwright's own is part of it; the rest is drawn or started
 * for each window, an address bar's suggestions above all, and takes over a third of a test's processor time though
 * nobody sees it.
 */
const LEFT_OUT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'SpareRendererForSitePerProcess',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
];

export default defineConfig({
  testDir: 'e2e',
  // The tests of faults need no page: node:test runs them.
  testMatch: '**/*.spec.ts',
  // The switch of a company and the phone in every detail have configurations and commands of their own.
  testIgnore: ['sip/**', 'phone/**'],
  // Every spec runs the whole chain, the browser's audio included: two at once would starve each other on two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  reporter: [['line'], ['json', { outputFile: 'build/test-results/playwright.json' }]],
  outputDir: 'build/playwright',
  use: {
    viewport: { width: 1280, height: 900 },
    permissions: ['microphone'],
    // A picture of every step would take a seventh of the suite's time: one of the end must do.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        '--allow-loopback-in-peer-connection',
        `--disable-features=${LEFT_OUT.join(',')}`,
      ],
    },
  },
});

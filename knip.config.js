import { readFileSync } from 'node:fs';

const { compilerOptions } = JSON.parse(readFileSync('tsconfig.lwc-paths.json', 'utf8'));

export default {
  // A type that a function's signature mentions may be exported without being imported by name.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: [
        'scripts/*.{ts,cjs}',
        'scripts/apex/check*.ts',
        'scripts/bench/*.ts',
        // Started as a process of its own.
        'scripts/bench/support/acknowledgingProcess.ts',
        // Given to Node by path, to run tests with the modules of the phone's download.
        'scripts/softphoneBundle/slimHooks.ts',
        'scripts/validate/*.ts',
        'scripts/test/*.test.ts',
        'e2e/**/*.{spec,test}.ts',
        'e2e/sip/playwright.config.ts',
        // Loaded into a relay's process before its own code.
        'e2e/faults/support/shiftedClock.ts',
        'force-app/**/lwc/*/*.ts',
        'force-app/**/__tests__/*.test.ts',
        'force-app/test/jest-mocks/lightning/*.ts',
      ],
      project: ['scripts/**/*.ts', 'e2e/**/*.ts', 'force-app/**/*.ts', 'types/**/*.ts'],
      paths: compilerOptions.paths,
      // Not npm's: it says itself what to install where it is missing.
      ignoreBinaries: ['java'],
      ignoreDependencies: [
        // Modules of the platform.
        'lightning',
        /^@salesforce\/(apex|client|customPermission|i18n|messageChannel|resourceUrl|user)$/u,
        // Brought and configured by sfdx-lwc-jest.
        /^@lwc\/jest-/u,
        'jest-environment-jsdom',
        '@salesforce/wire-service-jest-util',
        // Read by path: type declarations, the Java that checks Apex, and the peers of the size benchmark.
        '@salesforce/code-analyzer-pmd-engine',
        '@salesforce/types',
        '@twilio/voice-sdk',
        'jssip',
      ],
    },
    softphone: {
      // The worklet is bundled by itself, to be loaded by its address.
      entry: ['test/**/*.test.ts', 'src/browser/talkMeterWorklet.ts'],
      project: ['**/*.ts'],
    },
    sandbox: {
      entry: [
        'test/**/*.test.ts',
        // Started as a process of its own.
        'src/orgProcess.ts',
        // Bundled for the page by path, as components are.
        'src/lightning/browser/{boot,platform}/*.ts',
        'src/lightning/shell/*/*.ts',
      ],
      project: ['**/*.ts'],
      // Found by path, to be bundled or served.
      ignoreDependencies: ['@salesforce-ux/design-system', 'lightning-base-components'],
    },
    '*': { entry: ['test/**/*.test.ts'], project: ['**/*.ts'] },
  },
};

const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
  ...jestConfig,
  roots: ['<rootDir>/force-app'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/.scoreline/'],
  setupFiles: ['<rootDir>/force-app/test/jest-support/browserGaps.cjs'],
  moduleNameMapper: {
    '^lightning/(platformUtilityBarApi|refresh|messageService|navigation|graphql|uiListsApi)$':
      '<rootDir>/force-app/test/jest-mocks/lightning/$1.ts',
  },
};

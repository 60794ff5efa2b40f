import { readFileSync } from 'node:fs';

const { compilerOptions } = JSON.parse(readFileSync('tsconfig.lwc-paths.json', 'utf8'));

export default {
  workspaces: {
    '.': {
      entry: [
        'jest.config.cjs',
        'scripts/*.{ts,cjs}',
        'scripts/bench/*.ts',
        'e2e/**/*.spec.ts',
        'force-app/**/lwc/*/*.ts',
        'force-app/**/__tests__/*.test.ts',
      ],
      project: ['scripts/**/*.ts', 'e2e/**/*.ts', 'force-app/**/*.ts', 'types/**/*.ts'],
      paths: compilerOptions.paths,
      ignoreDependencies: ['@salesforce/apex'],
    },
    '*': { entry: ['test/**/*.test.ts'], project: ['**/*.ts'] },
  },
};

import { join } from 'node:path';
import { includeIgnoreFile } from '@eslint/compat';
import js from '@eslint/js';
import lwc from '@salesforce/eslint-config-lwc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const componentFiles = ['force-app/**/lwc/**/*.{ts,js}', 'sandbox/src/lightning/shell/**/*.{ts,js}'];

const typedRules = {
  '@typescript-eslint/no-floating-promises': [
    'error',
    {
      allowForKnownSafeCalls: [
        { from: 'package', package: 'node:test', name: ['test', 'describe', 'it', 'suite'] },
      ],
    },
  ],
  '@typescript-eslint/consistent-type-imports': 'error',
};

const typescriptParser = (...project) => ({
  parser: tseslint.parser,
  parserOptions: { project, tsconfigRootDir: import.meta.dirname },
});

export default defineConfig(
  includeIgnoreFile(join(import.meta.dirname, '.gitignore')),
  { files: ['**/*.{js,cjs,mjs}'], ignores: componentFiles, extends: [js.configs.recommended] },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', process: 'readonly', __dirname: 'readonly' },
    },
  },
  {
    files: ['**/*.ts'],
    ignores: componentFiles,
    extends: [js.configs.recommended, tseslint.configs.recommended],
    languageOptions: typescriptParser('tsconfig.json', 'tsconfig.lwc.json'),
    rules: typedRules,
  },
  { files: componentFiles, extends: [lwc.configs.recommended] },
  {
    files: componentFiles.map((pattern) => pattern.replace('{ts,js}', 'ts')),
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: typescriptParser('tsconfig.lwc.json', 'tsconfig.json'),
    rules: {
      ...typedRules,
      'no-undef': 'off',
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': 'error',
      'no-shadow': 'off',
      '@typescript-eslint/no-shadow': 'error',
      'no-use-before-define': 'off',
      'import/named': 'off',
      'import/namespace': 'off',
      'import/default': 'off',
    },
  },
  {
    files: ['force-app/**/__tests__/**'],
    rules: {
      'jest/expect-expect': ['warn', { assertFunctionNames: ['expect', 'expectAccessible'] }],
    },
  },
  {
    files: ['**/*.{ts,js,cjs,mjs}'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['softphone/src/**'],
    ignores: ['softphone/src/domain/errorRows.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: '@scoreline/contract',
          importNames: ['ERRORS', 'errorBody'],
          message: "The phone's download has no texts of errors: read domain/errorRows.ts.",
        },
      ],
    },
  },
);

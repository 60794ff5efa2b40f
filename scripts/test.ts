import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { installChromium } from './installChromium.ts';

interface Totals {
  readonly passed: number;
  readonly failed: number;
}

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the totals that the runner left; a runner that left none has failed. */
  readonly totals: () => Totals;
}

const RESULTS = 'build/test-results';

function readResult<Result>(file: string): Result {
  return JSON.parse(readFileSync(`${RESULTS}/${file}`, 'utf8')) as Result;
}

const suites: readonly Suite[] = [
  { name: 'gates', command: ['node', 'scripts/check.ts'], totals: () => readResult<Totals>('check.json') },
  {
    name: 'build',
    command: ['node', 'scripts/build.ts'],
    totals: () => ({ passed: 1, failed: 0 }),
  },
  {
    name: 'unit and integration',
    command: [
      'node',
      '--test',
      // Half of them wait for a timer, a database or a process more than they compute.
      `--test-concurrency=${availableParallelism() + 1}`,
      '--test-global-setup=scripts/serverOfTestRun.ts',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/nodeTestTotals.ts',
      `--test-reporter-destination=${RESULTS}/node.json`,
      ...globSync('{contract,scoring,softphone,server,sandbox,scripts}/test/**/*.test.ts'),
    ],
    totals: () => readResult<Totals>('node.json'),
  },
  {
    name: 'faults and crashes',
    command: [
      'node',
      '--test',
      // They wait for processes to come back more than they compute.
      `--test-concurrency=${availableParallelism() + 1}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/nodeTestTotals.ts',
      `--test-reporter-destination=${RESULTS}/faults.json`,
      ...globSync('e2e/faults/*.test.ts'),
    ],
    totals: () => readResult<Totals>('faults.json'),
  },
  {
    name: 'components',
    command: ['sfdx-lwc-jest', '--', '--json', `--outputFile=${RESULTS}/jest.json`],
    totals: () => {
      const jest = readResult<{
        numPassedTests: number;
        numFailedTests: number;
        numRuntimeErrorTestSuites: number;
      }>('jest.json');
      return { passed: jest.numPassedTests, failed: jest.numFailedTests + jest.numRuntimeErrorTestSuites };
    },
  },
  {
    name: 'end to end',
    command: ['playwright', 'test'],
    totals: () => {
      const { stats, errors } = readResult<{
        stats: { expected: number; flaky: number; unexpected: number };
        errors: readonly unknown[];
      }>('playwright.json');
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
    },
  },
];

/** Runs a suite. Whatever the runner reports, a non-zero exit counts as one failure at least. */
function run({ name, command: [program, ...parameters], totals }: Suite): Totals {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(program ?? '', parameters, { stdio: 'inherit' });
  const counted = readTotals(totals);
  return { passed: counted.passed, failed: status === 0 ? counted.failed : Math.max(counted.failed, 1) };
}

function readTotals(totals: () => Totals): Totals {
  try {
    return totals();
  } catch (error) {
    console.error(`No result was left: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
}

// Hundreds of processes load the same sources: to strip and compile them once is a third less work.
process.env['NODE_COMPILE_CACHE'] ??= resolve('build/compile-cache');
if (existsSync(RESULTS)) rmSync(RESULTS, { recursive: true });
mkdirSync(RESULTS, { recursive: true });
installChromium();

let passed = 0;
let failed = 0;
for (const suite of suites) {
  const totals = run(suite);
  console.log(`${suite.name}: ${totals.passed} passed, ${totals.failed} failed`);
  passed += totals.passed;
  failed += totals.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

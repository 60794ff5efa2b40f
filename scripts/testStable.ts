import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installChromium } from './installChromium.ts';

const RESULT = 'build/test-results/stable.json';

/** What Playwright's JSON reporter counts. */
interface Report {
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
  readonly errors: readonly unknown[];
}

/** Runs the phone's end-to-end tests once; a run that left no report, or none of a test, has failed. */
function runOnce(): { passed: number; failed: number } {
  rmSync(RESULT, { force: true });
  // A trace costs a twentieth of each run; a failure leaves its picture and what the page said.
  const parameters = ['--max-failures=1', '--trace=off', '--reporter=line,json'];
  const { status } = spawnSync(
    'playwright',
    ['test', '--config', 'playwright.phone.config.ts', ...parameters],
    {
      stdio: 'inherit',
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: RESULT },
    },
  );
  try {
    const { stats, errors } = JSON.parse(readFileSync(RESULT, 'utf8')) as Report;
    const failed = stats.unexpected + stats.flaky + errors.length;
    return {
      passed: stats.expected,
      failed: status === 0 && stats.expected > 0 ? failed : Math.max(1, failed),
    };
  } catch (error) {
    console.error(`No result was left: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
}

const { values } = parseArgs({ options: { times: { type: 'string', default: '10' } } });
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
  console.error('npm run test:stable -- --times 10');
  process.exit(1);
}
mkdirSync('build/test-results', { recursive: true });
installChromium();
let passed = 0;
let failed = 0;
for (let time = 1; time <= times && failed === 0; time += 1) {
  console.log(`\n== run ${time} of ${times}`);
  const run = runOnce();
  passed += run.passed;
  failed += run.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

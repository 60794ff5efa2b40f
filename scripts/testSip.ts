import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { buildSoftphone } from './buildSoftphone.ts';
import { installChromium } from './installChromium.ts';
import { installPackages } from './installPackages.ts';

/** What the tests run, and the package of Debian 12 that has it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  '/usr/sbin/kamailio': 'kamailio',
  '/usr/lib/x86_64-linux-gnu/kamailio/modules/websocket.so': 'kamailio-websocket-modules',
  '/usr/lib/x86_64-linux-gnu/kamailio/modules/tls.so': 'kamailio-tls-modules',
  '/usr/lib/x86_64-linux-gnu/kamailio/modules/auth_ephemeral.so': 'kamailio-autheph-modules',
  '/usr/lib/x86_64-linux-gnu/kamailio/modules/http_client.so': 'kamailio-utils-modules',
  '/usr/bin/rtpengine': 'rtpengine-daemon',
  '/usr/bin/turnserver': 'coturn',
  '/usr/bin/baresip': 'baresip-core',
  '/usr/bin/sipp': 'sip-tester',
  '/usr/bin/openssl': 'openssl',
};
const RESULT = 'build/test-results/sip.json';

/** On other processors than this one Debian's folder of libraries has another name. */
function isMissing(path: string): boolean {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return !existsSync(path.replace('x86_64-linux-gnu', triplet));
}

function missingPackages(): string[] {
  return Object.entries(PROGRAMS)
    .filter(([path]) => isMissing(path))
    .map(([, name]) => name);
}

function installSwitch(): void {
  const wanted = missingPackages();
  if (wanted.length === 0) return;
  console.log(`installing ${wanted.join(', ')}`);
  installPackages(wanted);
  const missing = missingPackages();
  if (missing.length === 0) return;
  console.error(
    `These tests run the switch as Debian 12 has it. Install what is missing: apt-get install ${missing.join(' ')}`,
  );
  process.exit(1);
}

function readTotals(): { passed: number; failed: number } {
  try {
    const { stats, errors } = JSON.parse(readFileSync(RESULT, 'utf8')) as {
      stats: { expected: number; flaky: number; unexpected: number };
      errors: readonly unknown[];
    };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
  } catch (error) {
    console.error(`No result was left: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
}

installChromium();
installSwitch();
await buildSoftphone();
rmSync(RESULT, { force: true });
mkdirSync('build/test-results', { recursive: true });
const { status } = spawnSync(
  'playwright',
  ['test', '-c', 'e2e/sip/playwright.config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
const totals = readTotals();
const failed = status === 0 ? totals.failed : Math.max(totals.failed, 1);
console.log(`\n${totals.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

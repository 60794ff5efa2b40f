import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
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

const SWITCH_PROGRAMS = new Set(['kamailio', 'rtpengine', 'turnserver', 'baresip', 'sipp']);

/** The switch's programs that run on this machine now, each as `<name> <process id>`. */
function runningPrograms(): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/u.test(entry))
    .map((id) => `${programOf(id)} ${id}`)
    .filter((program) => SWITCH_PROGRAMS.has(program.split(' ')[0] ?? ''));
}

function programOf(processId: string): string {
  try {
    return readFileSync(`/proc/${processId}/comm`, 'utf8').trim();
  } catch {
    return 'ended';
  }
}

installChromium();
installSwitch();
await buildSoftphone();
const runningBefore = new Set(runningPrograms());
rmSync(RESULT, { force: true });
mkdirSync('build/test-results', { recursive: true });
const { status } = spawnSync(
  'playwright',
  ['test', '-c', 'e2e/sip/playwright.config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
const left = runningPrograms().filter((program) => !runningBefore.has(program));
if (left.length > 0) console.error(`The tests left running: ${left.join(', ')}`);
const totals = readTotals();
const failed = Math.max(totals.failed, status === 0 && left.length === 0 ? 0 : 1);
console.log(`\n${totals.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

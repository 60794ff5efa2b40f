import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where Debian puts it; `CHROMIUM` names another one. */
export const CHROMIUM_PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Makes sure that the browser of the end-to-end tests is there: by apt where that is allowed, else it says what to do. */
export function installChromium(): void {
  if (existsSync(CHROMIUM_PATH)) return;
  const isRoot = process.getuid?.() === 0;
  const canInstall =
    existsSync('/usr/bin/apt-get') && (isRoot || spawnSync('sudo', ['-n', 'true']).status === 0);
  if (canInstall) {
    console.log('installing Chromium');
    for (const step of [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    ]) {
      const [program = '', ...parameters] = isRoot ? step : ['sudo', '-n', ...step];
      spawnSync(program, parameters, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
  }
  if (!existsSync(CHROMIUM_PATH)) {
    console.error(
      'The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium), or name it: CHROMIUM=/path npm test',
    );
    process.exit(1);
  }
}

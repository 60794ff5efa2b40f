import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs Debian packages where that is allowed without a question; elsewhere it does nothing. */
export function installPackages(packages: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const canInstall =
    existsSync('/usr/bin/apt-get') && (isRoot || spawnSync('sudo', ['-n', 'true']).status === 0);
  if (!canInstall) return;
  for (const step of [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages],
  ]) {
    const [program = '', ...parameters] = isRoot
      ? step
      : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND', ...step];
    spawnSync(program, parameters, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
}

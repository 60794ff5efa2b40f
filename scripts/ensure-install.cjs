// Runs on whatever Node the machine has, before the pinned one is installed: plain CommonJS, no dependencies.
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

process.chdir(join(__dirname, '..'));

const oldestMajor = 20;
if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  process.stderr.write(
    `Scoreline needs Node ${oldestMajor} or later; this is ${process.version}. Install it and try again.\n`,
  );
  process.exit(1);
}

const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  const locked = Object.entries(packagesOf('package-lock.json'));
  return (
    existsSync('node_modules/node/bin/node') &&
    locked.every(
      ([path, { version, link, optional }]) =>
        !path.startsWith('node_modules/') || link || optional || installed[path]?.version === version,
    )
  );
}

if (!isInstalled()) {
  process.stdout.write('installing packages (about a minute)\n');
  try {
    execFileSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], { stdio: 'inherit' });
  } catch {
    process.stderr.write(
      'The packages could not be installed; npm says why above. Mend that and try again.\n',
    );
    process.exit(1);
  }
}

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATHS_FILE = 'tsconfig.lwc-paths.json';

/** The text of tsconfig.lwc-paths.json: one entry per component, since `paths` allows one `*` and features are folders. */
export function lwcPathsText(projectDirectory: string): string {
  const paths = Object.fromEntries(
    globSync('force-app/main/*/lwc/*/*.ts', { cwd: projectDirectory })
      .filter((file) => basename(file, '.ts') === basename(dirname(file)))
      .map((file) => [`c/${basename(file, '.ts')}`, [`./${file}`]] as const)
      .sort(([left], [right]) => left.localeCompare(right)),
  );
  return `${JSON.stringify({ compilerOptions: { paths } }, null, 2)}\n`;
}

if (import.meta.main) {
  const projectDirectory = fileURLToPath(new URL('..', import.meta.url));
  const file = join(projectDirectory, PATHS_FILE);
  const text = lwcPathsText(projectDirectory);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${PATHS_FILE} is out of date: run node scripts/lwcPaths.ts`);
    process.exitCode = 1;
  }
}

import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a benchmark measured; every name carries its unit. */
export type Figures = Readonly<Record<string, number>>;

const benchDirectory = join(import.meta.dirname, 'bench');
const names = globSync('*.ts', { cwd: benchDirectory }).map((file) => basename(file, '.ts'));
const name = process.argv[2] ?? '';
if (!names.includes(name)) {
  console.error(`npm run bench -- <name>, one of: ${names.join(', ')}`);
  process.exit(1);
}
const { measure } = (await import(join(benchDirectory, `${name}.ts`))) as { measure: () => Promise<Figures> };
console.log(JSON.stringify({ bench: name, figures: await measure() }));

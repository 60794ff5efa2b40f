import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a check on real data found: lines for people to read. */
export type Findings = readonly string[];

const directory = join(import.meta.dirname, 'validate');
const names = globSync('*.ts', { cwd: directory }).map((file) => basename(file, '.ts'));
const [name = '', dataFolder] = process.argv.slice(2);
if (!names.includes(name) || dataFolder === undefined) {
  console.error(`npm run validate -- <name> <folder with the data>, one of: ${names.join(', ')}`);
  process.exit(1);
}
const { validate } = (await import(join(directory, `${name}.ts`))) as {
  validate: (dataFolder: string) => Promise<Findings>;
};
for (const line of await validate(dataFolder)) console.log(line);

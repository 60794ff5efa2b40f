import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { reportFaults, runJava } from './runJava.ts';

const RUNNER = 'com.salesforce.sfca.pmdwrapper.PmdWrapper';
const RULES = join(import.meta.dirname, 'pmd-ruleset.xml');

interface Results {
  readonly violations: readonly {
    readonly rule: string;
    readonly message: string;
    readonly codeLocation: { readonly file: string; readonly startLine: number };
  }[];
  readonly processingErrors: readonly { readonly file: string; readonly message: string }[];
}

/** Where the Apex of a project breaks the rules of `pmd-ruleset.xml`, or could not be read. */
export function ruleFaults(projectDirectory: string, apexProject = projectDirectory): string[] {
  const files = globSync('{force-app,force-app-settings}/**/*.{cls,trigger}', { cwd: apexProject });
  if (files.length === 0) throw new Error(`There is no Apex in ${apexProject}`);
  const folder = mkdtempSync(join(tmpdir(), 'scoreline-pmd-'));
  try {
    const input = join(folder, 'input.json');
    const results = join(folder, 'results.json');
    const filesToScan = files.map((file) => resolve(apexProject, file));
    writeFileSync(
      input,
      JSON.stringify({ ruleSetInputFile: RULES, runDataPerLanguage: { apex: { filesToScan } } }),
    );
    const { exitCode, output } = runJava(projectDirectory, RUNNER, ['run', input, results]);
    if (exitCode !== 0) throw new Error(`PMD ended with ${String(exitCode)}:\n${output}`);
    const { violations, processingErrors } = JSON.parse(readFileSync(results, 'utf8')) as Results;
    const place = (file: string): string => relative(resolve(apexProject), file);
    return [
      ...violations.map(
        ({ rule, message, codeLocation: { file, startLine } }) =>
          `${place(file)}:${startLine} ${rule}: ${message}`,
      ),
      ...processingErrors.map(({ file, message }) => `${place(file)} ${message}`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) reportFaults('Apex rules', () => ruleFaults(resolve(import.meta.dirname, '../..')));

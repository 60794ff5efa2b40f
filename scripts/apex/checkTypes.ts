import { relative, resolve } from 'node:path';
import { reportFaults, runJava } from './runJava.ts';

const CHECKER = 'io.github.apexdevtools.apexls.CheckForIssues';
/** Exit codes of a checker that came to the end: nothing found, and something found. */
const FINISHED = [0, 4];

/** What the checker writes with `--format json`. */
interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly messages: readonly {
      readonly start: { readonly line: number; readonly offset: number };
      readonly message: string;
    }[];
  }[];
}

/**
 * What does not fit in the Apex of a project: unknown classes, methods and objects, fields of custom objects, wrong
 * types. It does not see unknown fields behind a dot of a standard object, nor into queries: `checkQueries` does.
 */
export function typeFaults(projectDirectory: string, apexProject = projectDirectory): string[] {
  const parameters = ['--nocache', '--format', 'json', '--workspace', resolve(apexProject)];
  const { exitCode, output } = runJava(projectDirectory, CHECKER, parameters);
  if (exitCode === null || !FINISHED.includes(exitCode))
    throw new Error(`The Apex type checker ended with ${String(exitCode)}:\n${output}`);
  return readReport(output).flatMap(({ path, messages }) =>
    messages.map(
      ({ start, message }) => `${relative(apexProject, path)}:${start.line}:${start.offset + 1} ${message}`,
    ),
  );
}

function readReport(output: string): Report['files'] {
  const start = output.indexOf('{');
  return start === -1 ? [] : (JSON.parse(output.slice(start)) as Report).files;
}

if (import.meta.main) reportFaults('types of Apex', () => typeFaults(resolve(import.meta.dirname, '../..')));

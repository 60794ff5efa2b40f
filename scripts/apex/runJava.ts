import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const LIBRARIES = 'node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib';
const INSTALL_JAVA = [
  'Checking Apex takes Java 11 or later, and there is no working `java` on this machine. Install it:',
  '  Debian, Ubuntu: apt-get install openjdk-17-jre-headless',
  '  macOS: brew install openjdk@17, then put its bin folder on the PATH',
].join('\n');

/** Java is missing; the message says what to install. */
export class JavaMissing extends Error {
  override readonly name = 'JavaMissing';
}

export interface JavaRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Runs a class of the libraries that check Apex.
 * @throws JavaMissing
 */
export function runJava(projectDirectory: string, mainClass: string, parameters: readonly string[]): JavaRun {
  const classPath = join(projectDirectory, LIBRARIES, '*');
  // Both checks are over before the second compiler would have paid for itself.
  const options = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', classPath];
  const { error, status, stdout, stderr } = spawnSync('java', [...options, mainClass, ...parameters], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  // macOS has a `java` that only says that there is none.
  if (error !== undefined || /Unable to locate a Java Runtime/u.test(stderr))
    throw new JavaMissing(INSTALL_JAVA, { cause: error });
  return { exitCode: status, output: `${stdout}${stderr}` };
}

/** Ends a gate: prints the faults, or what is missing, and sets the exit code. */
export function reportFaults(what: string, findFaults: () => readonly string[]): void {
  try {
    const faults = findFaults();
    for (const fault of faults) console.error(fault);
    console.log(`${what}: ${faults.length} faults`);
    if (faults.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof JavaMissing)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

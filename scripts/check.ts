import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

/** A gate: every one must pass before anything lands. */
interface Gate {
  readonly name: string;
  readonly command: readonly string[];
}

const GATES: readonly Gate[] = [
  { name: 'contract is fresh', command: ['node', 'scripts/emitContract.ts', '--check'] },
  { name: 'component paths are fresh', command: ['node', 'scripts/lwcPaths.ts', '--check'] },
  { name: 'metadata has the official types', command: ['node', 'scripts/checkMetadata.ts'] },
  { name: 'types of Apex', command: ['node', 'scripts/apex/checkTypes.ts'] },
  { name: 'Apex rules (PMD)', command: ['node', 'scripts/apex/checkRules.ts'] },
  { name: 'queries fit the schema', command: ['node', 'scripts/apex/checkQueries.ts'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of components', command: ['tsc', '-p', 'tsconfig.lwc.json'] },
  { name: 'imports', command: ['depcruise', ...sourceFolders(), '--config', '.dependency-cruiser.cjs'] },
  { name: 'nothing unused', command: ['knip'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
];

function sourceFolders(): string[] {
  return ['contract', 'scoring', 'softphone', 'server', 'sandbox', 'force-app', 'scripts', 'e2e'];
}

async function pass({ name, command: [program, ...parameters] }: Gate): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(program ?? '', parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(Buffer.concat(output).toString('utf8'));
  return code === 0;
}

let failed = 0;
for (const gate of GATES) if (!(await pass(gate))) failed += 1;
mkdirSync('build/test-results', { recursive: true });
writeFileSync('build/test-results/check.json', JSON.stringify({ passed: GATES.length - failed, failed }));
if (failed > 0) process.exit(1);

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const EMITTED_FILE = 'force-app/main/shared/lwc/callContract/callContract.ts';
const BANNER =
  '// Generated from contract/src by scripts/emitContract.ts: edit there, then run it again.\n/* eslint-disable max-lines -- several files laid end to end */\n';
/** SIP headers and signatures: the components never speak to a switch. */
const NOT_FOR_COMPONENTS = new Set(['./signalling.ts']);

/**
 * The contract as one component module. Components can't import from outside their package, so the files that
 * contract/src/index.ts exports are laid end to end without their imports of each other.
 */
export async function contractModuleText(projectDirectory: string): Promise<string> {
  const source = join(projectDirectory, 'contract/src');
  const index = readFileSync(join(source, 'index.ts'), 'utf8');
  const files = [...index.matchAll(/^export \* from '(?<file>[^']+)';$/gmu)]
    .map((match) => match.groups?.['file'] ?? '')
    .filter((file) => !NOT_FOR_COMPONENTS.has(file));
  const parts = files.map((file) => withoutImports(file, readFileSync(join(source, file), 'utf8')));
  const target = join(projectDirectory, EMITTED_FILE);
  return format(`${BANNER}\n${parts.join('\n')}`, { ...(await resolveConfig(target)), filepath: target });
}

function withoutImports(file: string, text: string): string {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const imports = parsed.statements.filter(ts.isImportDeclaration);
  const foreign = imports.find(
    (statement) => !statement.moduleSpecifier.getText(parsed).slice(1).startsWith('./'),
  );
  if (foreign !== undefined) throw new Error(`contract/src/${file} imports from outside the contract`);
  return imports.reduceRight(
    (rest, statement) => rest.slice(0, statement.getFullStart()) + rest.slice(statement.end),
    text,
  );
}

if (import.meta.main) {
  const projectDirectory = fileURLToPath(new URL('..', import.meta.url));
  const target = join(projectDirectory, EMITTED_FILE);
  const text = await contractModuleText(projectDirectory);
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
  } else if (readFileSync(target, 'utf8') !== text) {
    console.error(`${EMITTED_FILE} is out of date: run node scripts/emitContract.ts`);
    process.exitCode = 1;
  }
}

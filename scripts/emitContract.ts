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
 * contract/src/index.ts exports, and before each the files it imports, are laid end to end without those imports.
 */
export async function contractModuleText(projectDirectory: string): Promise<string> {
  const source = join(projectDirectory, 'contract/src');
  const index = readFileSync(join(source, 'index.ts'), 'utf8');
  const files = [...index.matchAll(/^export \* from '(?<file>[^']+)';$/gmu)]
    .map((match) => match.groups?.['file'] ?? '')
    .filter((file) => !NOT_FOR_COMPONENTS.has(file));
  const laid = new Map<string, string>();
  const lay = (file: string): void => {
    if (laid.has(file)) return;
    const text = readFileSync(join(source, file), 'utf8');
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    // Its place is taken before its imports' so that two that import each other end.
    laid.set(file, '');
    for (const imported of importsOf(parsed)) lay(imported);
    laid.delete(file);
    laid.set(file, withoutImports(parsed));
  };
  for (const file of files) lay(file);
  const parts = [...laid.values()];
  const target = join(projectDirectory, EMITTED_FILE);
  return format(`${BANNER}\n${parts.join('\n')}`, { ...(await resolveConfig(target)), filepath: target });
}

function importsOf(parsed: ts.SourceFile): string[] {
  return parsed.statements.filter(ts.isImportDeclaration).map((statement) => {
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (!specifier.startsWith('./'))
      throw new Error(`contract/src/${parsed.fileName} imports from outside the contract`);
    return specifier;
  });
}

function withoutImports(parsed: ts.SourceFile): string {
  return parsed.statements
    .filter(ts.isImportDeclaration)
    .reduceRight(
      (rest, statement) => rest.slice(0, statement.getFullStart()) + rest.slice(statement.end),
      parsed.text,
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

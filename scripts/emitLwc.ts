import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/**
 * A component's TypeScript as the JavaScript Salesforce deploys: types gone, decorators kept for the platform's own
 * compiler, relative imports naming the `.js` beside them.
 */
export function componentJavaScript(fileName: string, source: string): string {
  return ts.transpileModule(source, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  }).outputText;
}

const PROJECT_DIRECTORY = fileURLToPath(new URL('..', import.meta.url));

/** Writes the `.js` of every component beside its source and returns how many there are. */
export function emitLwc(projectDirectory = PROJECT_DIRECTORY): number {
  const files = globSync('force-app/main/*/lwc/*/*.ts', { cwd: projectDirectory });
  for (const file of files) {
    const path = join(projectDirectory, file);
    writeFileSync(path.replace(/\.ts$/u, '.js'), componentJavaScript(path, readFileSync(path, 'utf8')));
  }
  return files.length;
}

if (import.meta.main) console.log(`${emitLwc()} component files written`);

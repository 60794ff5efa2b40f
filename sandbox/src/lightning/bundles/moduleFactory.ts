import type { OutputOptions } from 'rollup';

/**
 * Every bundle of the page is one function that is given `require` and returns its exports, so that one and the same
 * text runs as a module of the page and, by `eval`, inside a membrane (through which an object handed in could not be
 * filled). The export `modules` maps module names to their namespaces.
 */
export const FACTORY_OUTPUT: OutputOptions = {
  format: 'cjs',
  exports: 'named',
  interop: 'esModule',
  externalLiveBindings: false,
  inlineDynamicImports: true,
  sourcemap: false,
};

/** The source of a virtual entry that offers the named modules to the other bundles. */
export function entryOffering(names: readonly string[]): string {
  const imports = names.map((name, index) => `import * as module${index} from ${JSON.stringify(name)};`);
  const entries = names.map((name, index) => `${JSON.stringify(name)}: module${index},`);
  return `${imports.join('\n')}\nexport const modules = {\n${entries.join('\n')}\n};\n`;
}

/** The bundle as an expression that yields its function. */
export function factoryExpression(code: string): string {
  return `(function (require) {\nconst exports = {};\n${code}\nreturn exports;\n})`;
}

/** The bundle as a module of the page whose default export is its function. */
export function factoryModule(code: string): string {
  return `export default ${factoryExpression(code)};\n`;
}

import { transform } from 'esbuild';
import lwc from '@lwc/rollup-plugin';
import type { RollupLwcOptions } from '@lwc/rollup-plugin';
import type { Plugin } from 'rollup';

/** Strips TypeScript's types ahead of the LWC compiler, keeping decorators and class fields as they are written. */
function stripTypes(): Plugin {
  return {
    name: 'strip-types',
    async transform(source, id) {
      // The LWC plugin appends a query to the ids of aliased modules.
      if (!/\.ts(\?|$)/u.test(id)) {
        return null;
      }
      const { code } = await transform(source, {
        loader: 'ts',
        target: 'esnext',
        tsconfigRaw: {
          compilerOptions: {
            experimentalDecorators: false,
            useDefineForClassFields: true,
            verbatimModuleSyntax: true,
          },
        },
      });
      return { code, map: null };
    },
  };
}

/** Replaces what Node tools set at build time, since a browser has no `process`. */
function replaceBuildConstants(): Plugin {
  const constants: readonly (readonly [string, string])[] = [
    ['process.env.NODE_ENV', '"production"'],
    ['process.env.SKIP_LWC_VERSION_MISMATCH_CHECK', 'undefined'],
    ['import.meta.env.SSR', 'false'],
  ];
  return {
    name: 'replace-build-constants',
    transform(source) {
      const code = constants.reduce((text, [name, value]) => text.replaceAll(name, value), source);
      return code === source ? null : { code, map: null };
    },
  };
}

/** The compiler steps that every LWC bundle of the page goes through, in their order. */
export function lwcPlugins(options: RollupLwcOptions): Plugin[] {
  return [stripTypes(), replaceBuildConstants(), lwc({ defaultModules: [], ...options })];
}

import { sep } from 'node:path';
import { standInFor } from './sipStandIns.ts';
import { withoutErrorTexts } from './withoutErrorTexts.ts';
import { withoutErrorWords, withoutLogStatements } from './withoutLog.ts';

/** The modules that {@link slimModule} has something to say about. */
export const SLIMMED =
  /(?:[\\/]sip\.js[\\/]lib[\\/].*\.js|[\\/]contract[\\/]src[\\/](?:errors|\w+Errors)\.ts)$/;

/** What goes into the phone's download for a module: the same behaviour in fewer bytes. */
export function slimModule(path: string, source: string): string {
  const slashed = path.replaceAll(sep, '/');
  if (/\/contract\/src\/(?:errors|\w+Errors)\.ts$/u.test(slashed)) return withoutErrorTexts(source);
  const [, module] = slashed.split('/sip.js/lib/');
  return module === undefined
    ? source
    : (standInFor(module) ?? withoutErrorWords(withoutLogStatements(source)));
}

import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { slimModule, SLIMMED } from './slimModule.ts';

/** `node --import` this: Node then loads each module in the form that the phone's download has. */
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith('file:') || !SLIMMED.test(url)) return loaded;
    const source = String(loaded.source);
    return { ...loaded, source: slimModule(fileURLToPath(url), source) };
  },
});

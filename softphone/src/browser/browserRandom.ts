import type { Random } from '../ports/random.ts';

/** The page's chance. A UUID is text, so it passes a sandbox's membrane where a byte array would not. */
export const browserRandom: Random = {
  hex32: () => crypto.randomUUID().replaceAll('-', ''),
  fraction: () => Math.random(),
};

import { seededRandom } from '../seededRandom.ts';

/** Chance that is the same for the same seed. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** True in this share of all cases. */
  happens(share: number): boolean;
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Half of the values lie below the median; `sigma` is the deviation of the logarithm. */
  logNormal(median: number, sigma: number): number;
}

export function createChance(seed: number): Chance {
  const next = seededRandom(seed);
  const between = (low: number, high: number): number => low + next() * (high - low);
  return {
    next,
    happens: (share) => next() < share,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from');
      return item;
    },
    // Box–Muller: two even numbers make a normal one.
    logNormal: (median, sigma) =>
      median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  };
}

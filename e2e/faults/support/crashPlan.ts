import { seededRandom } from '../../../sandbox/src/seed/seededRandom.ts';

/** What may be killed. */
export const VICTIMS = ['web 1', 'web 2', 'worker 1', 'worker 2', 'postgres', 'org'] as const;
export type Victim = (typeof VICTIMS)[number];

/** One kill: after so many requests of its loop, and so many milliseconds more. */
export interface PlannedKill {
  readonly victim: Victim;
  readonly afterRequests: number;
  readonly thenMs: number;
}

const MAXIMUM_KILLS = 3;
const REQUESTS_OF_A_LOOP = 24;
/** About as long as a request takes, so that a kill falls anywhere within one. */
const REQUEST_MS = 30;

/** The kills of each loop, in the order of their moments; the same seed gives the same plan. */
export function crashPlan(seed: number, loops: number): PlannedKill[][] {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: loops }, () =>
    Array.from({ length: 1 + below(MAXIMUM_KILLS) }, () => ({
      victim: VICTIMS[below(VICTIMS.length)] ?? 'postgres',
      afterRequests: below(REQUESTS_OF_A_LOOP),
      thenMs: below(REQUEST_MS),
    })).toSorted((one, other) => one.afterRequests - other.afterRequests),
  );
}

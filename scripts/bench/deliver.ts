import type { Figures } from '../bench.ts';
import { measureBacklog } from './support/backlog.ts';
import { measureTrickle } from './support/trickle.ts';

/**
 * How fast and with how few requests calls reach the org: a backlog of outcomes beside plain jsforce, and a day's
 * trickle of forty reps, with plenty of the org's daily requests and with next to none.
 */
export async function measure(): Promise<Figures> {
  const backlog = await measureBacklog();
  console.error(JSON.stringify(backlog));
  const fresh = await measureTrickle({ apiShare: 0.5 });
  console.error(JSON.stringify(fresh));
  const tight = await measureTrickle({ apiShare: 0 });
  return {
    ...backlog,
    apiCallsPerCallFresh: fresh.apiCallsPerCall,
    slowestFreshSeconds: fresh.slowestSeconds,
    apiCallsPerCallTight: tight.apiCallsPerCall,
  };
}

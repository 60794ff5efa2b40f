import type { EndCause, EndedBy } from '@scoreline/contract';

/** A prospect who never picks up. */
interface RefusingProspect {
  readonly kind: 'refuses';
  /** Whether the rep hears it ring before the refusal. */
  readonly rings: boolean;
  /** From the INVITE to the final answer. */
  readonly afterMs: number;
  readonly sipStatus: number;
  readonly cause: EndCause;
  readonly endedBy: EndedBy;
}

/** A prospect, or a machine, who picks up. */
export interface AnsweringProspect {
  readonly kind: 'answers';
  /** From the first ring to the answer. */
  readonly ringMs: number;
  readonly voice: 'talk' | 'voicemail';
  /** From the answer until the prospect hangs up; absent when the rep has to. */
  readonly hangsUpAfterMs?: number;
}

export type Prospect = RefusingProspect | AnsweringProspect;

/** How long a number rings before someone answers or declines. */
const RING_MS = 1_000;
/** How long the network needs to find out that a number can't be reached. */
const NETWORK_MS = 300;
const RINGS_OUT_MS = 25_000;

/**
 * Who lives at a number, by its last two digits:
 *
 * | digits | behaviour                                             |
 * |--------|-------------------------------------------------------|
 * | 00–49  | answers and talks until the rep hangs up              |
 * | 50–59  | busy (486)                                            |
 * | 60–64  | rings out after 25 s (480)                            |
 * | 65–69  | rings out after 25 s (408)                            |
 * | 70–79  | rings, then declines (603)                            |
 * | 80–84  | no such number (404)                                  |
 * | 85–89  | answers, hangs up after 5 s                           |
 * | 90–94  | voicemail: a greeting, a beep, then it records        |
 * | 95–99  | answers after 3 s, hangs up after 65 s                |
 */
export function prospectAt(numberE164: string): Prospect {
  const digits = Number(numberE164.slice(-2));
  if (digits < 50) return { kind: 'answers', ringMs: RING_MS, voice: 'talk' };
  if (digits < 60) return unreachable(486, 'busy');
  if (digits < 70) return ringsOut(digits < 65 ? 480 : 408);
  if (digits < 80)
    return {
      kind: 'refuses',
      rings: true,
      afterMs: RING_MS,
      sipStatus: 603,
      cause: 'declined',
      endedBy: 'prospect',
    };
  if (digits < 85) return unreachable(404, 'unallocated');
  if (digits < 90) return { kind: 'answers', ringMs: RING_MS, voice: 'talk', hangsUpAfterMs: 5_000 };
  if (digits < 95) return { kind: 'answers', ringMs: RING_MS, voice: 'voicemail' };
  return { kind: 'answers', ringMs: 3_000, voice: 'talk', hangsUpAfterMs: 65_000 };
}

/** The same prospect living faster or slower: every wait times the scale. */
export function atPace(prospect: Prospect, timeScale: number): Prospect {
  if (prospect.kind === 'refuses') return { ...prospect, afterMs: prospect.afterMs * timeScale };
  const { hangsUpAfterMs, ringMs } = prospect;
  return {
    ...prospect,
    ringMs: ringMs * timeScale,
    ...(hangsUpAfterMs === undefined ? {} : { hangsUpAfterMs: hangsUpAfterMs * timeScale }),
  };
}

function unreachable(sipStatus: number, cause: EndCause): Prospect {
  return { kind: 'refuses', rings: false, afterMs: NETWORK_MS, sipStatus, cause, endedBy: 'network' };
}

function ringsOut(sipStatus: number): Prospect {
  return {
    kind: 'refuses',
    rings: true,
    afterMs: RINGS_OUT_MS,
    sipStatus,
    cause: 'noAnswer',
    endedBy: 'network',
  };
}

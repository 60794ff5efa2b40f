import type { EndCause, EndedBy } from '@scoreline/contract';
import type { Voice } from './audio/prompts.ts';

/** A prospect who never picks up. */
interface RefusingProspect {
  readonly kind: 'refuses';
  /** Whether the rep hears it ring before the refusal. */
  readonly rings: boolean;
  /** Whether the rep hears an announcement before the refusal (183). */
  readonly announces?: true;
  /** From the INVITE to the final answer. */
  readonly afterMs: number;
  readonly sipStatus: number;
  readonly cause: EndCause;
  readonly endedBy: EndedBy;
}

/** A prospect, or a machine, who picks up. */
interface AnsweringProspect {
  readonly kind: 'answers';
  /** Whether the rep hears an announcement instead of a ring (183). */
  readonly announces?: true;
  /** From the first ring to the answer. */
  readonly ringMs: number;
  readonly voice: Voice;
  /** From the answer until the prospect hangs up; absent when the rep has to. */
  readonly hangsUpAfterMs?: number;
  /** From the answer until a colleague takes over. */
  readonly handsOverAfterMs?: number;
  /** How many of the packets to the rep are lost, 0 to 100. */
  readonly lossPercent?: number;
}

export type Prospect = RefusingProspect | AnsweringProspect;

/** How long a number rings before someone answers or declines. */
const RING_MS = 1_000;
/** How long the network needs to find out that a number can't be reached. */
const NETWORK_MS = 300;
const RINGS_OUT_MS = 25_000;

const ANNOUNCEMENT_MS = 3_000;

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
 * | 95–99  | answers after 3 s, hangs up after 45 s                |
 *
 * Numbers with `02` before these two digits, e.g. +44 20 7946 0220, are other characters:
 *
 * | digits    | behaviour                                                                          |
 * |-----------|------------------------------------------------------------------------------------|
 * | 0200–0209 | early media: an announcement of 3 s (183), then answers and talks                  |
 * | 0210–0219 | early media: an announcement of 3 s (183), then no such number (404)               |
 * | 0220–0229 | a menu that follows the keys: 1 and 2 choose, 0 asks for a colleague, * goes back   |
 * | 0230–0239 | one-way sound: hears the rep, but nothing comes back                               |
 * | 0240–0249 | talks over a lossy line: 2 % of the packets lost at 0240, then 5 % more a number    |
 * | 0250–0259 | talks, then hands the rep to a colleague after 5 s                                 |
 * | 0260–0269 | takes a breath of 1.5 s, speaks for 14.4 s, then listens                           |
 */
export function prospectAt(numberE164: string): Prospect {
  return characterAt(numberE164) ?? prospectByDigits(numberE164);
}

function characterAt(numberE164: string): Prospect | undefined {
  const digits = Number(numberE164.slice(-4));
  const answers = { kind: 'answers', ringMs: RING_MS, voice: 'talk' } as const;
  switch (Math.floor(digits / 10)) {
    case 20:
      return { ...answers, ringMs: ANNOUNCEMENT_MS, announces: true };
    case 21:
      return { ...unreachable(404, 'unallocated'), afterMs: ANNOUNCEMENT_MS, announces: true };
    case 22:
      return { ...answers, voice: 'menu' };
    case 23:
      return { ...answers, lossPercent: 100 };
    case 24:
      return { ...answers, lossPercent: Math.max(2, 5 * (digits % 10)) };
    case 25:
      return { ...answers, handsOverAfterMs: 5_000 };
    case 26:
      return { ...answers, voice: 'statement' };
    default:
      return undefined;
  }
}

function prospectByDigits(numberE164: string): Prospect {
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
  return { kind: 'answers', ringMs: 3_000, voice: 'talk', hangsUpAfterMs: 45_000 };
}

/** The same prospect living faster or slower: every wait times the scale. */
export function atPace(prospect: Prospect, timeScale: number): Prospect {
  if (prospect.kind === 'refuses') return { ...prospect, afterMs: prospect.afterMs * timeScale };
  const { handsOverAfterMs, hangsUpAfterMs, ringMs } = prospect;
  return {
    ...prospect,
    ringMs: ringMs * timeScale,
    ...(hangsUpAfterMs === undefined ? {} : { hangsUpAfterMs: hangsUpAfterMs * timeScale }),
    ...(handsOverAfterMs === undefined ? {} : { handsOverAfterMs: handsOverAfterMs * timeScale }),
  };
}

function unreachable(sipStatus: number, cause: EndCause): RefusingProspect {
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

import { setTimeout as pause } from 'node:timers/promises';

const ASK_AGAIN_MS = 50;

/**
 * Asks until the answer is no longer undefined or false, and gives it. A question that throws counts as not yet.
 * Fails after the deadline, saying what was waited for and what stood in the way last.
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  deadlineMs = 60_000,
): Promise<Answer> {
  const endsAt = performance.now() + deadlineMs;
  let obstacle: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      obstacle = error;
    }
    if (performance.now() > endsAt)
      throw new Error(`Within ${deadlineMs / 1_000} s not: ${what}`, { cause: obstacle });
    await pause(ASK_AGAIN_MS);
  }
}

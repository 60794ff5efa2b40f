import type { EndCause, EndedBy } from '@scoreline/contract';
import type { FarEnd } from './farEnd.ts';
import type { Prospect } from './prospects.ts';

/** What a prospect can do to a call. */
export interface ProspectStage {
  ring(): void;
  /** Lets itself be heard before it answers. */
  announce(): void;
  /** Resolves with whether the call is up now. */
  answer(): Promise<boolean>;
  refuse(endedBy: EndedBy, cause: EndCause, sipStatus: number): void;
  hangUp(): void;
  /** The network could not do it. */
  fail(): void;
}

/** Plays a prospect from the first ring to its last act. Returns what stops it. */
export function playProspect(prospect: Prospect, far: FarEnd, stage: ProspectStage): () => void {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  const after = (delayMs: number | undefined, act: () => void): void => {
    if (delayMs !== undefined && !isStopped) timers.add(setTimeout(act, delayMs));
  };

  const answer = async (): Promise<void> => {
    if (prospect.kind !== 'answers' || !(await stage.answer())) return;
    far.say(prospect.voice);
    after(prospect.hangsUpAfterMs, () => stage.hangUp());
    after(prospect.handsOverAfterMs, () => {
      far.say('music');
      after(HANDOVER_MS, () => far.say('colleague'));
    });
  };

  if (prospect.announces === true) {
    far.say('announcement');
    stage.announce();
  } else if (prospect.kind === 'answers' || prospect.rings) stage.ring();
  if (prospect.kind === 'refuses')
    after(prospect.afterMs, () => stage.refuse(prospect.endedBy, prospect.cause, prospect.sipStatus));
  else after(prospect.ringMs, () => void answer().catch(() => stage.fail()));

  return () => {
    isStopped = true;
    for (const timer of timers) clearTimeout(timer);
  };
}

/** How long the music lasts between two people. */
const HANDOVER_MS = 1_000;

/** How often a tab asks whether the leading one still answers. */
export const ASK_EVERY_MS = 500;
/** A leader that has not answered for so long is frozen: another tab takes the phone over. */
const SILENT_AFTER_MS = 2_000;
/**
 * With a call up it is given more time. Browsers do not freeze a tab that captures sound, so it is only busy: its voice
 * goes on without its scripts, and taking the call over would interrupt it for a moment.
 */
const SILENT_IN_CALL_AFTER_MS = 6_000;
/** A longer pause between two questions was this tab's own: frozen, asleep, or slowed down by the browser. */
const LONGEST_COUNTED_MS = 600;

/** What a tab knows of the leader's silence. */
export interface LeaderWatch {
  readonly askedAtMs: number;
  readonly silentMs: number;
}

/** The leader was heard, or nothing is known yet. */
export function heardLeader(atMs: number): LeaderWatch {
  return { askedAtMs: atMs, silentMs: 0 };
}

/**
 * What is known when the next question is due. Only time in which this tab itself was awake counts as the leader's
 * silence: after a sleep both wake at once, and the answers come behind the timers.
 */
export function askedLeader(watch: LeaderWatch, atMs: number): LeaderWatch {
  const counted = Math.min(LONGEST_COUNTED_MS, Math.max(0, atMs - watch.askedAtMs));
  return { askedAtMs: atMs, silentMs: watch.silentMs + counted };
}

/** Whether another tab is to take the phone over. */
export function isSilent(watch: LeaderWatch, hasCall: boolean): boolean {
  return watch.silentMs >= (hasCall ? SILENT_IN_CALL_AFTER_MS : SILENT_AFTER_MS);
}

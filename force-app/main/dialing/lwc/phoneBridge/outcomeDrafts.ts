import { OUTCOME_CODES } from 'c/callContract';
import type { OutcomeChoice } from 'c/callContract';

/** What has been entered for a call and not been saved. */
export type OutcomeDraft = Partial<OutcomeChoice>;

const KEY_PREFIX = 'scoreline.draft.';
/** A call whose outcome nobody gave for so long is asked for no more, and its note is nobody's business. */
const KEPT_MS = 7 * 86_400_000;

/** Where the browser stores nothing, or too much already, a draft lasts as long as its page. */
const ofThisPage = new Map<string, OutcomeDraft>();

/**
 * Drafts are kept by this browser, not by the page alone: a reload, a crash, and the tab that takes the phone over must
 * find the note as it was left. Lightning gives each namespace a storage of its own.
 */
export function draftOf(callId: string): OutcomeDraft | undefined {
  return ofThisPage.get(callId) ?? readDraft(stored(callId));
}

export function keepDraft(callId: string, draft: OutcomeDraft): void {
  ofThisPage.set(callId, draft);
  try {
    dropOldDrafts();
    window.localStorage.setItem(KEY_PREFIX + callId, JSON.stringify({ ...draft, keptAtMs: Date.now() }));
  } catch {
    // The page has it; a browser that refuses storage must not keep the rep from writing.
  }
}

/** The outcome is saved: what was entered is erased. */
export function forgetDraft(callId: string): void {
  ofThisPage.delete(callId);
  try {
    window.localStorage.removeItem(KEY_PREFIX + callId);
  } catch {
    // Nothing was stored where storing is refused.
  }
}

function stored(callId: string): string | null {
  try {
    return window.localStorage.getItem(KEY_PREFIX + callId);
  } catch {
    // Nothing was stored where storing is refused.
    return null;
  }
}

function dropOldDrafts(): void {
  for (const key of Object.keys(window.localStorage)) {
    if (!key.startsWith(KEY_PREFIX)) continue;
    const keptAtMs = readObject(window.localStorage.getItem(key))?.keptAtMs;
    if (typeof keptAtMs !== 'number' || Date.now() - keptAtMs > KEPT_MS) window.localStorage.removeItem(key);
  }
}

/** Whatever else stands there, it is no draft. */
function readDraft(text: string | null): OutcomeDraft | undefined {
  const row = readObject(text);
  if (row === undefined) return undefined;
  const outcome = OUTCOME_CODES.find((code) => code === row.outcome);
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(typeof row.note === 'string' ? { note: row.note } : {}),
    ...(typeof row.followUpOn === 'string' ? { followUpOn: row.followUpOn } : {}),
  };
}

function readObject(text: string | null): Record<string, unknown> | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Whatever else stands there, it is no draft.
    return undefined;
  }
}

/**
 * What the org answers when it, or the rights of the relay's user, lack an object or a field. Only an admin can change
 * that, so there is no use in asking at every pass.
 */
const MISSING_CODES: ReadonlySet<string> = new Set([
  'INVALID_TYPE',
  'INVALID_FIELD',
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'FUNCTIONALITY_NOT_ENABLED',
]);
const ASK_AGAIN_MS = 5 * 60_000;

/** Remembers what is missing, so that it is said once and asked for seldom. */
export interface MissingObjects {
  /** Whether a step is worth a request now. */
  isDue(step: string): boolean;
  /** Notes that a step went well. */
  found(step: string): void;
  /** Notes how a step failed and tells whether to report it: what is missing is reported when it turns out so. */
  failed(step: string, code: string): boolean;
}

/** @param now epoch milliseconds */
export function rememberMissing(now: () => number = Date.now): MissingObjects {
  const missing = new Map<string, { readonly code: string; readonly askAgainAt: number }>();
  return {
    isDue: (step) => (missing.get(step)?.askAgainAt ?? 0) <= now(),
    found: (step) => void missing.delete(step),
    failed(step, code) {
      if (!MISSING_CODES.has(code)) return true;
      const isKnown = missing.get(step)?.code === code;
      missing.set(step, { code, askAgainAt: now() + ASK_AGAIN_MS });
      return !isKnown;
    },
  };
}

/** Whether a code says that the org has no such object, as far as the relay's user can see. */
export function isObjectMissing(code: string): boolean {
  return code === 'INVALID_TYPE';
}

import * as z from 'zod/mini';
import type { Session } from '../../environmentTypes.ts';

const SESSION_KEY = 'scoreline.session';
const REASON_KEY = 'scoreline.signedOutReason';

const sessionSchema = z.object({ accessToken: z.string(), userId: z.string(), orgId: z.string() });

/** Keeps the session for one browser tab, so that two tabs can be two people. */
export interface SessionStore {
  read(): Session | undefined;
  keep(session: Session): void;
  clear(reason: string | undefined): void;
  /** Why the last session ended; asked once. */
  takeReason(): string | undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever else stands there, it is no session.
    return undefined;
  }
}

export function createSessionStore(storage: Storage): SessionStore {
  return {
    read() {
      const text = storage.getItem(SESSION_KEY);
      const result = sessionSchema.safeParse(text === null ? undefined : parsed(text));
      return result.success ? result.data : undefined;
    },
    keep(session) {
      storage.setItem(SESSION_KEY, JSON.stringify(session));
    },
    clear(reason) {
      storage.removeItem(SESSION_KEY);
      if (reason !== undefined) {
        storage.setItem(REASON_KEY, reason);
      }
    },
    takeReason() {
      const reason = storage.getItem(REASON_KEY);
      storage.removeItem(REASON_KEY);
      return reason ?? undefined;
    },
  };
}

import type { ReportFault } from '../ports/reportFault.ts';
import type { LeadListener, Tabs } from '../ports/tabs.ts';

/**
 * The user's tabs by Web Locks and BroadcastChannel, both of which know only pages of one origin, that is of one org.
 * `userKey` names the user in it: two users of one browser share neither lock nor channel. What is said is text, since
 * an object made inside a sandbox's membrane is a proxy, which the browser cannot clone. Without a user, or where the
 * browser has neither, as on a page that is not secure, the tab is alone.
 */
export function openBrowserTabs(userKey: string | undefined, tabId: string, reportFault: ReportFault): Tabs {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (userKey === undefined || locks === undefined || !('BroadcastChannel' in globalThis))
    return aloneTab(tabId);
  const name = `scoreline-phone:${userKey}`;
  const channel = new BroadcastChannel(name);
  let listen: (text: string) => void = () => undefined;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') listen(data);
  };

  return {
    tabId,
    lead: (seize, listener) => requestLock(locks, name, seize, listener, reportFault),
    say: (text) => channel.postMessage(text),
    onSaid(listener) {
      listen = listener;
    },
    close() {
      channel.close();
    },
  };
}

function aloneTab(tabId: string): Tabs {
  return {
    tabId,
    lead(_seize, listener) {
      let isOver = false;
      queueMicrotask(() => {
        if (!isOver) listener.granted();
      });
      return () => {
        isOver = true;
      };
    },
    say: () => undefined,
    onSaid: () => undefined,
    close: () => undefined,
  };
}

/** Holds the lock from the moment it is granted until what this returns is called. */
function requestLock(
  locks: LockManager,
  name: string,
  seize: boolean,
  listener: LeadListener,
  reportFault: ReportFault,
): () => void {
  const wish = new AbortController();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isOver = false;
  locks
    .request(name, seize ? { steal: true } : { signal: wish.signal }, async () => {
      if (!isOver) listener.granted();
      await held;
    })
    .catch((error: unknown) => {
      if (isOver) return;
      if (error instanceof Error && error.name === 'AbortError') listener.lost();
      else {
        // A browser that refuses locks here must not leave the rep without a phone: the tab works alone.
        reportFault(error);
        listener.granted();
      }
    });
  return () => {
    isOver = true;
    wish.abort();
    release();
  };
}

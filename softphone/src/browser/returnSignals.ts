import type { Clock } from '../ports/clock.ts';

const TICK_MS = 1_000;
/** A tick that comes so late was held up by sleep, or by a browser that slows hidden tabs down. */
const LATE_AFTER_MS = 4_000;

/**
 * Tells when the page may have been away without hearing what happened meanwhile: the network came back or is another
 * one (`isNetworkNew`), the computer slept, the tab was hidden. Sleep has no event of its own: by the wall clock, which
 * goes on through it on every system, a tick comes late. Returns what ends that.
 */
export function onReturn(clock: Clock, listener: (isNetworkNew: boolean) => void): () => void {
  const { connection } = navigator as { connection?: EventTarget };
  let tickedAtMs = clock.now();
  const handleNetwork = (): void => listener(true);
  const handleShown = (): void => {
    if (document.visibilityState === 'visible') listener(false);
  };
  const stopTicks = clock.every(TICK_MS, () => {
    const lateMs = clock.now() - tickedAtMs - TICK_MS;
    tickedAtMs = clock.now();
    if (lateMs > LATE_AFTER_MS) listener(false);
  });
  window.addEventListener('online', handleNetwork);
  window.addEventListener('pageshow', handleShown);
  document.addEventListener('visibilitychange', handleShown);
  connection?.addEventListener('change', handleShown);
  return () => {
    stopTicks();
    window.removeEventListener('online', handleNetwork);
    window.removeEventListener('pageshow', handleShown);
    document.removeEventListener('visibilitychange', handleShown);
    connection?.removeEventListener('change', handleShown);
  };
}

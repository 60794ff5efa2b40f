import type { RecentCall } from 'c/callContract';

/** A missed call that nobody has spoken to since: nobody called that number back, and it did not get through again. */
function waitsForCallBack(call: RecentCall, calls: readonly RecentCall[]): boolean {
  return (
    call.isMissed &&
    !calls.some(
      (later) =>
        later.number === call.number &&
        later.startedAtMs > call.startedAtMs &&
        (later.direction === 'outbound' || !later.isMissed),
    )
  );
}

/** Missed calls that wait for a call back first, then all others. Each newest first, as given. */
export function missedFirst(calls: readonly RecentCall[]): RecentCall[] {
  const waiting = calls.filter((call) => waitsForCallBack(call, calls));
  return [...waiting, ...calls.filter((call) => !waiting.includes(call))];
}

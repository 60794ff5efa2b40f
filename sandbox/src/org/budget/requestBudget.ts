const MINUTE_MS = 60_000;
const WINDOW_MINUTES = 24 * 60;

/** Requests of the last 24 hours, and how many there may be. */
export interface RequestUsage {
  readonly used: number;
  readonly maximum: number;
}

/** The org's allocation of requests over a rolling day. */
export interface RequestBudget {
  usage(): RequestUsage;
  /** Counts a request, unless the allocation is used up: then it answers false. */
  spend(): boolean;
  /** Changes the allocation, or says how many requests the last day has seen. */
  set(change: { readonly dailyRequests?: number | undefined; readonly used?: number | undefined }): void;
}

/** @param nowMs epoch milliseconds; requests leave the window a day, to the minute, after they came. */
export function createRequestBudget(dailyRequests: number, nowMs: () => number): RequestBudget {
  const counts = new Map<number, number>();
  let maximum = dailyRequests;
  const minuteNow = (): number => Math.floor(nowMs() / MINUTE_MS);
  const used = (): number => {
    const oldest = minuteNow() - WINDOW_MINUTES;
    let sum = 0;
    for (const [minute, count] of counts) {
      if (minute <= oldest) counts.delete(minute);
      else sum += count;
    }
    return sum;
  };
  const add = (count: number): void => {
    const minute = minuteNow();
    counts.set(minute, (counts.get(minute) ?? 0) + count);
  };
  return {
    usage: () => ({ used: used(), maximum }),
    spend() {
      if (used() >= maximum) return false;
      add(1);
      return true;
    },
    set(change) {
      maximum = change.dailyRequests ?? maximum;
      if (change.used === undefined) return;
      counts.clear();
      add(change.used);
    },
  };
}

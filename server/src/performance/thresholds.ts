import type { CallThresholds } from '@scoreline/scoring';
import { inForceOn, USUAL_THRESHOLDS } from '@scoreline/scoring';
import type { WeightCopy } from '../crm/index.ts';

/** The talk times from which calls count, as they stood on each day. */
export interface ThresholdHistory {
  readonly at: (startedMs: number) => CallThresholds;
  /** The same for histories that say the same. */
  readonly name: string;
}

const DAY_MS = 86_400_000;

/** What the org's weights say of thresholds; a day before the first one has the usual ones. */
export function thresholdsFrom(weights: readonly WeightCopy[]): ThresholdHistory {
  const dated = weights.flatMap(({ threshold, ...weight }) =>
    threshold === null ? [] : [{ ...weight, value: threshold }],
  );
  const known = new Map<number, CallThresholds>();
  return {
    at(startedMs) {
      if (dated.length === 0) return USUAL_THRESHOLDS;
      const epochDay = Math.floor(startedMs / DAY_MS);
      const before = known.get(epochDay);
      if (before !== undefined) return before;
      const day = new Date(epochDay * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
      const inForce = inForceOn(dated, day);
      const thresholds = {
        connectSeconds: inForce.get('connects')?.value ?? USUAL_THRESHOLDS.connectSeconds,
        conversationSeconds: inForce.get('conversations')?.value ?? USUAL_THRESHOLDS.conversationSeconds,
      };
      known.set(epochDay, thresholds);
      return thresholds;
    },
    name: JSON.stringify(
      dated.map(({ metric, value, effectiveFrom, id }) => [effectiveFrom, metric, id, value]).toSorted(),
    ),
  };
}

import type { CallThresholds } from '@scoreline/scoring';
import { inForceOn, USUAL_THRESHOLDS } from '@scoreline/scoring';
import type { WeightCopy } from '../crm/index.ts';

/** The talk times from which calls count, as they stood on each day. */
export interface ThresholdHistory {
  readonly at: (startedAt: string) => CallThresholds;
  /** The same for histories that say the same. */
  readonly name: string;
}

/** What the org's weights say of thresholds; a day before the first one has the usual ones. */
export function thresholdsFrom(weights: readonly WeightCopy[]): ThresholdHistory {
  const dated = weights.flatMap(({ threshold, ...weight }) =>
    threshold === null ? [] : [{ ...weight, value: threshold }],
  );
  const known = new Map<string, CallThresholds>();
  return {
    at(startedAt) {
      if (dated.length === 0) return USUAL_THRESHOLDS;
      const day = startedAt.slice(0, 'YYYY-MM-DD'.length);
      const before = known.get(day);
      if (before !== undefined) return before;
      const inForce = inForceOn(dated, day);
      const thresholds = {
        connectSeconds: inForce.get('connects')?.value ?? USUAL_THRESHOLDS.connectSeconds,
        conversationSeconds: inForce.get('conversations')?.value ?? USUAL_THRESHOLDS.conversationSeconds,
      };
      known.set(day, thresholds);
      return thresholds;
    },
    name: JSON.stringify(
      dated.map(({ metric, value, effectiveFrom, id }) => [effectiveFrom, metric, id, value]).toSorted(),
    ),
  };
}

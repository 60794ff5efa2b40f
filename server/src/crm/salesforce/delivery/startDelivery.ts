import { setTimeout as wait } from 'node:timers/promises';
import { deliverOnce, type DeliveryOptions } from './deliverOnce.ts';

export interface Delivery {
  /** Ends after the requests that run. */
  stop(): Promise<void>;
}

export interface DeliveryLoopOptions extends DeliveryOptions {
  /** Told of an error that is not the org's; the loop goes on. */
  readonly onError: (error: Error) => void;
}

/** How often each org's outbox is looked at. */
const LOOK_INTERVAL_MS = 500;

/**
 * Starts to keep the orgs' Tasks and cards in step with the ledger. Every worker may run it: for each org, one of
 * them at a time sends.
 */
export function startDelivery(options: DeliveryLoopOptions): Delivery {
  const stopping = new AbortController();
  const loops = options.organizations.orgIds.map((orgId) => deliverAlways(options, orgId, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function deliverAlways(
  options: DeliveryLoopOptions,
  orgId: string,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const step = await deliverOnce(options, orgId).catch((error: unknown) => {
      options.onError(
        error instanceof Error ? error : new Error('A delivery threw something that is no error'),
      );
      return 'failed' as const;
    });
    if (step === 'full') continue;
    await wait(LOOK_INTERVAL_MS, undefined, { signal: stopping }).catch((error: unknown) => {
      if (!stopping.aborted) throw error;
    });
  }
}

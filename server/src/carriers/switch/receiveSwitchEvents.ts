import type { SwitchEventsRequest, SwitchEventsResponse } from '@scoreline/contract/wire';
import { recordEvents, type Ledger } from '../../calls/index.ts';

/** Enters a switch's or carrier's call detail, whose signature was verified, into the ledger. */
export async function receiveSwitchEvents(
  ledger: Ledger,
  { orgId, witness, events }: SwitchEventsRequest,
): Promise<SwitchEventsResponse> {
  const { stored, duplicates, unknownCallIds } = await recordEvents(ledger, { orgId, witness, events });
  return { stored, duplicates, unknownCallIds: [...unknownCallIds] };
}

import type { CallEvent } from '@scoreline/contract';
import type { Acknowledgement } from '@scoreline/contract/wire';
import { Refusal } from '../refusal.ts';
import { recordEvents, type Ledger } from './recordEvents.ts';

/**
 * Enters what a rep's own phone saw or what the rep said. Refuses with `callNotFound` a call that is not this rep's,
 * whoever else has it, and with `eventConflict` as {@link recordEvents} does.
 */
export async function recordSoftphoneEvents(
  ledger: Ledger,
  caller: { readonly orgId: string; readonly userId: string },
  callId: string,
  events: readonly CallEvent[],
): Promise<Acknowledgement> {
  const receipt = await recordEvents(ledger, {
    orgId: caller.orgId,
    witness: 'softphone',
    events: events.map((event) => ({ callId, userId: caller.userId, event })),
  });
  const position = receipt.positions.get(caller.userId);
  if (position === undefined) throw new Refusal('callNotFound');
  return { callId, position, stored: receipt.stored, duplicates: receipt.duplicates };
}

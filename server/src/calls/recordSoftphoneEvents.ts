import type { CallEvent } from '@scoreline/contract';
import type { Acknowledgement, EventsRequest } from '@scoreline/contract/wire';
import { Refusal } from '../refusal.ts';
import { recordEvents, type Ledger } from './recordEvents.ts';

/**
 * Enters what a rep's own phone saw or what the rep said. Refuses with `callNotFound` a call that is not this rep's,
 * whoever else has it, with `callIdReused` a call said to have come in that did not, or not from there, and with
 * `eventConflict` as {@link recordEvents} does.
 *
 * @param inbound opens a call that came in
 */
export async function recordSoftphoneEvents(
  ledger: Ledger,
  caller: { readonly orgId: string; readonly userId: string },
  callId: string,
  events: readonly CallEvent[],
  inbound?: EventsRequest['inbound'],
): Promise<Acknowledgement> {
  const receipt = await recordEvents(ledger, {
    orgId: caller.orgId,
    witness: 'softphone',
    events: events.map((event) => ({ callId, userId: caller.userId, event, inbound })),
  });
  const position = receipt.positions.get(caller.userId);
  if (position === undefined) throw new Refusal(inbound === undefined ? 'callNotFound' : 'callIdReused');
  return { callId, position, stored: receipt.stored, duplicates: receipt.duplicates };
}

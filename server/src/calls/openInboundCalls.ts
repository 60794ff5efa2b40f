import type { Connection } from '../database/index.ts';
import { hashNumber, keyedHash } from './personalHash.ts';

/** What a witness says of a call that came in. */
export interface InboundOpening {
  readonly callId: string;
  /** The rep for whom it came in. */
  readonly userId: string;
  /** Undefined where the caller withheld it, or this witness was not told. */
  readonly numberE164: string | undefined;
}

interface InboundNumber {
  readonly callId: string;
  readonly isInbound: boolean;
  readonly numberHash: string | null;
}

/**
 * Opens the ledger for calls that came in, where no other witness has done so: their ids are minted by the switch.
 * Call it before `lockCalls`, in the same transaction. What is open already, with whatever number, stays as it is.
 */
export async function openInboundCalls(
  connection: Connection,
  personalDataKey: Buffer,
  orgId: string,
  openings: readonly InboundOpening[],
): Promise<void> {
  if (openings.length === 0) return;
  // In one order, so that two reports of the same calls never wait for each other.
  const ordered = [...openings].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const userIds = [...new Set(ordered.map(({ userId }) => userId))];
  await connection.query(
    `insert into rep_position (org_id, user_id) select $1, unnest($2::text[])
     on conflict (org_id, user_id) do nothing`,
    [orgId, userIds],
  );
  await connection.query(
    `with inserted as (
       insert into call (org_id, call_id, user_id, opening_hash, direction)
       select $1, each.*, 'inbound' from unnest($2::uuid[], $3::text[], $4::text[]) as each (call_id, user_id, hash)
       where not exists (select from call where call.call_id = each.call_id and call.org_id <> $1)
       on conflict (org_id, call_id) do nothing returning call_id
     )
     insert into call_personal (org_id, call_id) select $1, call_id from inserted`,
    [
      orgId,
      ordered.map(({ callId }) => callId),
      ordered.map(({ userId }) => userId),
      ordered.map(({ callId, userId }) =>
        keyedHash(personalDataKey, ['inbound', orgId, callId.toLowerCase(), userId]),
      ),
    ],
  );
}

/**
 * Compares what a witness says with what is known, and enters a number that nobody knew yet. Gives the calls of which
 * it cannot be true: calls that the rep placed, or that came in from another number.
 *
 * @param openings of calls that `lockCalls` has locked for the same rep
 */
export async function enterInboundNumbers(
  connection: Connection,
  personalDataKey: Buffer,
  orgId: string,
  openings: readonly InboundOpening[],
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  if (openings.length === 0) return refused;
  const known = await connection.query<InboundNumber>(
    `select call_id as "callId", direction = 'inbound' as "isInbound", number_hash as "numberHash"
     from call where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, openings.map(({ callId }) => callId)],
  );
  const hashes = new Map(known.map(({ callId, numberHash }) => [callId, numberHash]));
  const outbound = new Set(known.filter(({ isInbound }) => !isInbound).map(({ callId }) => callId));
  for (const { callId: text, numberE164 } of openings) {
    const callId = text.toLowerCase();
    if (outbound.has(callId)) refused.add(callId);
    if (outbound.has(callId) || numberE164 === undefined) continue;
    const numberHash = hashNumber(personalDataKey, orgId, numberE164);
    const knownHash = hashes.get(callId) ?? null;
    if (knownHash !== null && knownHash !== numberHash) refused.add(callId);
    if (knownHash !== null) continue;
    hashes.set(callId, numberHash);
    await connection.query(
      `with numbered as (
         update call_personal set number_e164 = $4 where org_id = $1 and call_id = $2
       )
       update call set number_hash = $3 where org_id = $1 and call_id = $2`,
      [orgId, callId, numberHash, numberE164],
    );
  }
  return refused;
}

function keyOf({ userId, callId }: InboundOpening): string {
  return `${userId} ${callId.toLowerCase()}`;
}

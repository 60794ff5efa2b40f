import type { Connection } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import type { CallDetail } from './callRecord.ts';
import { findCalls } from './findCalls.ts';

/**
 * A rep's own call. Refuses with `callNotFound` one that is not this rep's, whoever else has it.
 *
 * @param path where the request names the call, when that is not its address
 */
export async function callOfRep(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  callId: string,
  path?: string,
): Promise<CallDetail> {
  const [call] = await findCalls(connection, orgId, [callId]);
  if (call?.userId !== userId) throw new Refusal('callNotFound', path);
  return call;
}

/** The same of a call that is up, or about to be, as far as anybody has told; else refuses with `callEnded`. */
export async function liveCallOfRep(...parameters: Parameters<typeof callOfRep>): Promise<CallDetail> {
  const call = await callOfRep(...parameters);
  if (call.state === 'ended') throw new Refusal('callEnded', parameters[3]);
  return call;
}

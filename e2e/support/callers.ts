import type { Connection } from 'jsforce';
import { RelayClient, post } from './relayClient.ts';
import { type RunningSandbox, type SandboxUser, expect } from './sandbox.ts';

/** What a simulated caller of the switch does. */
export type CallerBehaviour =
  | { readonly kind: 'talks' }
  | { readonly kind: 'hangsUp' | 'givesUp'; readonly afterSeconds: number }
  | { readonly kind: 'voicemail'; readonly messageSeconds: number };

interface Caller {
  readonly from: string;
  readonly behaviour: CallerBehaviour;
  /** How long it rings before the voicemail answers. */
  readonly ringSeconds?: number;
}

/** Has somebody ring this person; resolves with the call’s id. */
export async function ring(
  sandbox: RunningSandbox,
  { userId }: SandboxUser,
  caller: Caller,
): Promise<string> {
  const response = await fetch(`${sandbox.url}/sandbox/switch/inbound`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId, ...caller }),
  });
  return ((await response.json()) as { callId: string }).callId;
}

/** Creates a contact of each name, all with one number; resolves with their ids once the relay knows them. */
export async function createSharers(
  sandbox: RunningSandbox,
  connection: Connection,
  user: SandboxUser,
  names: readonly { readonly FirstName: string; readonly LastName: string }[],
  numberE164: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const { id = '' } = await connection.sobject('Contact').create({ ...name, Phone: numberE164 });
    ids.push(id);
  }
  const relay = await RelayClient.signIn(sandbox, user);
  await expect
    .poll(
      async () => {
        const { body } = await post(sandbox, '/v1/callers', { numberE164 }, relay.authorization);
        return (body as { recordIds?: string[] }).recordIds?.length;
      },
      { timeout: 30_000, intervals: [1_000] },
    )
    .toBe(names.length);
  return ids;
}

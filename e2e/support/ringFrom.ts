import type { RunningSandbox } from './sandbox.ts';

/** Somebody at this number rings Tomas and talks until the rep hangs up. Resolves with the call's id. */
export async function ringFrom(sandbox: RunningSandbox, from: string): Promise<string> {
  const response = await fetch(`${sandbox.url}/sandbox/switch/inbound`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      userId: sandbox.people.tomas.userId,
      from,
      behaviour: { kind: 'talks' },
    }),
  });
  const { callId } = (await response.json()) as { callId: string };
  return callId;
}

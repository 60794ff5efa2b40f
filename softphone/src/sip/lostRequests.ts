import type { UserAgentCore } from 'sip.js/lib/core/index.js';
import { TransactionState } from 'sip.js/lib/core/index.js';

type Transaction =
  UserAgentCore['userAgentClients'] extends Map<string, infer Client>
    ? Client extends { readonly transaction: infer Own }
      ? Own
      : never
    : never;

/**
 * The connection is gone, and with it every re-INVITE whose answer is awaited. SIP.js would wait 32 s for it (RFC 3261,
 * 17.1.1.2, timer B), and no hold and no ICE restart could follow meanwhile: each is answered here as one that the
 * network refused (8.1.3.1: 503). Its own hook for that is called when sending fails, not when the connection does.
 */
export function giveUpReinvites(core: UserAgentCore): void {
  for (const transaction of pending(core))
    if (transaction.request.method === 'INVITE' && isInDialog(transaction))
      (transaction as unknown as { onTransportError(error: Error): void }).onTransportError(
        new Error('The connection is gone'),
      );
}

/**
 * Sends again what went down with the connection unanswered and must arrive: the INVITE of a call that is being placed,
 * and the goodbye of one that was ended. A switch that has it already knows it by its branch and only answers again.
 */
export async function sendAgain(core: UserAgentCore): Promise<void> {
  for (const transaction of pending(core)) {
    const { method } = transaction.request;
    if (transaction.state !== TransactionState.Calling && transaction.state !== TransactionState.Trying)
      continue;
    if (method === 'BYE' || method === 'CANCEL' || (method === 'INVITE' && !isInDialog(transaction)))
      await core.transport.send(transaction.request.toString());
  }
}

function pending(core: UserAgentCore): Transaction[] {
  return [...core.userAgentClients.values()].map(({ transaction }) => transaction);
}

function isInDialog({ request }: Transaction): boolean {
  return request.toTag !== undefined && request.toTag !== '';
}

import { reconcile } from '../crm/index.ts';
import { orgIdsOf, say, type CommandOptions } from './relayParts.ts';

const DAY_MS = 86_400_000;

/** Compares calls with the org's Tasks and says what it found. */
export async function reconcileCommand(options: CommandOptions): Promise<void> {
  const { ledger, organizations, days, signal } = options;
  for (const orgId of orgIdsOf(options)) {
    const found = await reconcile({
      ledger,
      organizations,
      orgId,
      since: new Date(Date.now() - days * DAY_MS),
      signal,
      onProgress: ({ compared, total }) => say(`${orgId}  ${compared} of ${total} calls compared`),
    });
    say(
      `${orgId}  ${found.compared} calls compared: ${found.missing} missing and ${found.outdated} outdated, delivered again; ` +
        `${found.edited} edited in the org, taken over; ${found.deleted} deleted in the org, left so; ${found.restored} restored`,
    );
  }
}

import { backfill } from '../crm/index.ts';
import { orgIdsOf, say, type CommandOptions } from './relayParts.ts';

/** Reads everything of the org that the relay keeps a copy of, and says how far it is. */
export async function runBackfill(options: CommandOptions): Promise<void> {
  say('');
}

import { deadLetters, replayDeadLetters } from '../crm/index.ts';
import { orgIdsOf, say, type CommandOptions } from './relayParts.ts';

const MOST_LISTED = 1_000;

/** Lists what cannot go on, a line each: when, org, what, reason. */
export async function listDeadLetters(options: CommandOptions): Promise<void> {
  const { database, queue } = options.ledger;
  let listed = 0;
  for (const orgId of orgIdsOf(options))
    for (const { callId, diedAt, reason } of await deadLetters(database, orgId, MOST_LISTED)) {
      say(`${diedAt.toISOString()}  ${orgId}  call ${callId}  ${reason}`);
      listed += 1;
    }
  for (const { queueName, diedAt, reason, payload } of await queue.deadLetters(MOST_LISTED)) {
    say(`${diedAt.toISOString()}  ${queueName}  ${JSON.stringify(payload)}  ${reason}`);
    listed += 1;
  }
  say(
    listed === 0 ? 'Nothing waits for you.' : `${listed} listed. Mend the cause, then: dead-letters replay`,
  );
}

/** Tries all of them again, or one call. */
export async function replayAll(options: CommandOptions): Promise<void> {
  const { database, queue } = options.ledger;
  let replayed = 0;
  for (const orgId of orgIdsOf(options)) replayed += await replayDeadLetters(database, orgId, options.call);
  if (options.call === undefined) replayed += await queue.replayDeadLetters();
  say(`${replayed} will be tried again.`);
}

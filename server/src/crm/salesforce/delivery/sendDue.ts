import { CrmError } from '../../port.ts';
import type { SalesforceSession } from '../session.ts';
import {
  followUpAttempts,
  followUpGroup,
  outcomeOfFollowUps,
  type DeliveredFollowUp,
} from './sendFollowUps.ts';
import { cardGroups, outcomeOfCards, type CardShipment } from './sendCards.ts';
import {
  outcomeOfTasks,
  taskGroup,
  type DeliveredCall,
  type RefusedCall,
  type TaskAttempt,
} from './sendTasks.ts';
import { upsertGroups } from './upsertGroups.ts';

export interface Sent {
  readonly delivered: readonly DeliveredCall[];
  readonly followUps: readonly DeliveredFollowUp[];
  /** A call may be delivered and refused, when it was its follow-up that the org did not take. */
  readonly refused: readonly RefusedCall[];
  /** The code that refused a rep's cards, by user id. */
  readonly cardsRefused: ReadonlyMap<string, string>;
}

/**
 * Sends Tasks, follow-ups and cards in one request, and in a second one what the org's answer shows how to mend.
 *
 * @throws CrmError when the org could not be asked, or takes no Tasks at all
 */
export async function sendDue(
  session: SalesforceSession,
  attempts: readonly TaskAttempt[],
  shipment: CardShipment,
  until: number,
): Promise<Sent> {
  const promises = followUpAttempts(attempts);
  const [tasks, followUps, ...cards] = await upsertGroups(
    session,
    [taskGroup(attempts), followUpGroup(promises), ...cardGroups(shipment)],
    until,
  );
  if (tasks?.refusal != null) throw new CrmError(tasks.refusal, true);
  const outcome = await outcomeOfTasks(session, attempts, tasks?.rows ?? [], until);
  const kept = outcomeOfFollowUps(promises, followUps);
  const cardOutcome = outcomeOfCards(shipment, cards);
  const again = await upsertGroups(
    session,
    [taskGroup(outcome.retries), followUpGroup(kept.retries), ...cardGroups(cardOutcome.retry)],
    until,
  );
  const [tasksAgain, followUpsAgain, ...cardsAgain] = again;
  const keptAgain = outcomeOfFollowUps(kept.retries, followUpsAgain);
  const delivered = [...outcome.delivered];
  const refused = [...outcome.refused];
  for (const [index, { call }] of outcome.retries.entries()) {
    const row = tasksAgain?.rows[index];
    if (row?.code === null) delivered.push({ callId: call.callId, taskId: row.id, version: call.version });
    else
      refused.push({
        callId: call.callId,
        version: call.version,
        code: row?.code ?? 'UNKNOWN_EXCEPTION',
        fieldName: row?.fieldName,
      });
  }
  const cardsStillRefused = outcomeOfCards(cardOutcome.retry, cardsAgain);
  const refusedAgain = cardsStillRefused.retry.groups
    .flat()
    .map(({ userId }) => [userId, 'CARD_OR_METRIC_MISSING'] as const);
  const withTask = new Set(refused.map(({ callId }) => callId));
  const promisesRefused = [...kept.refused, ...keptAgain.refused];
  return {
    delivered,
    followUps: [...kept.delivered, ...keptAgain.delivered],
    refused: [...refused, ...promisesRefused.filter(({ callId }) => !withTask.has(callId))],
    cardsRefused: new Map([...cardOutcome.refused, ...cardsStillRefused.refused, ...refusedAgain]),
  };
}

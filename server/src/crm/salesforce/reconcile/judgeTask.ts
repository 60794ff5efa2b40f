import { OUTCOME_CODES, type OutcomeCode } from '@scoreline/contract';
import type { CallRecord } from '../../../calls/index.ts';

/** What the org has of a call. */
export interface TaskInOrg {
  readonly version: number;
  readonly outcome: string | null;
  readonly isDeleted: boolean;
  readonly isArchived: boolean;
}

/** What the relay believes that the org has. */
export interface DeliveryState {
  /** Null also where the org may have been read before that version arrived there. */
  readonly deliveredVersion: number | null;
  /** Whether the Task's deletion was noted before. */
  readonly isNotedDeleted: boolean;
}

/**
 * What to do about a Task: nothing; note that it was deleted; note that it is back; write it again, because it has an
 * older version than the relay wrote; take over the outcome that the rep chose in the org.
 */
export type Verdict =
  | { readonly kind: 'fine' | 'deleted' | 'restored' | 'outdated' }
  | { readonly kind: 'edited'; readonly outcome: OutcomeCode };

/**
 * Compares a call with its Task. What was deleted in the org stays so, what was archived is left alone, and the
 * rep's edit wins, unless the rep has said something newer on the phone that is still on its way.
 */
export function judgeTask(
  call: Pick<CallRecord, 'outcome' | 'outcomeVersion'>,
  task: TaskInOrg,
  delivery: DeliveryState,
): Verdict {
  if (task.isDeleted) return { kind: delivery.isNotedDeleted ? 'fine' : 'deleted' };
  if (delivery.isNotedDeleted) return { kind: 'restored' };
  if (task.isArchived) return { kind: 'fine' };
  if (delivery.deliveredVersion !== null && task.version < delivery.deliveredVersion)
    return { kind: 'outdated' };
  const outcome = OUTCOME_CODES.find((code) => code === task.outcome);
  const isNewest = task.version >= (call.outcomeVersion ?? 0);
  if (outcome === undefined || outcome === call.outcome || !isNewest) return { kind: 'fine' };
  return { kind: 'edited', outcome };
}

import type { CallReason } from '@scoreline/contract';
import type { ProspectFacts } from './callFeatures.ts';

/** Why a person comes where they come when the order goes by the time since the last call. */
export function recencyReasons({ daysSinceLast }: Pick<ProspectFacts, 'daysSinceLast'>): CallReason[] {
  return daysSinceLast === null
    ? [{ kind: 'neverCalled' }]
    : [{ kind: 'lastCalled', days: Math.floor(daysSinceLast) }];
}

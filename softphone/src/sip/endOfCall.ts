import type { ErrorName } from '@scoreline/contract';
import { isErrorName } from '../domain/phoneError.ts';
import type { LineEnded } from '../ports/callGateway.ts';

type Ending = Pick<LineEnded, 'cause' | 'endedBy'>;

/** RFC 3261, section 21, and RFC 8197 for 607. Every other final status is a failure of the network. */
const ENDINGS: Readonly<Record<number, Ending>> = {
  404: { cause: 'unallocated', endedBy: 'network' },
  408: { cause: 'noAnswer', endedBy: 'network' },
  410: { cause: 'unallocated', endedBy: 'network' },
  480: { cause: 'noAnswer', endedBy: 'network' },
  484: { cause: 'unallocated', endedBy: 'network' },
  486: { cause: 'busy', endedBy: 'network' },
  487: { cause: 'cancelled', endedBy: 'network' },
  600: { cause: 'busy', endedBy: 'network' },
  603: { cause: 'declined', endedBy: 'prospect' },
  604: { cause: 'unallocated', endedBy: 'network' },
  607: { cause: 'declined', endedBy: 'prospect' },
};

/**
 * How a call ended that the switch refused with this final status. `errorHeader` is the row of the error table that
 * the switch may name; a failure without one is `callFailed`. 408 without a ring is a switch that never answered.
 */
export function endOfRefusedCall(
  sipStatus: number,
  errorHeader: string | undefined,
  hasRung: boolean,
): LineEnded {
  const known = sipStatus === 408 && !hasRung ? undefined : ENDINGS[sipStatus];
  if (known !== undefined) return { kind: 'ended', ...known, sipStatus };
  const error: ErrorName = errorHeader !== undefined && isErrorName(errorHeader) ? errorHeader : 'callFailed';
  return { kind: 'ended', cause: 'failed', endedBy: 'network', sipStatus, error };
}

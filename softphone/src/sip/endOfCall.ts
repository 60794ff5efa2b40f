import type { ErrorName } from '@scoreline/contract';
import { isErrorName } from '../domain/phoneError.ts';
import type { LineEnded } from '../ports/callGateway.ts';

type Ending = Pick<LineEnded, 'cause' | 'endedBy' | 'advice'>;

const UNALLOCATED: Ending = { cause: 'unallocated', endedBy: 'network', advice: 'numberUnallocated' };
const NO_ANSWER: Ending = { cause: 'noAnswer', endedBy: 'network', advice: 'nobodyAnswered' };
const BUSY: Ending = { cause: 'busy', endedBy: 'network', advice: 'lineBusy' };
const DECLINED: Ending = { cause: 'declined', endedBy: 'prospect', advice: 'callDeclined' };

/** What became of a call that reached the far end, or its number. RFC 3261, section 21, and RFC 8197 for 607. */
const ENDINGS: Readonly<Record<number, Ending>> = {
  404: UNALLOCATED,
  408: NO_ANSWER,
  410: UNALLOCATED,
  480: NO_ANSWER,
  484: UNALLOCATED,
  486: BUSY,
  487: { cause: 'cancelled', endedBy: 'network' },
  600: BUSY,
  603: DECLINED,
  604: UNALLOCATED,
  607: DECLINED,
};

/** Why a call reached nobody, where the switch names no row itself. */
const FAILURES: Readonly<Record<number, ErrorName>> = {
  401: 'registrationRefused',
  403: 'callForbidden',
  407: 'registrationRefused',
  408: 'switchSilent',
  415: 'codecMissing',
  // Only a call that is joined again is known by its id: it has ended meanwhile.
  481: 'callLost',
  488: 'codecMissing',
  500: 'switchFault',
  502: 'switchFault',
  503: 'switchBusy',
  504: 'switchSilent',
  580: 'codecMissing',
  606: 'codecMissing',
};

/**
 * How a call ended that the switch refused with this final status. `errorHeader` is the row of the error table that
 * the switch may name; a failure that nothing explains is `callFailed`. 408 without a ring is a switch that never
 * answered.
 */
export function endOfRefusedCall(
  sipStatus: number,
  errorHeader: string | undefined,
  hasRung: boolean,
): LineEnded {
  const known = sipStatus === 408 && !hasRung ? undefined : ENDINGS[sipStatus];
  if (known !== undefined) return { kind: 'ended', ...known, sipStatus };
  const named = errorHeader !== undefined && isErrorName(errorHeader) ? errorHeader : undefined;
  const error = named ?? FAILURES[sipStatus] ?? 'callFailed';
  return { kind: 'ended', cause: 'failed', endedBy: 'network', sipStatus, error };
}

import { entry } from './errorEntry.ts';

/** What stands in the way of a call, or became of it. Rows of the one error table. */
export const CALL_ERRORS = {
  holdRefused: entry(
    'SC-615',
    0,
    'Could not hold the call in progress.',
    'You are still talking; the other call was not placed. Try again.',
    true,
  ),
  callForbidden: entry(
    'SC-620',
    0,
    'The phone service does not allow this call.',
    'Check the number. If it is right, ask your admin to allow it.',
    false,
  ),
  switchSilent: entry(
    'SC-621',
    0,
    'The phone service did not answer the call.',
    'Nobody was rung. Dial again; if it stays, check your network.',
    true,
  ),
  switchFault: entry(
    'SC-622',
    0,
    'The phone service has a fault.',
    'Dial again in a minute. If it stays, tell your admin.',
    true,
  ),
  switchBusy: entry(
    'SC-623',
    0,
    'The phone service is full, or has no line out.',
    'Nobody was rung. Wait a minute, then dial again.',
    true,
  ),
  numberUnallocated: entry(
    'SC-624',
    0,
    'This number is not in use.',
    'Correct it on the record, or choose another number.',
    false,
  ),
  lineBusy: entry('SC-625', 0, 'The line is busy.', 'Call again in a few minutes.', true),
  nobodyAnswered: entry(
    'SC-626',
    0,
    'Nobody answered.',
    'Call again at another time of day, or leave a message.',
    true,
  ),
  callDeclined: entry('SC-627', 0, 'The call was declined.', 'Call at another time, or write first.', true),
} as const;

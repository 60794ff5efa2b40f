import { END_CAUSES, ENDED_BY } from '@scoreline/contract';
import fc from 'fast-check';
import type { CallChange } from '../../src/domain/callReducer.ts';

/** Any change of a call, fitting or not. */
export const anyChange: fc.Arbitrary<CallChange> = fc.oneof(
  fc.constantFrom<CallChange>(
    { kind: 'permitted' },
    { kind: 'dialed' },
    { kind: 'ringing' },
    { kind: 'holdAsked' },
    { kind: 'held' },
    { kind: 'resumed' },
    { kind: 'holdRefused' },
  ),
  fc.record({ kind: fc.constant('answered' as const), atMs: fc.nat() }),
  fc.record({ kind: fc.constant('muted' as const), muted: fc.boolean() }),
  fc.record({
    kind: fc.constant('refused' as const),
    atMs: fc.nat(),
    error: fc.constant('doNotCall' as const),
  }),
  fc.record({
    kind: fc.constant('ended' as const),
    atMs: fc.nat(),
    cause: fc.constantFrom(...END_CAUSES),
    endedBy: fc.constantFrom(...ENDED_BY),
    error: fc.constantFrom(undefined, 'callFailed' as const),
  }),
);

import { END_CAUSES, ENDED_BY } from '@scoreline/contract';
import fc from 'fast-check';
import { RECORD_ID } from './samples.ts';
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
    { kind: 'transferAsked' },
    { kind: 'transferRefused', error: 'transferRefused' },
    { kind: 'consulting' },
    { kind: 'consultationOver' },
    { kind: 'joined' },
    { kind: 'joinRefused', error: 'conferenceRefused' },
    { kind: 'left' },
    { kind: 'rejoining' },
    { kind: 'noRecordChosen' },
    { kind: 'recordChosen', recordId: RECORD_ID, recordName: 'Ana Ruiz' },
    { kind: 'matched', recordIds: [RECORD_ID] },
    { kind: 'matched', recordIds: [] },
  ),
  fc.record({ kind: fc.constant('answered' as const), atMs: fc.nat() }),
  fc.record({ kind: fc.constant('muted' as const), muted: fc.boolean() }),
  fc.record({
    kind: fc.constant('ended' as const),
    atMs: fc.nat(),
    cause: fc.constantFrom(...END_CAUSES),
    endedBy: fc.constantFrom(...ENDED_BY),
    error: fc.constantFrom(undefined, 'callFailed' as const),
  }),
);

import type { CallChange } from '../domain/callReducer.ts';
import type { LineEvent } from '../ports/callGateway.ts';
import type { NetworkFact } from './callJournal.ts';

/** What a line event changes in the call. */
export function changeOf(event: LineEvent, atMs: number): CallChange {
  switch (event.kind) {
    case 'dialing':
      return { kind: 'dialed' };
    case 'ringing':
      return { kind: 'ringing' };
    case 'answered':
      return { kind: 'answered', atMs };
    case 'ended': {
      const { cause, endedBy, error, advice } = event;
      return { kind: 'ended', atMs, cause, endedBy, error, advice };
    }
    default:
      return event;
  }
}

/** What the ledger is told of a line event; undefined for what is no fact of this call's line. */
export function factOf(event: LineEvent): NetworkFact | undefined {
  switch (event.kind) {
    case 'dialing':
      return { kind: 'dialed' };
    case 'ringing':
    case 'answered':
    case 'held':
    case 'resumed':
      return { kind: event.kind };
    case 'ended': {
      if (event.isElsewhere === true) return undefined;
      const { cause, endedBy, sipStatus } = event;
      return { kind: 'ended', cause, endedBy, ...(sipStatus === undefined ? {} : { sipStatus }) };
    }
    default:
      return undefined;
  }
}

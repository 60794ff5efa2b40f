import type { Phone, PhoneCall } from '@scoreline/contract';
import { isPlaced } from '../domain/callReducer.ts';
import { ERROR_ROWS } from '../domain/errorRows.ts';
import { errorNameOf, PhoneError } from '../domain/phoneError.ts';
import { findCall } from '../domain/shownCalls.ts';
import type { Relay } from '../ports/relay.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { Connection } from './connection.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface CallerRecordsParts {
  readonly screen: SnapshotStore;
  readonly connection: Connection;
  readonly relay: Relay;
  readonly reportFault: ReportFault;
}

/** Whose call it is: the records that have the caller's number, and the one the rep chose. */
export interface CallerRecords {
  /** Looks the caller of an inbound call up. */
  find(call: PhoneCall): void;
  choose: Phone['chooseRecord'];
  /** Sends the choices that the relay has not taken yet. */
  sendNow(): void;
}

export function createCallerRecords(parts: CallerRecordsParts): CallerRecords {
  const { screen, connection, relay } = parts;
  const unsent = new Map<string, string>();

  async function send(callId: string, recordId: string): Promise<void> {
    try {
      await connection.withToken((token) => relay.chooseRecord(token, callId, { recordId }));
    } catch (error) {
      const name = errorNameOf(error, 'unexpected');
      if (!(error instanceof PhoneError)) parts.reportFault(error);
      // The call's own events may still be on their way to the relay: the choice follows them.
      if (ERROR_ROWS[name].retryable || name === 'callNotFound') return;
    }
    if (unsent.get(callId) === recordId) unsent.delete(callId);
  }

  function sendNow(): void {
    for (const [callId, recordId] of unsent) send(callId, recordId).catch(parts.reportFault);
  }

  async function find(callId: string, numberE164: string): Promise<void> {
    const { recordIds } = await connection.withToken((token) => relay.findCaller(token, { numberE164 }));
    screen.dispatch({ kind: 'callChanged', callId, change: { kind: 'matched', recordIds } });
  }

  /** Of a call that has left the phone and stands among the last ones. */
  function choosePast(callId: string, recordId: string | undefined): void {
    if (recordId === undefined || !screen.dispatch({ kind: 'recentMatched', callId, recordId })) return;
    unsent.set(callId, recordId);
    sendNow();
  }

  return {
    sendNow,
    find({ callId, request: { number } }) {
      if (number === '')
        screen.dispatch({ kind: 'callChanged', callId, change: { kind: 'matched', recordIds: [] } });
      else
        find(callId, number).catch((error: unknown) => {
          if (!(error instanceof PhoneError)) parts.reportFault(error);
        });
    },
    choose(callId, record) {
      const call = findCall(screen.get(), callId);
      if (call === undefined) return choosePast(callId, record?.recordId);
      const change =
        record === undefined
          ? ({ kind: 'noRecordChosen' } as const)
          : ({ kind: 'recordChosen', ...record } as const);
      if (!screen.dispatch({ kind: 'callChanged', callId, change })) return;
      if (record === undefined) unsent.delete(callId);
      else unsent.set(callId, record.recordId);
      if (isPlaced(call)) sendNow();
    },
  };
}

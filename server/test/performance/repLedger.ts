import { after, before } from 'node:test';
import { randomBytes } from 'node:crypto';
import type { CallEvent, Witness } from '@scoreline/contract';
import { CALL_CHANGED_QUEUE, openCall, recordEvents, type Ledger } from '../../src/calls/index.ts';
import { migrate, openDatabase, openQueue } from '../../src/database/index.ts';
import { daysOf, tallyOf } from '../../src/performance/repDays.ts';
import { newCallId } from '../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { ORG_ID } from '../testOrganizations.ts';

/** The day of the calls of `callEvents.ts`, 14:30 UTC. */
export const DAY = '2026-10-05';
const DAY_ONLY = { startDay: DAY, endDay: DAY };

/** A ledger of its own for a test file, with reps and calls in it. */
export function repLedger() {
  let server: TestDatabase;
  let ledger: Ledger;
  let repCount = 0;
  let lastNumber = 5_550_100;

  before(async () => {
    server = await startTestDatabase();
    const database = await openDatabase(server.url);
    await migrate(database);
    const queue = await openQueue(server.url, { queueNames: [CALL_CHANGED_QUEUE], onError: () => undefined });
    ledger = { database, queue, personalDataKey: randomBytes(32), networkReports: () => true };
  });
  after(async () => {
    await ledger.queue.stop();
    await ledger.database.close();
    await server.stop();
  });

  /** A number that no other call of the tests has. */
  function newNumber(): string {
    lastNumber += 1;
    return `+1303${lastNumber}`;
  }

  async function tallyOfRep(userId: string, period = DAY_ONLY) {
    return tallyOf(await daysOf(ledger.database, { orgId: ORG_ID, userId }, period), period).totals;
  }

  return {
    get ledger() {
      return ledger;
    },
    newNumber,
    tallyOf: tallyOfRep,
    newRep() {
      repCount += 1;
      const userId = `005${String(repCount).padStart(12, '0')}AAA`;
      return { orgId: ORG_ID, userId, basis: 'verified' as const, timeZone: 'UTC' };
    },
    async placeCall(userId: string, numberE164 = newNumber(), consultsFor?: string): Promise<string> {
      const callId = newCallId();
      await ledger.database.transaction((connection) =>
        openCall(connection, ledger.personalDataKey, {
          orgId: ORG_ID,
          callId,
          userId,
          numberE164,
          recordId: undefined,
          consultsFor,
        }),
      );
      return callId;
    },
    async report(
      userId: string,
      callId: string,
      witness: Witness,
      events: readonly CallEvent[],
      inbound?: { numberE164?: string },
    ) {
      await recordEvents(ledger, {
        orgId: ORG_ID,
        witness,
        events: events.map((event) => ({ callId, userId, event, inbound })),
      });
    },
    async reachedOf(userId: string) {
      const { dials, connects, conversations, talkSeconds } = await tallyOfRep(userId);
      return { dials, connects, conversations, talkSeconds };
    },
  };
}

/** The events of a call, so many seconds later. */
export function later<Event extends CallEvent>(seconds: number, events: readonly Event[]): Event[] {
  return events.map((event) => ({
    ...event,
    at: new Date(Date.parse(event.at) + seconds * 1_000).toISOString(),
  }));
}

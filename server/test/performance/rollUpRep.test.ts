import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CallEvent, Witness } from '@scoreline/contract';
import { CALL_CHANGED_QUEUE, openCall, recordEvents, type Ledger } from '../../src/calls/index.ts';
import { migrate, openDatabase, openQueue } from '../../src/database/index.ts';
import { tallyOfPeriod } from '../../src/performance/contributions.ts';
import { rollUpRep } from '../../src/performance/rollUpRep.ts';
import { lockRollUp } from '../../src/performance/rollUps.ts';
import {
  answeredCall,
  busyCall,
  endedEvent,
  inboundCall,
  missedCall,
  newCallId,
  outcomeEvent,
} from '../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { ORG_ID } from '../testOrganizations.ts';

/** The day of the calls of `callEvents.ts`, 14:30 UTC. */
const DAY = '2026-10-05';
const DAY_ONLY = { startDay: DAY, endDay: DAY };

let server: TestDatabase;
let ledger: Ledger;

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

let repCount = 0;
function newRep() {
  repCount += 1;
  const userId = `005${String(repCount).padStart(12, '0')}AAA`;
  return { orgId: ORG_ID, userId, basis: 'verified' as const, timeZone: 'UTC' };
}

let lastNumber = 5_550_100;
/** A number that no other call of the tests has. */
function newNumber(): string {
  lastNumber += 1;
  return `+1303${lastNumber}`;
}

async function placeCall(userId: string, numberE164 = newNumber(), consultsFor?: string): Promise<string> {
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
}

async function report(
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
}

async function tallyOf(userId: string, period = DAY_ONLY) {
  return tallyOfPeriod(ledger.database, ORG_ID, userId, period);
}

test('calls that the switch saw add up on their day', async () => {
  const rep = newRep();
  for (const talkSeconds of [95, 20, 4]) {
    await report(rep.userId, await placeCall(rep.userId), 'switch', answeredCall(talkSeconds * 1000));
  }
  await report(rep.userId, await placeCall(rep.userId), 'switch', busyCall());
  await rollUpRep(ledger.database, rep);
  const tally = await tallyOf(rep.userId);
  assert.deepEqual(
    [tally.callsLogged, tally.dials, tally.connects, tally.conversations, tally.talkSeconds],
    [4, 4, 2, 1, 119],
  );
  assert.equal(tally.talkSecondsSquared, 95 * 95 + 20 * 20 + 4 * 4);
});

test('an inbound call is no dial: its talk counts, and it takes no contact from a dial', async () => {
  const rep = newRep();
  const numberE164 = newNumber();
  await report(rep.userId, newCallId(), 'switch', inboundCall(90_000), { numberE164 });
  await report(
    rep.userId,
    await placeCall(rep.userId, numberE164),
    'switch',
    later(150, answeredCall(70_000)),
  );
  await report(rep.userId, newCallId(), 'switch', missedCall(), {});
  await rollUpRep(ledger.database, rep);
  const { callsLogged, inboundCalls, talkSecondsSquared } = await tallyOf(rep.userId);
  assert.deepEqual(
    { callsLogged, inboundCalls, talkSecondsSquared, ...(await reachedOf(rep.userId)) },
    {
      callsLogged: 3,
      inboundCalls: 2,
      talkSecondsSquared: 90 * 90 + 70 * 70,
      dials: 1,
      connects: 1,
      conversations: 1,
      talkSeconds: 160,
    },
  );
});

test('a consultation counts nowhere, and takes no contact from a dial', async () => {
  const rep = newRep();
  const number = newNumber();
  const callId = await placeCall(rep.userId, number);
  await report(rep.userId, callId, 'switch', answeredCall(80_000));
  const consultation = await placeCall(rep.userId, newNumber(), callId);
  await report(rep.userId, consultation, 'switch', later(40, answeredCall(30_000)));
  await rollUpRep(ledger.database, rep);
  assert.deepEqual(
    { callsLogged: (await tallyOf(rep.userId)).callsLogged, ...(await reachedOf(rep.userId)) },
    { callsLogged: 1, dials: 1, connects: 1, conversations: 1, talkSeconds: 80 },
  );
});

test('a call that was passed on counts until the rep left it', async () => {
  const rep = newRep();
  const passedOn = [...answeredCall(70_000).slice(0, 3), endedEvent(4, 75_000, 'transferred')];
  await report(rep.userId, await placeCall(rep.userId), 'switch', passedOn);
  await report(
    rep.userId,
    newCallId(),
    'switch',
    [...inboundCall(30_000).slice(0, 3), endedEvent(4, 35_000, 'transferred')],
    {},
  );
  await rollUpRep(ledger.database, rep);
  assert.deepEqual(await reachedOf(rep.userId), {
    dials: 1,
    connects: 1,
    conversations: 1,
    talkSeconds: 100,
  });
});

test('rolling up twice, or after every event, gives the same as rolling up once', async () => {
  const [once, often] = [newRep(), newRep()];
  for (const rep of [once, often]) {
    const callId = await placeCall(rep.userId);
    for (const event of answeredCall(75_000)) {
      await report(rep.userId, callId, 'switch', [event]);
      if (rep === often) await rollUpRep(ledger.database, rep);
    }
    await report(rep.userId, callId, 'softphone', [outcomeEvent(1, 90_000)]);
    await rollUpRep(ledger.database, rep);
    await rollUpRep(ledger.database, rep);
  }
  assert.deepEqual(await tallyOf(often.userId), await tallyOf(once.userId));
});

test('a 20-minute claim on a busy call moves nothing but the dial, and is counted as contradicted', async () => {
  const rep = newRep();
  const callId = await placeCall(rep.userId);
  await report(rep.userId, callId, 'softphone', [
    ...answeredCall(1_200_000),
    outcomeEvent(5, 1_300_000, { outcome: 'meeting' }),
  ]);
  await rollUpRep(ledger.database, rep);
  const claimed = await tallyOf(rep.userId);
  assert.deepEqual([claimed.dials, claimed.talkSeconds, claimed.callsPending], [0, 0, 1]);
  await report(rep.userId, callId, 'switch', busyCall());
  await rollUpRep(ledger.database, rep);
  const tally = await tallyOf(rep.userId);
  assert.deepEqual(
    [tally.dials, tally.connects, tally.talkSeconds, tally.callsPending, tally.callsContradicted],
    [1, 0, 0, 0, 1],
  );
});

test('a late voicemail outcome takes the connect away again', async () => {
  const rep = newRep();
  const callId = await placeCall(rep.userId);
  await report(rep.userId, callId, 'switch', answeredCall(80_000));
  await rollUpRep(ledger.database, rep);
  assert.equal((await tallyOf(rep.userId)).conversations, 1);
  await report(rep.userId, callId, 'softphone', [outcomeEvent(1, 90_000, { outcome: 'voicemail' })]);
  await rollUpRep(ledger.database, rep);
  const tally = await tallyOf(rep.userId);
  assert.deepEqual([tally.dials, tally.connects, tally.conversations], [1, 0, 0]);
});

test('a call belongs to the day it had where the rep works', async () => {
  const rep = { ...newRep(), timeZone: 'Pacific/Auckland' };
  await report(rep.userId, await placeCall(rep.userId), 'switch', answeredCall(80_000));
  await rollUpRep(ledger.database, rep);
  assert.equal((await tallyOf(rep.userId)).dials, 0);
  assert.equal((await tallyOf(rep.userId, { startDay: '2026-10-06', endDay: '2026-10-06' })).dials, 1);
});

test('two workers that roll up one rep at once count every call once', async () => {
  const rep = newRep();
  for (let call = 0; call < 5; call += 1) {
    await report(rep.userId, await placeCall(rep.userId), 'switch', answeredCall(80_000));
  }
  await Promise.all([rollUpRep(ledger.database, rep), rollUpRep(ledger.database, rep)]);
  assert.equal((await tallyOf(rep.userId)).dials, 5);
});

test('an org that gets a switch has its calls counted anew, by the stricter rule', async () => {
  const rep = newRep();
  const quiet: Ledger = { ...ledger, networkReports: () => false };
  const callId = await placeCall(rep.userId);
  await recordEvents(quiet, {
    orgId: ORG_ID,
    witness: 'softphone',
    events: answeredCall(80_000).map((event) => ({ callId, userId: rep.userId, event })),
  });
  await rollUpRep(ledger.database, { ...rep, basis: 'reported' });
  assert.equal((await tallyOf(rep.userId)).conversations, 1);
  await rollUpRep(ledger.database, rep);
  const tally = await tallyOf(rep.userId);
  assert.deepEqual([tally.callsLogged, tally.dials, tally.conversations], [1, 0, 0]);
  const position = await ledger.database.transaction((connection) =>
    lockRollUp(connection, ORG_ID, rep.userId, 'verified'),
  );
  assert.equal(position, 1);
});

/** The events of a call, so many seconds later. */
function later<Event extends CallEvent>(seconds: number, events: readonly Event[]): Event[] {
  return events.map((event) => ({
    ...event,
    at: new Date(Date.parse(event.at) + seconds * 1_000).toISOString(),
  }));
}

async function reachedOf(userId: string) {
  const { dials, connects, conversations, talkSeconds } = await tallyOf(userId);
  return { dials, connects, conversations, talkSeconds };
}

test('whoever is dialed twice within five minutes is reached once; every dial and second counts', async () => {
  const rep = newRep();
  const number = newNumber();
  for (const [seconds, talkSeconds] of [
    [0, 15],
    [120, 70],
    [420, 90],
    [721, 65],
  ] as const)
    await report(
      rep.userId,
      await placeCall(rep.userId, number),
      'switch',
      later(seconds, answeredCall(talkSeconds * 1_000)),
    );
  await report(rep.userId, await placeCall(rep.userId), 'switch', later(130, answeredCall(70_000)));
  await rollUpRep(ledger.database, rep);
  assert.deepEqual(await reachedOf(rep.userId), {
    dials: 5,
    connects: 3,
    conversations: 3,
    talkSeconds: 15 + 70 + 90 + 65 + 70,
  });
});

test('a call that nobody answered takes no contact from the next, nor does a colleague’s', async () => {
  const [rep, colleague] = [newRep(), newRep()];
  const number = newNumber();
  await report(rep.userId, await placeCall(rep.userId, number), 'switch', busyCall());
  await report(colleague.userId, await placeCall(colleague.userId, number), 'switch', answeredCall(80_000));
  await report(rep.userId, await placeCall(rep.userId, number), 'switch', later(60, answeredCall(80_000)));
  for (const each of [rep, colleague]) await rollUpRep(ledger.database, each);
  assert.equal((await reachedOf(rep.userId)).conversations, 1);
  assert.equal((await reachedOf(colleague.userId)).conversations, 1);
});

test('a contact counts again when the one before it turns out to be none', async () => {
  const rep = newRep();
  const number = newNumber();
  const [first, second] = [await placeCall(rep.userId, number), await placeCall(rep.userId, number)];
  await report(rep.userId, first, 'switch', answeredCall(80_000));
  await report(rep.userId, second, 'switch', later(200, answeredCall(80_000)));
  await rollUpRep(ledger.database, rep);
  assert.equal((await reachedOf(rep.userId)).conversations, 1);
  await report(rep.userId, first, 'softphone', [outcomeEvent(1, 90_000, { outcome: 'voicemail' })]);
  await rollUpRep(ledger.database, rep);
  assert.deepEqual(await reachedOf(rep.userId), {
    dials: 2,
    connects: 1,
    conversations: 1,
    talkSeconds: 160,
  });
});

test('whatever the order in which calls become known, and in whatever portions, each contact counts once', async () => {
  const rolled = newRep();
  const number = newNumber();
  const starts = [0, 100, 250, 500, 560, 1_200];
  const calls = await Promise.all(
    starts.map(async (seconds, index) => ({
      callId: await placeCall(rolled.userId, number),
      events: later(seconds, answeredCall(index % 2 === 0 ? 20_000 : 80_000)),
    })),
  );
  for (const { callId, events } of [3, 5, 0, 4, 2, 1].flatMap((place) => calls[place] ?? [])) {
    await report(rolled.userId, callId, 'switch', events);
    await rollUpRep(ledger.database, rolled);
  }
  const inPortions = await reachedOf(rolled.userId);
  assert.deepEqual(inPortions, { dials: 6, connects: 2, conversations: 2, talkSeconds: 300 });
  await ledger.database.query('delete from call_contribution where user_id = $1', [rolled.userId]);
  await ledger.database.query('delete from rep_day where user_id = $1', [rolled.userId]);
  await ledger.database.query('update rep_rollup set position = 0 where user_id = $1', [rolled.userId]);
  await rollUpRep(ledger.database, rolled);
  assert.deepEqual(await reachedOf(rolled.userId), inPortions);
});

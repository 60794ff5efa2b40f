import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordEvents, type Ledger } from '../../src/calls/index.ts';
import { rollUpRep } from '../../src/performance/rollUpRep.ts';
import { lockedPosition } from '../../src/performance/rollUps.ts';
import {
  answeredCall,
  busyCall,
  endedEvent,
  inboundCall,
  missedCall,
  newCallId,
  outcomeEvent,
} from '../callEvents.ts';
import { ORG_ID } from '../testOrganizations.ts';
import { later, repLedger } from './repLedger.ts';

const under = repLedger();

test('calls that the switch saw add up on their day', async () => {
  const rep = under.newRep();
  for (const talkSeconds of [95, 20, 4]) {
    await under.report(
      rep.userId,
      await under.placeCall(rep.userId),
      'switch',
      answeredCall(talkSeconds * 1000),
    );
  }
  await under.report(rep.userId, await under.placeCall(rep.userId), 'switch', busyCall());
  await rollUpRep(under.ledger.database, rep);
  const tally = await under.tallyOf(rep.userId);
  assert.deepEqual(
    [tally.callsLogged, tally.dials, tally.connects, tally.conversations, tally.talkSeconds],
    [4, 4, 2, 1, 119],
  );
  assert.equal(tally.talkSecondsSquared, 95 * 95 + 20 * 20 + 4 * 4);
});

test('an inbound call is no dial: its talk counts, and it takes no contact from a dial', async () => {
  const rep = under.newRep();
  const numberE164 = under.newNumber();
  await under.report(rep.userId, newCallId(), 'switch', inboundCall(90_000), { numberE164 });
  await under.report(
    rep.userId,
    await under.placeCall(rep.userId, numberE164),
    'switch',
    later(150, answeredCall(70_000)),
  );
  await under.report(rep.userId, newCallId(), 'switch', missedCall(), {});
  await rollUpRep(under.ledger.database, rep);
  const { callsLogged, inboundCalls, talkSecondsSquared } = await under.tallyOf(rep.userId);
  assert.deepEqual(
    { callsLogged, inboundCalls, talkSecondsSquared, ...(await under.reachedOf(rep.userId)) },
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
  const rep = under.newRep();
  const number = under.newNumber();
  const callId = await under.placeCall(rep.userId, number);
  await under.report(rep.userId, callId, 'switch', answeredCall(80_000));
  const consultation = await under.placeCall(rep.userId, under.newNumber(), callId);
  await under.report(rep.userId, consultation, 'switch', later(40, answeredCall(30_000)));
  await rollUpRep(under.ledger.database, rep);
  assert.deepEqual(
    { callsLogged: (await under.tallyOf(rep.userId)).callsLogged, ...(await under.reachedOf(rep.userId)) },
    { callsLogged: 1, dials: 1, connects: 1, conversations: 1, talkSeconds: 80 },
  );
});

test('a call that was passed on counts until the rep left it', async () => {
  const rep = under.newRep();
  const passedOn = [...answeredCall(70_000).slice(0, 3), endedEvent(4, 75_000, 'transferred')];
  await under.report(rep.userId, await under.placeCall(rep.userId), 'switch', passedOn);
  await under.report(
    rep.userId,
    newCallId(),
    'switch',
    [...inboundCall(30_000).slice(0, 3), endedEvent(4, 35_000, 'transferred')],
    {},
  );
  await rollUpRep(under.ledger.database, rep);
  assert.deepEqual(await under.reachedOf(rep.userId), {
    dials: 1,
    connects: 1,
    conversations: 1,
    talkSeconds: 100,
  });
});

test('rolling up twice, or after every event, gives the same as rolling up once', async () => {
  const [once, often] = [under.newRep(), under.newRep()];
  for (const rep of [once, often]) {
    const callId = await under.placeCall(rep.userId);
    for (const event of answeredCall(75_000)) {
      await under.report(rep.userId, callId, 'switch', [event]);
      if (rep === often) await rollUpRep(under.ledger.database, rep);
    }
    await under.report(rep.userId, callId, 'softphone', [outcomeEvent(1, 90_000)]);
    await rollUpRep(under.ledger.database, rep);
    await rollUpRep(under.ledger.database, rep);
  }
  assert.deepEqual(await under.tallyOf(often.userId), await under.tallyOf(once.userId));
});

test('a 20-minute claim on a busy call moves nothing but the dial, and is counted as contradicted', async () => {
  const rep = under.newRep();
  const callId = await under.placeCall(rep.userId);
  await under.report(rep.userId, callId, 'softphone', [
    ...answeredCall(1_200_000),
    outcomeEvent(5, 1_300_000, { outcome: 'meeting' }),
  ]);
  await rollUpRep(under.ledger.database, rep);
  const claimed = await under.tallyOf(rep.userId);
  assert.deepEqual([claimed.dials, claimed.talkSeconds, claimed.callsPending], [0, 0, 1]);
  await under.report(rep.userId, callId, 'switch', busyCall());
  await rollUpRep(under.ledger.database, rep);
  const tally = await under.tallyOf(rep.userId);
  assert.deepEqual(
    [tally.dials, tally.connects, tally.talkSeconds, tally.callsPending, tally.callsContradicted],
    [1, 0, 0, 0, 1],
  );
});

test('a late voicemail outcome takes the connect away again', async () => {
  const rep = under.newRep();
  const callId = await under.placeCall(rep.userId);
  await under.report(rep.userId, callId, 'switch', answeredCall(80_000));
  await rollUpRep(under.ledger.database, rep);
  assert.equal((await under.tallyOf(rep.userId)).conversations, 1);
  await under.report(rep.userId, callId, 'softphone', [outcomeEvent(1, 90_000, { outcome: 'voicemail' })]);
  await rollUpRep(under.ledger.database, rep);
  const tally = await under.tallyOf(rep.userId);
  assert.deepEqual([tally.dials, tally.connects, tally.conversations], [1, 0, 0]);
});

test('a call belongs to the day it had where the rep works', async () => {
  const rep = { ...under.newRep(), timeZone: 'Pacific/Auckland' };
  await under.report(rep.userId, await under.placeCall(rep.userId), 'switch', answeredCall(80_000));
  await rollUpRep(under.ledger.database, rep);
  assert.equal((await under.tallyOf(rep.userId)).dials, 0);
  assert.equal((await under.tallyOf(rep.userId, { startDay: '2026-10-06', endDay: '2026-10-06' })).dials, 1);
});

test('two workers that roll up one rep at once count every call once', async () => {
  const rep = under.newRep();
  for (let call = 0; call < 5; call += 1) {
    await under.report(rep.userId, await under.placeCall(rep.userId), 'switch', answeredCall(80_000));
  }
  await Promise.all([rollUpRep(under.ledger.database, rep), rollUpRep(under.ledger.database, rep)]);
  assert.equal((await under.tallyOf(rep.userId)).dials, 5);
});

test('an org that gets a switch has its calls counted anew, by the stricter rule', async () => {
  const rep = under.newRep();
  const quiet: Ledger = { ...under.ledger, networkReports: () => false };
  const callId = await under.placeCall(rep.userId);
  await recordEvents(quiet, {
    orgId: ORG_ID,
    witness: 'softphone',
    events: answeredCall(80_000).map((event) => ({ callId, userId: rep.userId, event })),
  });
  await rollUpRep(under.ledger.database, { ...rep, basis: 'reported' });
  assert.equal((await under.tallyOf(rep.userId)).conversations, 1);
  await rollUpRep(under.ledger.database, rep);
  const tally = await under.tallyOf(rep.userId);
  assert.deepEqual([tally.callsLogged, tally.dials, tally.conversations], [1, 0, 0]);
  const position = await under.ledger.database.transaction((connection) => lockedPosition(connection, rep));
  assert.equal(position, 1);
});

test('a number counts once a day, with the talk that led further', async () => {
  const rep = under.newRep();
  const number = under.newNumber();
  for (const [seconds, talkSeconds] of [
    [0, 15],
    [120, 70],
    [420, 90],
    [721, 65],
  ] as const)
    await under.report(
      rep.userId,
      await under.placeCall(rep.userId, number),
      'switch',
      later(seconds, answeredCall(talkSeconds * 1_000)),
    );
  await under.report(
    rep.userId,
    await under.placeCall(rep.userId),
    'switch',
    later(130, answeredCall(70_000)),
  );
  await rollUpRep(under.ledger.database, rep);
  assert.deepEqual(await under.reachedOf(rep.userId), {
    dials: 2,
    connects: 2,
    conversations: 2,
    talkSeconds: 15 + 70 + 70,
  });
});

test('a call that nobody answered takes no contact from the next, nor does a colleague’s', async () => {
  const [rep, colleague] = [under.newRep(), under.newRep()];
  const number = under.newNumber();
  await under.report(rep.userId, await under.placeCall(rep.userId, number), 'switch', busyCall());
  await under.report(
    colleague.userId,
    await under.placeCall(colleague.userId, number),
    'switch',
    answeredCall(80_000),
  );
  await under.report(
    rep.userId,
    await under.placeCall(rep.userId, number),
    'switch',
    later(60, answeredCall(80_000)),
  );
  for (const each of [rep, colleague]) await rollUpRep(under.ledger.database, each);
  assert.equal((await under.reachedOf(rep.userId)).conversations, 1);
  assert.equal((await under.reachedOf(colleague.userId)).conversations, 1);
});

test('a contact counts again when the one before it turns out to be none', async () => {
  const rep = under.newRep();
  const number = under.newNumber();
  const [first, second] = [
    await under.placeCall(rep.userId, number),
    await under.placeCall(rep.userId, number),
  ];
  await under.report(rep.userId, first, 'switch', answeredCall(80_000));
  await under.report(rep.userId, second, 'switch', later(200, answeredCall(80_000)));
  await rollUpRep(under.ledger.database, rep);
  assert.equal((await under.reachedOf(rep.userId)).conversations, 1);
  await under.report(rep.userId, first, 'softphone', [outcomeEvent(1, 90_000, { outcome: 'voicemail' })]);
  await rollUpRep(under.ledger.database, rep);
  assert.deepEqual(await under.reachedOf(rep.userId), {
    dials: 2,
    connects: 1,
    conversations: 1,
    talkSeconds: 160,
  });
});

test('whatever the order in which calls become known, and in whatever portions, each contact counts once', async () => {
  const rolled = under.newRep();
  const number = under.newNumber();
  const starts = [0, 100, 250, 500, 560, 1_200];
  const calls = await Promise.all(
    starts.map(async (seconds, index) => ({
      callId: await under.placeCall(rolled.userId, number),
      events: later(seconds, answeredCall(index % 2 === 0 ? 20_000 : 80_000)),
    })),
  );
  for (const { callId, events } of [3, 5, 0, 4, 2, 1].flatMap((place) => calls[place] ?? [])) {
    await under.report(rolled.userId, callId, 'switch', events);
    await rollUpRep(under.ledger.database, rolled);
  }
  const inPortions = await under.reachedOf(rolled.userId);
  assert.deepEqual(inPortions, { dials: 1, connects: 1, conversations: 1, talkSeconds: 100 });
  await under.ledger.database.query('delete from rep_day where user_id = $1', [rolled.userId]);
  await under.ledger.database.query('update rep_rollup set counted_by = null where user_id = $1', [
    rolled.userId,
  ]);
  await rollUpRep(under.ledger.database, rolled);
  assert.deepEqual(await under.reachedOf(rolled.userId), inPortions);
});

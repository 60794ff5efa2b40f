import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashNumber } from '../../src/calls/index.ts';
import { rollUpRep } from '../../src/performance/rollUpRep.ts';
import { answeredCall, outcomeEvent } from '../callEvents.ts';
import { ORG_ID } from '../testOrganizations.ts';
import { DAY, later, repLedger } from './repLedger.ts';

const under = repLedger();

test('a call that moves to another day leaves the day it had', async () => {
  const rep = under.newRep();
  const callId = await under.placeCall(rep.userId);
  await under.report(rep.userId, callId, 'softphone', later(2 * 86_400, answeredCall(80_000)));
  await rollUpRep(under.ledger.database, rep);
  assert.equal(
    (await under.tallyOf(rep.userId, { startDay: '2026-10-07', endDay: '2026-10-07' })).callsLogged,
    1,
  );
  await under.report(rep.userId, callId, 'switch', answeredCall(80_000));
  await rollUpRep(under.ledger.database, rep);
  assert.equal(
    (await under.tallyOf(rep.userId, { startDay: '2026-10-06', endDay: '2026-10-08' })).callsLogged,
    0,
  );
  assert.equal((await under.tallyOf(rep.userId)).dials, 1);
});

test('a call after midnight is another day’s, whichever of the two is known last', async () => {
  const rep = under.newRep();
  const number = under.newNumber();
  // 14:30 UTC is 23:58 at this offset; two minutes later it is the next day.
  const zoned = { ...rep, timeZone: 'UTC+9:28' };
  const [first, second] = [
    await under.placeCall(rep.userId, number),
    await under.placeCall(rep.userId, number),
  ];
  await under.report(rep.userId, second, 'switch', later(200, answeredCall(80_000)));
  await rollUpRep(under.ledger.database, zoned);
  await under.report(rep.userId, first, 'switch', answeredCall(80_000));
  await rollUpRep(under.ledger.database, zoned);
  const both = await under.tallyOf(rep.userId, { startDay: '2026-10-05', endDay: '2026-10-06' });
  assert.deepEqual([both.dials, both.conversations], [2, 2]);
  assert.equal((await under.tallyOf(rep.userId)).conversations, 1);
});

test('a rep who moves to another zone has every call on its day there, and none twice', async () => {
  const rep = under.newRep();
  await under.report(rep.userId, await under.placeCall(rep.userId), 'switch', answeredCall(80_000));
  await rollUpRep(under.ledger.database, rep);
  await rollUpRep(under.ledger.database, { ...rep, timeZone: 'Pacific/Auckland' });
  assert.equal((await under.tallyOf(rep.userId)).dials, 0);
  assert.equal((await under.tallyOf(rep.userId, { startDay: '2026-10-01', endDay: '2026-10-31' })).dials, 1);
});

test('ringing the own phone or a colleague moves no figure, and is counted as excluded', async () => {
  const rep = under.newRep();
  const colleague = under.newNumber();
  await under.ledger.database.query(
    `insert into crm_user_number (org_id, user_id, number_hash, extension) values ($1, 'colleague', $2, '')`,
    [ORG_ID, hashNumber(under.ledger.personalDataKey, ORG_ID, colleague)],
  );
  const callId = await under.placeCall(rep.userId, colleague);
  await under.report(rep.userId, callId, 'switch', answeredCall(300_000));
  await under.report(rep.userId, callId, 'softphone', [outcomeEvent(1, 310_000, { outcome: 'meeting' })]);
  await rollUpRep(under.ledger.database, rep);
  const { callsLogged, excludedCalls, ...counted } = await under.tallyOf(rep.userId);
  assert.deepEqual([callsLogged, excludedCalls], [1, 1]);
  assert.ok(Object.values(counted).every((value) => value === 0));
});

test('a threshold that an admin sets counts the calls of its days anew', async () => {
  const rep = under.newRep();
  await under.report(rep.userId, await under.placeCall(rep.userId), 'switch', answeredCall(80_000));
  await rollUpRep(under.ledger.database, rep);
  await under.ledger.database.query(
    `insert into crm_weight (org_id, weight_id, metric, weight, effective_from, is_deleted, threshold_seconds)
     values ($1, 'w', 'conversations', 30, $2, false, 90)`,
    [ORG_ID, DAY],
  );
  await rollUpRep(under.ledger.database, rep);
  const tally = await under.tallyOf(rep.userId);
  assert.deepEqual([tally.connects, tally.conversations], [1, 0]);
  await under.ledger.database.query("delete from crm_weight where weight_id = 'w'");
});

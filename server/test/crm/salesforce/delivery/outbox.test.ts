import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { CallRecord } from '../../../../src/calls/index.ts';
import {
  dueDeliveries,
  markDue,
  recordDelivered,
  recordNothingDue,
  recordRefused,
  type DueDelivery,
} from '../../../../src/crm/salesforce/delivery/outbox.ts';
import { migrate, openDatabase, type Database } from '../../../../src/database/index.ts';
import { newCallId } from '../../../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../../../testDatabase.ts';
import { ORG_ID, REP_ID } from '../../../testOrganizations.ts';

const ENDED_AT = Date.UTC(2026, 9, 5, 14, 31);
let server: TestDatabase;
let database: Database;

before(async () => {
  server = await startTestDatabase();
  database = await openDatabase(server.url);
  await migrate(database);
});
after(async () => {
  await database.close();
  await server.stop();
});

/** So many seconds after the end of the call. */
const afterEnd = (seconds: number): Date => new Date(ENDED_AT + seconds * 1_000);

function callOf(callId: string, changes: Partial<CallRecord> = {}): CallRecord {
  return {
    orgId: ORG_ID,
    callId,
    userId: REP_ID,
    version: 1,
    position: 1,
    state: 'ended',
    evidence: 'verified',
    direction: 'outbound',
    purpose: 'prospect',
    isMissed: false,
    startedAt: new Date(ENDED_AT - 60_000).toISOString(),
    endedAt: new Date(ENDED_AT).toISOString(),
    answered: true,
    ringSeconds: 4,
    talkSeconds: 50,
    holdSeconds: 0,
    afterCallSeconds: null,
    endCause: 'completed',
    endedBy: 'rep',
    outcome: null,
    outcomeWitness: null,
    outcomeVersion: null,
    recordVersion: null,
    networkWitness: 'switch',
    voicemailSeconds: null,
    measured: null,
    ...changes,
  };
}

const mark = (call: CallRecord, seconds: number): Promise<void> =>
  markDue(database, ORG_ID, [call], afterEnd(seconds));

async function dueOf(callId: string, seconds: number): Promise<DueDelivery | undefined> {
  const due = await dueDeliveries(database, ORG_ID, afterEnd(seconds), 10_000);
  return due.find((each) => each.callId === callId);
}

const isDue = async (callId: string, seconds: number): Promise<boolean> =>
  (await dueOf(callId, seconds)) !== undefined;

const deliver = (callId: string, version: number): Promise<void> =>
  recordDelivered(database, ORG_ID, [{ callId, version, taskId: '00T000000000001AAA' }]);

test('after the end of a call the rep has two minutes to choose an outcome', async () => {
  const callId = newCallId();
  await mark(callOf(callId), 1);
  assert.deepEqual([await isDue(callId, 119.9), await isDue(callId, 120)], [false, true]);
});

test('a consultation is never due', async () => {
  const callId = newCallId();
  await mark(callOf(callId, { purpose: 'consultation' }), 1);
  assert.equal(await isDue(callId, 100_000), false);
});

test('a call that the relay learns of late does not wait again', async () => {
  const callId = newCallId();
  await mark(callOf(callId), 600);
  assert.deepEqual([await isDue(callId, 601.4), await isDue(callId, 601.5)], [false, true]);
});

test('an outcome makes a call due at once', async () => {
  const callId = newCallId();
  await mark(callOf(callId), 1);
  await mark(callOf(callId, { version: 2, outcome: 'meeting', outcomeVersion: 2 }), 20);
  assert.deepEqual([await isDue(callId, 21.4), await isDue(callId, 21.5)], [false, true]);
});

test('a late fact of the network waits ten seconds for company, a new outcome does not', async () => {
  const said = { outcome: 'meeting', outcomeVersion: 1 } as const;
  const [amended, corrected] = [newCallId(), newCallId()];
  for (const callId of [amended, corrected]) {
    await mark(callOf(callId, said), 10);
    await deliver(callId, 1);
    assert.equal(await isDue(callId, 100_000), false);
  }
  await mark(callOf(amended, { ...said, version: 2 }), 200);
  assert.deepEqual([await isDue(amended, 209.9), await isDue(amended, 210)], [false, true]);
  await mark(callOf(corrected, { outcome: 'callBack', outcomeVersion: 2, version: 2 }), 200);
  assert.equal(await isDue(corrected, 201.5), true);
});

test('what became newer while a request was under way stays due, from the version that the org has', async () => {
  const callId = newCallId();
  await mark(callOf(callId), 130);
  await mark(callOf(callId, { version: 2, outcome: 'meeting', outcomeVersion: 2 }), 132);
  await deliver(callId, 1);
  assert.equal((await dueOf(callId, 140))?.deliveredVersion, 1);
  await deliver(callId, 2);
  assert.equal(await isDue(callId, 100_000), false);
});

test('a mark of a version that the org has changes nothing', async () => {
  const callId = newCallId();
  await mark(callOf(callId, { version: 3 }), 130);
  await deliver(callId, 3);
  for (const version of [1, 2, 3]) await mark(callOf(callId, { version }), 140);
  assert.equal(await isDue(callId, 100_000), false);
});

test('a call that goes on is not marked', async () => {
  const callId = newCallId();
  await mark(callOf(callId, { state: 'talking', endedAt: null }), 1);
  assert.equal(await isDue(callId, 100_000), false);
});

test('marks in any order, and any copies of them, come to the same', async () => {
  const marks = fc.uniqueArray(
    fc.record({
      version: fc.integer({ min: 1, max: 6 }),
      seconds: fc.integer({ min: 1, max: 400 }),
      isSaid: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5, selector: ({ version }) => version },
  );
  const stateAfter = async (each: readonly { version: number; seconds: number; isSaid: boolean }[]) => {
    const callId = newCallId();
    for (const { version, seconds, isSaid } of each)
      await mark(callOf(callId, { version, outcomeVersion: isSaid ? version : null }), seconds);
    const [row] = await database.query<{ version: number; dueAt: Date }>(
      'select due_version as version, due_at as "dueAt" from crm_delivery where call_id = $1',
      [callId],
    );
    return row;
  };
  await fc.assert(
    fc.asyncProperty(marks, fc.infiniteStream(fc.nat(1_000)), async (once, numbers) => {
      const copies = [...once, ...once.filter(() => (numbers.next().value ?? 0) % 2 === 0)]
        .map((each) => ({ each, place: numbers.next().value ?? 0 }))
        .sort((one, other) => one.place - other.place)
        .map(({ each }) => each);
      assert.deepEqual(await stateAfter(copies), await stateAfter(once));
    }),
    { numRuns: 40 },
  );
});

test('a dead letter is woken by a newer version, with days of its own, and not by a repeated mark', async () => {
  const callId = newCallId();
  await mark(callOf(callId), 130);
  await recordRefused(database, ORG_ID, [
    { callId, version: 1, reason: 'INACTIVE_OWNER_OR_USER', retryAt: null },
  ]);
  await mark(callOf(callId), 140);
  assert.equal(await isDue(callId, 1_000_000), false);
  await mark(callOf(callId, { version: 2 }), 500_000);
  const due = await dueOf(callId, 500_002);
  assert.deepEqual([due?.attempts, due?.dueSince], [0, afterEnd(500_000)]);
});

test('what became due while an older version was refused, or found to be there, stays due', async () => {
  const [refused, known] = [newCallId(), newCallId()];
  for (const callId of [refused, known]) {
    await mark(callOf(callId), 130);
    await mark(callOf(callId, { version: 2, outcome: 'meeting', outcomeVersion: 2 }), 132);
  }
  await recordRefused(database, ORG_ID, [
    { callId: refused, version: 1, reason: 'INACTIVE_OWNER_OR_USER', retryAt: null },
  ]);
  await recordNothingDue(database, ORG_ID, [{ callId: known, version: 1 }]);
  assert.deepEqual([await isDue(refused, 140), await isDue(known, 140)], [true, true]);
  await recordRefused(database, ORG_ID, [
    { callId: refused, version: 2, reason: 'INACTIVE_OWNER_OR_USER', retryAt: null },
  ]);
  await recordNothingDue(database, ORG_ID, [{ callId: known, version: 2 }]);
  assert.deepEqual([await isDue(refused, 100_000), await isDue(known, 100_000)], [false, false]);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { migrate, openDatabase, type Database } from '../../src/database/index.ts';
import { lastCallDay } from '../../src/performance/lastCall.ts';
import { newCallId } from '../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { ORG_ID, OTHER_ORG_ID } from '../testOrganizations.ts';

let testDatabase: TestDatabase;
let database: Database;

before(async () => {
  testDatabase = await startTestDatabase();
  database = await openDatabase(testDatabase.url);
  await migrate(database);
});
after(async () => {
  await database.close();
  await testDatabase.stop();
});

interface Past {
  readonly direction?: 'outbound' | 'inbound';
  readonly answered?: boolean;
  readonly witness?: 'softphone' | 'hand';
  readonly orgId?: string;
}

async function addCall(userId: string, startedAt: string, past: Past = {}): Promise<void> {
  const { direction = 'outbound', answered = false, witness = 'softphone', orgId = ORG_ID } = past;
  const callId = newCallId();
  await database.query(
    `insert into call (org_id, call_id, user_id, number_hash, opening_hash, state, direction, answered, started_at)
     values ($1, $2, $3, 'hash', '', 'ended', $4, $5, $6)`,
    [orgId, callId, userId, direction, answered, startedAt],
  );
  await database.query(
    `insert into call_event (org_id, call_id, witness, sequence, occurred_at, elapsed_ms, kind, content_hash)
     values ($1, $2, $3, 1, $4, 0, 'dialed', '')`,
    [orgId, callId, witness, startedAt],
  );
}

const dayOf = (userId: string, timeZone = 'UTC') =>
  lastCallDay(database, { orgId: ORG_ID, userId, timeZone });

test('the last call is one placed, or taken, through the phone', async () => {
  const userId = '005000000000001AAA';
  assert.equal(await dayOf(userId), null);
  await addCall(userId, '2026-08-03T10:00:00Z');
  await addCall(userId, '2026-08-09T10:00:00Z', { direction: 'inbound' });
  await addCall(userId, '2026-08-10T10:00:00Z', { witness: 'hand' });
  await addCall(userId, '2026-08-11T10:00:00Z', { orgId: OTHER_ORG_ID });
  await addCall('005000000000009AAA', '2026-08-12T10:00:00Z');
  assert.equal(await dayOf(userId), '2026-08-03');
  await addCall(userId, '2026-08-08T10:00:00Z', { direction: 'inbound', answered: true });
  assert.equal(await dayOf(userId), '2026-08-08');
});

test('its day is the rep’s own', async () => {
  const userId = '005000000000002AAA';
  await addCall(userId, '2026-08-04T03:30:00Z');
  assert.equal(await dayOf(userId, 'America/Denver'), '2026-08-03');
  assert.equal(await dayOf(userId, 'Asia/Tokyo'), '2026-08-04');
});

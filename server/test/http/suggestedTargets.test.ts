import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SuggestedTarget } from '@scoreline/contract';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  makeConfiguration,
  makeOrganization,
  ORG_ID,
  ORIGIN,
  OTHER_ORG_ID,
  OTHER_ORIGIN,
  REP_ID,
} from '../testOrganizations.ts';
import { errorOf, makeRules, signIn, startTestRelay, type TestRelay } from '../testRelay.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, []);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
const ROLE_ID = '00E000000000001AAA';
const OTHER_ROLE_ID = '00E000000000002AAA';
const QUARTER = '2026-07-01';
let database: TestDatabase;
let relay: TestRelay;
let headers: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  relay = await startTestRelay(
    makeConfiguration(database.url, [organization, otherOrganization]),
    makeRules(),
  );
  headers = await signIn(relay, organization, REP_ID);
  const { database: store } = relay.ledger;
  for (const [metric, weight] of [
    ['dials', 10],
    ['connectRate', 15],
    ['handleSeconds', 5],
    ['talkSeconds', 0],
  ] as const)
    await store.query(
      `insert into crm_weight (org_id, weight_id, metric, weight, effective_from, is_deleted)
       values ($1, $2, $2, $3, '2020-01-01', false)`,
      [ORG_ID, metric, weight],
    );
  for (const dials of [100, 200, 300, 400, 500]) await addStanding({ dials });
  await addStanding({ dials: 9_000 }, { isActive: false });
  await addStanding({ dials: 8_000 }, { roleId: OTHER_ROLE_ID });
  await addStanding({ dials: 7_000 }, { periodStart: '2026-04-01' });
});
after(async () => {
  await relay.stop();
  await database.stop();
});

let people = 0;

/** A rep’s quarter: handle time and talk time as long as there are dials, and a connect rate of the first three reps only. */
async function addStanding(
  { dials }: { readonly dials: number },
  { isActive = true, roleId = ROLE_ID, periodStart = QUARTER } = {},
): Promise<void> {
  people += 1;
  const userId = `rep ${people}`;
  const { database: store } = relay.ledger;
  await store.query(
    `insert into crm_user (org_id, user_id, is_active, time_zone, role_id) values ($1, $2, $3, 'UTC', $4)`,
    [ORG_ID, userId, isActive, roleId],
  );
  const value = (figure: number | null) => ({ value: figure, pValue: null, ownShare: 1 });
  await store.query(
    `insert into rep_standing (org_id, user_id, period_start, period_label, role_id, alternatives, metrics)
     values ($1, $2, $3, 'any', $4, '{}', $5)`,
    [
      ORG_ID,
      userId,
      periodStart,
      roleId,
      JSON.stringify({
        dials: value(dials),
        handleSeconds: value(dials),
        talkSeconds: value(dials),
        connectRate: value(people <= 3 ? 0.2 : null),
      }),
    ],
  );
}

async function suggested(roleId: string, periodStart: string, as = headers): Promise<SuggestedTarget[]> {
  const answer = await relay.get(`/v1/suggested-targets/${roleId}/${periodStart}`, as);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return (answer.body as { targets: SuggestedTarget[] }).targets;
}

test('the targets are what the best fifth of the role’s active people reached, of weighted metrics alone', async () => {
  assert.deepEqual(await suggested(ROLE_ID, QUARTER), [
    { metric: 'dials', target: 420, people: 5 },
    { metric: 'handleSeconds', target: 180, people: 5 },
  ]);
});

test('nothing is told of fewer than five people, nor of another org’s', async () => {
  assert.deepEqual(await suggested(OTHER_ROLE_ID, QUARTER), []);
  assert.deepEqual(await suggested(ROLE_ID, '2026-04-01'), []);
  const other = await signIn(relay, otherOrganization, REP_ID);
  assert.deepEqual(await suggested(ROLE_ID, QUARTER, other), []);
});

test('it takes a role, a day and a session', async () => {
  const wrong = await relay.get(`/v1/suggested-targets/${ROLE_ID}/yesterday`, headers);
  assert.equal(errorOf(wrong).name, 'invalidRequest');
  const nobody = await relay.get(`/v1/suggested-targets/${ROLE_ID}/${QUARTER}`, {});
  assert.equal(errorOf(nobody).name, 'tokenMissing');
});

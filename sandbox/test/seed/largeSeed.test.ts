import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { SWITCH_SIGNATURE_HEADER, switchSignatureText } from '@scoreline/contract';
import { DateTime } from 'luxon';

import { networkEvents } from '../../src/seed/large/callEvents.ts';
import type { CompanyPlan } from '../../src/seed/large/plan.ts';
import { startSeedUnderTest, type SeedUnderTest } from './seedUnderTest.ts';

const PLAN: CompanyPlan = {
  seed: 7,
  reps: 2,
  managers: 2,
  accounts: 12,
  contacts: 40,
  leads: 20,
  opportunities: 60,
  calls: 400,
  years: 2,
};
/** The real present: the relay and the org go by their own clocks. */
const NOW = DateTime.now();

let seeded: SeedUnderTest;
let again: SeedUnderTest;

before(async () => {
  seeded = await startSeedUnderTest(PLAN, NOW);
  again = await startSeedUnderTest(PLAN, NOW);
});
after(async () => {
  await seeded.stop();
  await again.stop();
});

async function single<Value>(database: 'org' | 'relay', sql: string): Promise<Value> {
  const [row] = await seeded.query<{ value: Value }>(database, `SELECT (${sql}) AS value`);
  assert.ok(row);
  return row.value;
}

describe('ledger and org', () => {
  test('hold every call once: one Task each, delivered in its newest version', async () => {
    const calls = await seeded.query<{
      call_id: string;
      version: number;
      task_id: string;
      delivered: number;
    }>(
      'relay',
      `SELECT call_id, version, task_id, delivered_version AS delivered
         FROM call JOIN crm_delivery USING (org_id, call_id) ORDER BY call_id`,
    );
    const tasks = await seeded.query<{ call_id: string; version: string; task_id: string }>(
      'org',
      `SELECT "Call_Id__c" AS call_id, "Call_Version__c"::int AS version, "Id" AS task_id FROM org."Task" ORDER BY 1`,
    );
    assert.equal(calls.length, PLAN.calls);
    assert.equal(new Set(calls.map(({ task_id }) => task_id)).size, PLAN.calls);
    assert.deepEqual(
      tasks,
      calls.map(({ call_id, version, task_id }) => ({ call_id, version, task_id })),
    );
    assert.ok(calls.every(({ version, delivered }) => version === delivered));
  });

  test('agree on what each call was', async () => {
    const facts = await seeded.query(
      'relay',
      `SELECT call_id, user_id, talk_seconds, ring_seconds, hold_seconds, after_call_seconds, outcome, record_id,
              number_e164 FROM call JOIN call_personal USING (org_id, call_id) ORDER BY call_id`,
    );
    const tasks = await seeded.query(
      'org',
      `SELECT "Call_Id__c" AS call_id, t."OwnerId" AS user_id, "Talk_Seconds__c"::int AS talk_seconds,
              "Ring_Seconds__c"::int AS ring_seconds, "Hold_Seconds__c"::int AS hold_seconds,
              "After_Call_Seconds__c"::int AS after_call_seconds, "Call_Outcome__c" AS outcome, "WhoId" AS record_id,
              replace(coalesce(p."MobilePhone", p."Phone"), ' ', '') AS number_e164
         FROM org."Task" t JOIN (SELECT "Id", "MobilePhone", "Phone" FROM org."Contact"
              UNION ALL SELECT "Id", "MobilePhone", "Phone" FROM org."Lead") p ON p."Id" = t."WhoId" ORDER BY 1`,
    );
    assert.deepEqual(tasks, facts);
  });

  test('archive closed Tasks after a year by the org’s own rule', async () => {
    const archived = await seeded.org.query('SELECT COUNT(Id) n FROM Task');
    const all = await single<number>('org', 'SELECT count(*)::int FROM org."Task"');
    const old = await single<number>(
      'org',
      `SELECT count(*)::int FROM org."Task" WHERE "ActivityDate" < (now() AT TIME ZONE 'America/Denver')::date - 365`,
    );
    assert.ok(old > 0);
    assert.equal(Number(archived[0]?.['n']), all - old);
  });
});

describe('the relay', () => {
  test('finds nothing new in a seeded call that its switch reports again', async () => {
    const call = seeded.company.calls.find(({ holdMs, talkMs }) => talkMs > 0 || holdMs > 0);
    assert.ok(call);
    const events = networkEvents(call).map((event) => ({
      callId: call.callId,
      userId: seeded.company.userIdOf(call.rep),
      event,
    }));
    const body = JSON.stringify({ orgId: seeded.org.orgId, witness: 'switch', events });
    const epochSeconds = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', seeded.switchKey)
      .update(switchSignatureText(epochSeconds, body))
      .digest('hex');
    const answer = await fetch(`${seeded.relayUrl}/v1/switch/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [SWITCH_SIGNATURE_HEADER]: `t=${epochSeconds},v1=${signature}`,
      },
      body,
    });
    assert.equal(answer.status, 200);
    const receipt = (await answer.json()) as { stored: number; duplicates: number };
    assert.deepEqual([receipt.stored, receipt.duplicates], [0, events.length]);
  });

  test('has added up each rep’s days as a query over the calls does', async () => {
    const counted = await seeded.query(
      'relay',
      `SELECT call.user_id, (started_at AT TIME ZONE rep.time_zone)::date::text AS day, count(*)::int AS dials,
              count(*) FILTER (WHERE answered AND outcome <> 'voicemail' AND talk_seconds >= 10)::int AS connects,
              count(*) FILTER (WHERE answered AND outcome <> 'voicemail' AND talk_seconds >= 60)::int AS conversations,
              sum(talk_seconds)::int AS talk_seconds, sum(ring_seconds)::int AS ring_seconds,
              sum(after_call_seconds)::int AS after_call_seconds
         FROM call JOIN crm_user rep USING (org_id, user_id) GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    const added = await seeded.query(
      'relay',
      `SELECT user_id, day::text, dials, connects, conversations, talk_seconds::int, ring_seconds::int,
              after_call_seconds::int FROM rep_day ORDER BY 1, 2`,
    );
    assert.ok(added.length > 0);
    assert.deepEqual(added, counted);
  });

  test('has rolled up and published every rep to the end of the ledger', async () => {
    const behind = await single<number>(
      'relay',
      `SELECT count(*)::int FROM rep_position p LEFT JOIN rep_rollup r USING (org_id, user_id)
        WHERE p.position IS DISTINCT FROM r.position OR p.position IS DISTINCT FROM r.published_position
           OR p.position <> (SELECT max(position) FROM call WHERE call.user_id = p.user_id)`,
    );
    assert.equal(behind, 0);
    assert.equal(await single<number>('relay', 'SELECT count(*)::int FROM rep_position'), PLAN.reps);
  });
});

describe('the company', () => {
  test('calls on working days, in the working hours of its zones', async () => {
    const outside = await single<number>(
      'relay',
      `SELECT count(*)::int FROM call JOIN crm_user USING (org_id, user_id),
              LATERAL (SELECT started_at AT TIME ZONE time_zone AS at) AS own
        WHERE extract(isodow FROM at) > 5 OR extract(hour FROM at) NOT BETWEEN 8 AND 18 OR ended_at > now()`,
    );
    assert.equal(outside, 0);
  });

  test('has reps who are seldom answered, each in another measure, and outcomes that fit', async () => {
    const rates = await seeded.query<{ rate: number }>(
      'relay',
      `SELECT avg((answered AND outcome <> 'voicemail')::int)::float AS rate FROM call GROUP BY user_id`,
    );
    for (const { rate } of rates) assert.ok(rate > 0.01 && rate < 0.45, String(rate));
    const unfit = await single<number>(
      'relay',
      `SELECT count(*)::int FROM call WHERE answered = (outcome IN ('noAnswer', 'busy'))`,
    );
    assert.equal(unfit, 0);
  });

  test('has opportunities whose newest history row is what they are', async () => {
    const rows = await seeded.org.query(
      `SELECT StageName, Amount, CloseDate, Probability, ExpectedRevenue, IsClosed,
              (SELECT StageName, Amount, CloseDate, Probability, ExpectedRevenue FROM OpportunityHistories
                ORDER BY CreatedDate DESC, Id DESC LIMIT 1),
              (SELECT TotalPrice FROM OpportunityLineItems) FROM Opportunity`,
    );
    assert.equal(rows.length, PLAN.opportunities);
    for (const row of rows) {
      const [latest] = (row['OpportunityHistories'] as { records: Record<string, unknown>[] }).records;
      for (const name of ['StageName', 'Amount', 'CloseDate', 'Probability', 'ExpectedRevenue'])
        assert.equal(latest?.[name], row[name], name);
    }
    assert.ok(rows.some(({ IsClosed }) => IsClosed === true));
    assert.ok(rows.some(({ IsClosed }) => IsClosed === false));
  });

  test('has a meeting for each call that ended with one, on a working day, and a quota for each rep', async () => {
    const meetings = await single<number>(
      'org',
      `SELECT count(*)::int FROM org."Event" WHERE extract(isodow FROM "ActivityDate") < 6`,
    );
    assert.ok(meetings > 0);
    assert.equal(meetings, seeded.company.calls.filter(({ outcome }) => outcome === 'meeting').length);
    const quarters = await seeded.org.query(
      'SELECT QuotaOwnerId, COUNT(Id) quarters FROM ForecastingQuota GROUP BY QuotaOwnerId',
    );
    assert.deepEqual(
      quarters.map((row) => Number(row['quarters'])),
      [9, 9],
    );
  });

  test('is the same for the same seed', async () => {
    const people = 'SELECT Name, Phone, MobilePhone FROM Contact ORDER BY Id';
    const deals = 'SELECT Name, StageName, Amount, CloseDate FROM Opportunity ORDER BY Id';
    for (const soql of [people, deals])
      assert.deepEqual(await again.org.query(soql), await seeded.org.query(soql));
    const calls = `SELECT call_id, started_at, talk_seconds, outcome, number_e164, note
                     FROM call JOIN call_personal USING (org_id, call_id) ORDER BY call_id`;
    assert.deepEqual(await again.query('relay', calls), await seeded.query('relay', calls));
  });
});

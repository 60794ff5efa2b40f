import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallModelReport } from '@scoreline/contract';
import { randomFrom } from '../../../scoring/test/support/random.ts';
import { hashNumber } from '../../src/calls/index.ts';
import { openQueue, type Queue } from '../../src/database/index.ts';
import { startProspecting, TRAIN_CALL_MODEL_QUEUE, trainModelsOf } from '../../src/prospecting/index.ts';
import { newCallId } from '../callEvents.ts';
import { eventually } from '../eventually.ts';
import { indexNumber } from '../indexNumber.ts';
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
import { makeRules, signIn, startTestRelay, type TestRelay } from '../testRelay.ts';
import { listClient } from './listClient.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, []);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
const HOUR_MS = 3_600_000;
const PEOPLE = 300;
let database: TestDatabase;
let relay: TestRelay;
let queue: Queue;

before(async () => {
  database = await startTestDatabase();
  relay = await startTestRelay(
    makeConfiguration(database.url, [organization, otherOrganization]),
    makeRules(),
  );
  queue = await openQueue(database.url, {
    queueNames: [TRAIN_CALL_MODEL_QUEUE],
    onError: (error) => assert.ifError(error),
  });
});
after(async () => {
  await queue.stop();
  await relay.stop();
  await database.stop();
});

const recordIdOf = (person: number): string => `003${String(person + 1).padStart(12, '0')}AAA`;
const numberOf = (person: number): string => `+1303555${String(person).padStart(4, '0')}`;

/**
 * Calls of the last weeks, each to somebody at random. A tenth of the people are reached as a rule; the others
 * hardly ever, or as often as those in an org where nothing is to be learned. A third of them agree to a meeting as a
 * rule, which their last outcome gives away; where nothing is to be learned, all are alike.
 */
async function placeCalls(
  orgId: string,
  count: number,
  { isLearnable, seed }: { isLearnable: boolean; seed: number },
): Promise<void> {
  const random = randomFrom(seed);
  const { ledger } = relay;
  const calls = Array.from({ length: count }, (_, index) => {
    const person = Math.floor(random.fraction() * PEOPLE);
    const isEasy = isLearnable && person % 10 === 0;
    const isReached = random.binomial(1, isEasy ? 0.8 : 0.15) === 1;
    const isAgreeable = isLearnable && person % 3 === 0;
    const reachedOutcome = random.binomial(1, isAgreeable ? 0.9 : 0.2) === 1 ? 'meeting' : 'noInterest';
    return {
      call_id: newCallId(),
      number_hash: hashNumber(ledger.personalDataKey, orgId, numberOf(person)),
      hours_ago: (count - index) / 6,
      answered: isReached,
      outcome: isReached ? reachedOutcome : 'noAnswer',
    };
  });
  await ledger.database.query(
    `insert into call (org_id, call_id, user_id, number_hash, opening_hash, state, answered, outcome,
       started_at, opened_at, ended_at)
     select $1, call_id, $2, number_hash, '', 'ended', answered, outcome,
       now() - make_interval(secs => hours_ago * 3600), now() - make_interval(secs => hours_ago * 3600), now()
     from jsonb_to_recordset($3::jsonb) as each (call_id uuid, number_hash text, hours_ago double precision,
       answered boolean, outcome text)`,
    [orgId, REP_ID, JSON.stringify(calls)],
  );
}

async function reportOf(headers: Record<string, string>): Promise<CallModelReport | null> {
  const answer = await relay.get('/v1/lists/model', headers);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return (answer.body as { model: CallModelReport | null }).model;
}

test('a day’s job trains the models that beat their baselines, and the list goes by them', async () => {
  const rep = await signIn(relay, organization, REP_ID);
  for (let person = 0; person < 12; person += 1)
    await indexNumber(relay.ledger, numberOf(person), [recordIdOf(person)]);
  assert.equal(await reportOf(rep), null);
  await placeCalls(ORG_ID, 3_000, { isLearnable: true, seed: 1 });
  const prospecting = await startProspecting({ database: relay.ledger.database, queue });
  await prospecting.enqueueDueTraining(ORG_ID);
  await eventually(async () => (await reportOf(rep)) !== null);
  const report = await reportOf(rep);
  assert.ok(report);
  const { reach, convert } = report;
  assert.deepEqual([reach.calls, reach.predictedCalls, reach.state], [3_000, 2_000, 'inUse']);
  assert.ok((reach.modelAuc ?? 0) > 0.6, `reaching ${reach.modelAuc}`);
  assert.ok((reach.differenceLow ?? 0) > 0);
  assert.deepEqual([convert.predictedCalls, convert.state], [convert.calls - 250, 'inUse']);
  assert.ok((convert.modelAuc ?? 0) > 0.55, `converting ${convert.modelAuc}`);
  assert.equal(convert.baselineAuc, 0.5);

  const list = await listClient(relay, rep).start(
    Array.from({ length: 12 }, (_, person) => recordIdOf(person)),
  );
  assert.equal(list.order, 'reachAndConvert');
  assert.equal(list.next?.recordId, recordIdOf(0), 'the one who is reached and agrees as a rule');
  const kinds = list.next?.reasons.map(({ kind }) => kind) ?? [];
  assert.ok(
    kinds.some((kind) => kind === 'answeredBefore' || kind === 'answeredAtThisHour'),
    kinds.join(),
  );
  assert.equal(await trainModelsOf(relay.ledger.database, ORG_ID), false, 'nothing new was learned since');
});

test('where nothing is to be learned the list goes by recency, and says how both did', async () => {
  const rep = await signIn(relay, otherOrganization, REP_ID);
  await placeCalls(OTHER_ORG_ID, 1_500, { isLearnable: false, seed: 2 });
  assert.equal(await trainModelsOf(relay.ledger.database, OTHER_ORG_ID), false, 'too few calls');
  await placeCalls(OTHER_ORG_ID, 1_500, { isLearnable: false, seed: 3 });
  assert.equal(await trainModelsOf(relay.ledger.database, OTHER_ORG_ID), true);
  const report = await reportOf(rep);
  assert.deepEqual([report?.reach.state, report?.convert.state], ['noBetter', 'tooFew']);
  assert.ok(Math.abs((report?.reach.modelAuc ?? 0) - 0.5) < 0.05);
  assert.ok((report?.reach.differenceLow ?? 1) <= 0);
  assert.equal((await listClient(relay, rep).start([recordIdOf(1)])).order, 'recency');
});

test('training is asked for once a day', async () => {
  const { database: store } = relay.ledger;
  const prospecting = await startProspecting({ database: store, queue });
  const asked = async (): Promise<Date | undefined> => {
    await prospecting.enqueueDueTraining(ORG_ID);
    const [row] = await store.query<{ at: Date }>(
      'select requested_at as at from call_model where org_id = $1',
      [ORG_ID],
    );
    return row?.at;
  };
  const first = await asked();
  assert.deepEqual(await asked(), first);
  await store.query(`update call_model set requested_at = now() - interval '25 hours' where org_id = $1`, [
    ORG_ID,
  ]);
  assert.ok(((await asked())?.getTime() ?? 0) > Date.now() - HOUR_MS);
});

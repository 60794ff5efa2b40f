import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { hashNumber } from '../../src/calls/index.ts';
import { tidyPowerLists } from '../../src/prospecting/index.ts';
import { answeredCall, busyCall, newCallId, outcomeEvent } from '../callEvents.ts';
import { indexNumber as indexRecordNumber } from '../indexNumber.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  makeConfiguration,
  makeOrganization,
  ORG_ID,
  ORIGIN,
  OTHER_ORG_ID,
  OTHER_ORIGIN,
  OTHER_REP_ID,
  REP_ID,
} from '../testOrganizations.ts';
import { errorOf, makeRules, signIn, startTestRelay, type TestRelay } from '../testRelay.ts';
import { listClient, onScreen, type ListClient } from './listClient.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, []);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
let database: TestDatabase;
let relay: TestRelay;
let rep: Record<string, string>;
let colleague: Record<string, string>;
let foreigner: Record<string, string>;
let nowMs: number | undefined;

before(async () => {
  database = await startTestDatabase();
  relay = await startTestRelay(
    makeConfiguration(database.url, [organization, otherOrganization]),
    makeRules(),
    { now: () => nowMs ?? Date.now() },
  );
  rep = await signIn(relay, organization, REP_ID);
  colleague = await signIn(relay, organization, OTHER_REP_ID);
  foreigner = await signIn(relay, otherOrganization, REP_ID);
});
after(async () => {
  await relay.stop();
  await database.stop();
});
beforeEach(async () => {
  nowMs = undefined;
  await relay.ledger.database.query(
    'truncate call_list, call_list_person, prospect_reservation, crm_record, crm_number, crm_do_not_call',
  );
});

let people = 0;
/** People whom nobody has called, each with a number of their own. */
async function newPeople(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let each = 0; each < count; each += 1) {
    people += 1;
    const recordId = `003${String(people).padStart(12, '0')}AAA`;
    await indexRecordNumber(relay.ledger, numberOf(recordId), [recordId]);
    ids.push(recordId);
  }
  return ids;
}

function numberOf(recordId: string): string {
  return `+1303555${String(Number(recordId.slice(3, 15)) % 10_000).padStart(4, '0')}`;
}

/** A call to a person that is over and has its outcome. */
async function callAndLog(
  recordId: string,
  { headers = rep, talkMs = 90_000, from }: { headers?: typeof rep; talkMs?: number; from?: string } = {},
): Promise<void> {
  const callId = newCallId();
  const permit = await relay.post(
    '/v1/calls',
    { callId, number: numberOf(recordId), ...(from === undefined ? {} : { recordId: from }) },
    headers,
  );
  assert.equal(permit.status, 200, JSON.stringify(permit.body));
  const events = talkMs > 0 ? answeredCall(talkMs) : busyCall();
  await relay.post(`/v1/calls/${callId}/events`, { events }, headers);
  const outcome = outcomeEvent(events.length + 1, 120_000, { outcome: talkMs > 0 ? 'meeting' : 'busy' });
  const logged = await relay.post(`/v1/calls/${callId}/outcome`, outcome, headers);
  assert.equal(logged.status, 200, JSON.stringify(logged.body));
}

async function endReservations(list: ListClient): Promise<void> {
  await relay.ledger.database.query(
    `update prospect_reservation set reserved_until = clock_timestamp() where list_id = $1`,
    [list.listId],
  );
}

test('a list gives its people one after another, each once they were called', async () => {
  const [ana = '', jo = '', kim = ''] = await newPeople(3);
  const list = listClient(relay, rep);
  const first = await list.start([ana, jo, kim]);
  assert.deepEqual(onScreen(first), [ana, jo, kim]);
  assert.deepEqual([first.left, first.called, first.order], [3, 0, 'recency']);
  assert.deepEqual(first.next?.reasons, [{ kind: 'neverCalled' }]);
  assert.ok((first.next?.reservedSeconds ?? 0) > 890);
  assert.deepEqual(onScreen(await list.next()), [ana, jo, kim], 'asking again changes nothing');

  await callAndLog(ana, { from: ana });
  const second = await list.next();
  assert.deepEqual([second.next?.recordId, second.left, second.called, second.conversations], [jo, 2, 1, 1]);
  await callAndLog(jo, { talkMs: 0 });
  const third = await list.next();
  assert.deepEqual([third.next?.recordId, third.called, third.conversations], [kim, 2, 1]);
  await callAndLog(kim, { headers: rep });
  const done = await list.next();
  assert.deepEqual([done.left, done.called, done.next, done.waiting], [0, 3, undefined, undefined]);
});

test('nobody is on two screens, nor someone who shares a number', async () => {
  const [ana = '', jo = '', kim = '', lee = '', max = ''] = await newPeople(5);
  const twin = '00Q000000000901AAA';
  await indexRecordNumber(relay.ledger, numberOf(ana), [ana, twin]);
  const [mine, theirs] = [listClient(relay, rep), listClient(relay, colleague)];
  assert.deepEqual(onScreen(await mine.start([ana, jo, kim, lee])), [ana, jo, kim]);
  assert.deepEqual(onScreen(await theirs.start([twin, ana, jo, kim, lee, max])), [lee, max]);
  await mine.skip(ana);
  assert.equal(
    (await theirs.next()).then.some(({ recordId }) => recordId === twin),
    true,
  );
});

test('a reservation that ended can be taken again, or by a colleague', async () => {
  const [ana = '', jo = ''] = await newPeople(2);
  const [mine, theirs] = [listClient(relay, rep), listClient(relay, colleague)];
  await mine.start([ana]);
  await endReservations(mine);
  assert.equal((await mine.current())?.next, undefined);
  assert.equal((await mine.next()).next?.recordId, ana);
  await endReservations(mine);
  assert.equal((await theirs.start([ana, jo])).next?.recordId, ana);
  const mineNow = await mine.next();
  assert.equal(mineNow.next, undefined);
  assert.equal(mineNow.waiting?.why, 'colleagues');
  assert.ok(Date.parse(mineNow.waiting?.nextAt ?? '') > Date.now() + 800_000);
});

test('a skip needs a reason, happens once, and only to one’s own people', async () => {
  const [ana = '', jo = ''] = await newPeople(2);
  const list = listClient(relay, rep);
  await list.start([ana, jo]);
  const path = `/v1/lists/${list.listId}/skip`;
  assert.equal(errorOf(await list.post(path, { recordId: ana })).name, 'invalidRequest');
  assert.equal(errorOf(await list.post(path, { recordId: ana, reason: 'lazy' })).name, 'invalidRequest');
  const [stranger = ''] = await newPeople(1);
  const refused = await list.post(path, { recordId: stranger, reason: 'badTime' });
  assert.deepEqual([refused.status, errorOf(refused).name], [409, 'personNotReserved']);
  const after1 = await list.skip(ana);
  assert.deepEqual([after1.next?.recordId, after1.skipped, after1.left], [jo, 1, 1]);
  assert.deepEqual(onScreen(await list.skip(ana, 'duplicate')), [jo], 'a repeated skip changes nothing');
  assert.equal((await list.current())?.skipped, 1);
});

test('whoever is to be called back waits, and then comes before all others', async () => {
  const [ana = '', jo = ''] = await newPeople(2);
  const list = listClient(relay, rep);
  await list.start([ana, jo]);
  const at = new Date(Date.now() + 60_000).toISOString();
  assert.deepEqual(onScreen(await list.callBack(ana, at)), [jo]);
  const waiting = await list.callBack(jo, new Date(Date.now() + 7_200_000).toISOString());
  assert.deepEqual(
    [waiting.left, waiting.next, waiting.waiting],
    [2, undefined, { why: 'callBack', nextAt: at }],
  );
  nowMs = Date.now() + 90_000;
  const due = await list.next();
  assert.equal(due.next?.recordId, ana);
  assert.deepEqual(due.next?.reasons[0], { kind: 'callBackDue' });
  const far = { recordId: ana, callBackAt: new Date(nowMs + 100 * 86_400_000).toISOString() };
  assert.equal(errorOf(await list.post(`/v1/lists/${list.listId}/call-back`, far)).name, 'invalidRequest');
});

test('a list that pauses or ends gives everybody back', async () => {
  const [ana = ''] = await newPeople(1);
  const [mine, theirs] = [listClient(relay, rep), listClient(relay, colleague)];
  await mine.start([ana]);
  assert.deepEqual((await mine.act('pause')).state, 'paused');
  assert.equal((await theirs.start([ana])).next?.recordId, ana);
  await theirs.act('end');
  assert.equal(errorOf(await theirs.post(`/v1/lists/${theirs.listId}/next`, {})).name, 'listEnded');
  assert.equal((await theirs.act('end')).state, 'ended', 'ending again changes nothing');
  assert.equal(await theirs.current(), null);
  const again = await mine.next();
  assert.deepEqual([again.state, again.next?.recordId], ['running', ana]);
});

test('a colleague’s click does not reach whom a list has on the screen', async () => {
  const [ana = '', jo = ''] = await newPeople(2);
  await listClient(relay, rep).start([ana]);
  const click = { callId: newCallId(), number: numberOf(ana) };
  const refused = await relay.post('/v1/calls', click, colleague);
  assert.deepEqual([refused.status, errorOf(refused).name], [409, 'prospectReserved']);
  assert.equal((await relay.post('/v1/calls', click, rep)).status, 200);
  // And the other way round: whom the colleague dials, no list gives.
  const callId = newCallId();
  assert.equal((await relay.post('/v1/calls', { callId, number: numberOf(jo) }, colleague)).status, 200);
  const list = listClient(relay, rep);
  assert.equal((await list.start([jo])).waiting?.why, 'colleagues');
  await relay.post(`/v1/calls/${callId}/events`, { events: answeredCall(9_000).slice(0, 3) }, colleague);
  assert.equal((await list.next()).next, undefined, 'the call runs');
  await relay.post(`/v1/calls/${callId}/events`, { events: answeredCall(9_000).slice(3) }, colleague);
  assert.equal((await list.next()).next?.recordId, jo);
});

test('a list and a click that race for one person never both get them', async () => {
  const won = { list: 0, click: 0 };
  for (const person of await newPeople(20)) {
    const list = listClient(relay, rep);
    const click = { callId: newCallId(), number: numberOf(person) };
    const [shown, permit] = await Promise.all([
      list.start([person]),
      relay.post('/v1/calls', click, colleague),
    ]);
    const [isListed, isPermitted] = [shown.next !== undefined, permit.status === 200];
    assert.notEqual(isListed, isPermitted, permit.status.toString());
    won[isListed ? 'list' : 'click'] += 1;
  }
  assert.equal(won.list + won.click, 20);
});

test('whoever cannot or may not be called is left out', async () => {
  const [ana = '', jo = '', kim = ''] = await newPeople(3);
  const { ledger } = relay;
  await ledger.database.query(
    'insert into crm_do_not_call (org_id, record_id, number_hash) values ($1, $2, $3)',
    [ORG_ID, ana, hashNumber(ledger.personalDataKey, ORG_ID, numberOf(ana))],
  );
  await ledger.database.query('delete from crm_number where record_id = $1', [jo]);
  const list = await listClient(relay, rep).start([ana, jo, kim]);
  assert.deepEqual([onScreen(list), list.unreachable, list.left], [[kim], 2, 1]);
});

test('who was called longest ago comes before those called since, after those never called', async () => {
  const [ana = '', jo = '', kim = ''] = await newPeople(3);
  await callAndLog(ana);
  await callAndLog(jo);
  const { database: store } = relay.ledger;
  const hash = (recordId: string): string =>
    hashNumber(relay.ledger.personalDataKey, ORG_ID, numberOf(recordId));
  for (const [recordId, days] of [
    [ana, 3],
    [jo, 12],
  ] as const)
    await store.query(
      `update call set started_at = now() - make_interval(days => $2, mins => 1), opened_at = now() - make_interval(days => $2)
       where number_hash = $1`,
      [hash(recordId), days],
    );
  const list = await listClient(relay, rep).start([ana, jo, kim]);
  assert.equal(list.next?.recordId, kim);
  const second = await listClient(relay, rep).start([ana, jo]);
  assert.equal(second.next?.recordId, jo);
  assert.deepEqual(second.next?.reasons, [{ kind: 'lastCalled', days: 12 }]);
});

test('a list is its rep’s alone; a repeated start makes one, another start ends the one before', async () => {
  const [ana = '', jo = ''] = await newPeople(2);
  const list = listClient(relay, rep);
  await list.start([ana]);
  assert.equal((await list.start([ana])).next?.recordId, ana);
  const other = { listId: list.listId, source: { kind: 'report', id: '00O000000000001AAA', label: 'R' } };
  assert.equal(errorOf(await list.post('/v1/lists', { ...other, recordIds: [jo] })).name, 'listIdReused');
  for (const headers of [colleague, foreigner]) {
    const theirs = listClient(relay, headers, list.listId);
    assert.equal(errorOf(await theirs.post(`/v1/lists/${list.listId}/next`, {})).name, 'listNotFound');
    assert.equal(errorOf(await theirs.post(`/v1/lists/${list.listId}/end`, {})).name, 'listNotFound');
    assert.equal(await theirs.current(), null);
  }
  assert.equal(errorOf(await relay.get('/v1/lists/current')).name, 'tokenMissing');
  const account = { ...other, recordIds: ['001000000000001AAA'] };
  assert.equal(errorOf(await list.post('/v1/lists', account)).name, 'invalidRequest');
  const second = listClient(relay, rep);
  await second.start([jo]);
  assert.equal((await second.current())?.listId, second.listId);
  assert.equal(errorOf(await list.post(`/v1/lists/${list.listId}/next`, {})).name, 'listEnded');
});

test('lists and reservations of long ago are forgotten, and no others', async () => {
  const [ana = '', jo = ''] = await newPeople(2);
  const { database: store } = relay.ledger;
  const [old, recent] = [listClient(relay, rep), listClient(relay, colleague)];
  await old.start([ana]);
  await recent.start([jo]);
  await store.query(`update call_list set created_at = now() - interval '91 days' where list_id = $1`, [
    old.listId,
  ]);
  await store.query(
    `update prospect_reservation set reserved_until = now() - interval '2 hours' where list_id = $1`,
    [old.listId],
  );
  await tidyPowerLists(store);
  assert.equal(await old.current(), null);
  assert.equal((await recent.current())?.next?.recordId, jo);
  const held = await store.query<{ listId: string }>(
    'select distinct list_id as "listId" from prospect_reservation',
  );
  assert.deepEqual(held, [{ listId: recent.listId }]);
  assert.equal((await store.query('select from call_list_person')).length, 1);
});

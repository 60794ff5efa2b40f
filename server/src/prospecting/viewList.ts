import type { ListWaiting, PowerList } from '@scoreline/contract';
import { callableRecords } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import type { StoredList } from './storedList.ts';
import { countPeople, waitingPeople, type WaitingPerson } from './people.ts';
import { rankPeople } from './rankPeople.ts';
import { nextRelease, RESERVATION_SECONDS, reservationsOf, type Reservation } from './reservations.ts';

/** A list as its rep sees it. Names nobody but those whom the rep's own page put on it. */
export async function viewList(connection: Connection, list: StoredList, now: Date): Promise<PowerList> {
  const waiting = await waitingPeople(connection, list);
  const reservations = list.state === 'running' ? await reservationsOf(connection, list) : [];
  const current = reservations.find(({ recordId }) => recordId === list.currentRecordId);
  const isFree = list.state === 'running' && current === undefined && waiting.length > 0;
  const { listId, sourceKind, sourceId, label, state } = list;
  const { order, next } = await describeNext(connection, list, { waiting, current, now });
  return {
    listId,
    source: { kind: sourceKind, id: sourceId, label },
    state,
    order,
    ...(await countPeople(connection, list)),
    next,
    then: inOrder(waiting, reservations).filter(({ recordId }) => recordId !== list.currentRecordId),
    waiting: isFree ? await whyWaiting(connection, list, waiting, now) : undefined,
  };
}

async function describeNext(
  connection: Connection,
  list: StoredList,
  {
    waiting,
    current,
    now,
  }: { waiting: readonly WaitingPerson[]; current: Reservation | undefined; now: Date },
): Promise<Pick<PowerList, 'order' | 'next'>> {
  const person = waiting.find(({ recordId }) => recordId === current?.recordId);
  const records =
    person === undefined ? [] : await callableRecords(connection, list.orgId, [person.recordId]);
  const people = person === undefined ? [] : [{ ...person, numbers: records[0]?.numbers ?? [] }];
  const ranking = await rankPeople(connection, list, people, now);
  const reasons = ranking.people[0]?.reasons ?? [];
  return {
    order: ranking.order,
    next: current === undefined || person === undefined ? undefined : { ...current, reasons },
  };
}

function inOrder(waiting: readonly WaitingPerson[], reservations: readonly Reservation[]): Reservation[] {
  const placeOf = new Map(waiting.map(({ recordId, place }) => [recordId, place]));
  return reservations
    .filter(({ recordId }) => placeOf.has(recordId))
    .toSorted((one, other) => (placeOf.get(one.recordId) ?? 0) - (placeOf.get(other.recordId) ?? 0));
}

/** When nobody is free: the earliest call-back, or the earliest end of a colleague's reservation. */
async function whyWaiting(
  connection: Connection,
  list: StoredList,
  waiting: readonly WaitingPerson[],
  now: Date,
): Promise<ListWaiting> {
  const later = waiting.flatMap(({ callBackAt }) =>
    callBackAt !== null && callBackAt > now ? [callBackAt.getTime()] : [],
  );
  if (later.length === waiting.length)
    return { why: 'callBack', nextAt: new Date(Math.min(...later)).toISOString() };
  const records = await callableRecords(
    connection,
    list.orgId,
    waiting.map(({ recordId }) => recordId),
  );
  const release = await nextRelease(connection, list, records);
  // A colleague who talks has no end that is known: the rep may look again in as long as a reservation lasts.
  const soonest = Math.min(release?.getTime() ?? now.getTime() + RESERVATION_SECONDS * 1_000, ...later);
  return { why: 'colleagues', nextAt: new Date(soonest).toISOString() };
}

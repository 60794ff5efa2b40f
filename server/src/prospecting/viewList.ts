import type { ListWaiting, PowerList } from '@scoreline/contract';
import { callableRecords } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import type { StoredList } from './storedList.ts';
import { countPeople, waitingPeople, type WaitingPerson } from './people.ts';
import { rankPeople } from './rankPeople.ts';
import { nextRelease, reservationsOf, type Reservation } from './reservations.ts';

/** When to look again for whoever is on the phone with a colleague. */
const LOOK_AGAIN_MS = 120_000;

/** A list as its rep sees it. Names nobody but those whom the rep's own page put on it. */
export async function viewList(connection: Connection, list: StoredList, now: Date): Promise<PowerList> {
  const waiting = await waitingPeople(connection, list);
  const reservations = list.state === 'running' ? await reservationsOf(connection, list) : [];
  const { order, people } = await rankReserved(connection, list, { waiting, reservations, now });
  const current = people.find(({ recordId }) => recordId === list.currentRecordId);
  const isFree = list.state === 'running' && current === undefined && waiting.length > 0;
  const { listId, sourceKind, sourceId, label, state } = list;
  return {
    listId,
    source: { kind: sourceKind, id: sourceId, label },
    state,
    order,
    ...(await countPeople(connection, list)),
    next: current,
    then: people
      .filter((person) => person !== current)
      .map(({ recordId, reservedSeconds }) => ({ recordId, reservedSeconds })),
    waiting: isFree ? await whyWaiting(connection, list, waiting, now) : undefined,
  };
}

/** Those on the screen, in the order in which they are offered. */
async function rankReserved(
  connection: Connection,
  list: StoredList,
  {
    waiting,
    reservations,
    now,
  }: { waiting: readonly WaitingPerson[]; reservations: readonly Reservation[]; now: Date },
): Promise<{
  readonly order: PowerList['order'];
  readonly people: readonly NonNullable<PowerList['next']>[];
}> {
  const secondsOf = new Map(reservations.map(({ recordId, reservedSeconds }) => [recordId, reservedSeconds]));
  const records = await callableRecords(connection, list.orgId, [...secondsOf.keys()]);
  const numbersOf = new Map(records.map(({ recordId, numbers }) => [recordId, numbers]));
  const shown = waiting
    .filter(({ recordId }) => secondsOf.has(recordId))
    .map((person) => ({ ...person, numbers: numbersOf.get(person.recordId) ?? [] }));
  const { order, people } = await rankPeople(connection, list, shown, now);
  return {
    order,
    people: people.map(({ recordId, reasons }) => ({
      recordId,
      reservedSeconds: secondsOf.get(recordId) ?? 0,
      reasons,
    })),
  };
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
  // When a colleague's call ends is not known.
  const soonest = Math.min(release?.getTime() ?? now.getTime() + LOOK_AGAIN_MS, ...later);
  return { why: 'colleagues', nextAt: new Date(soonest).toISOString() };
}

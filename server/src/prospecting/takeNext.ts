import type { Database } from '../database/index.ts';
import { callableRecords } from '../crm/index.ts';
import { lockList, setCurrent } from './lists.ts';
import { settleCalled, settleUnreachable, waitingPeople } from './people.ts';
import { rankPeople, type RankedPerson } from './rankPeople.ts';
import { peopleOfColleagues, releaseList, reservationsOf, reservePerson } from './reservations.ts';
import type { Rep, StoredList } from './storedList.ts';

/** Who is to be called next, and the few who are shown after them: whoever is on the screen is reserved. */
const PEOPLE_SHOWN = 3;

/**
 * Gives the rep the next person, reserved. Whoever was called or has become unreachable is taken off the list; the person
 * on the screen stays there while they are left and free; the others follow in their order, past those whom
 * colleagues have. Asking again changes nothing. Refuses with `listNotFound` or `listEnded`.
 */
export async function takeNext(database: Database, rep: Rep, listId: string, now: Date): Promise<void> {
  const list = await database.transaction(async (connection) => {
    const locked = await lockList(connection, rep, listId);
    await settleCalled(connection, locked);
    return locked;
  });
  const ranked = await rankWaiting(database, list, now);
  const shown: string[] = [];
  for (const person of ranked) {
    if (shown.length === PEOPLE_SHOWN) break;
    if (await reservePerson(database, list, person)) shown.push(person.recordId);
  }
  await database.transaction(async (connection) => {
    await lockList(connection, rep, listId);
    await setCurrent(connection, list, shown[0] ?? null);
    await releaseList(connection, list, shown);
  });
}

/** Those who may be called now and are not with a colleague: first whom the rep sees already, the next one before all. */
async function rankWaiting(
  database: Database,
  list: StoredList,
  now: Date,
): Promise<readonly RankedPerson[]> {
  const waiting = await waitingPeople(database, list);
  const records = await callableRecords(
    database,
    list.orgId,
    waiting.map(({ recordId }) => recordId),
  );
  const unreachable = records.filter(({ numbers }) => numbers.length === 0);
  await settleUnreachable(
    database,
    list,
    unreachable.map(({ recordId }) => recordId),
  );
  const gone = new Set(unreachable.map(({ recordId }) => recordId));
  const numbersOf = new Map(records.map(({ recordId, numbers }) => [recordId, numbers]));
  const due = waiting
    .filter(({ recordId, callBackAt }) => !gone.has(recordId) && (callBackAt === null || callBackAt <= now))
    .map((person) => ({ ...person, numbers: numbersOf.get(person.recordId) ?? [] }));
  const taken = await peopleOfColleagues(database, list, due);
  const free = due.filter(({ recordId }) => !taken.has(recordId));
  const { people } = await rankPeople(database, list, free, now);
  const seen = new Set((await reservationsOf(database, list)).map(({ recordId }) => recordId));
  const standing = ({ recordId }: RankedPerson): number => {
    if (recordId === list.currentRecordId) return 0;
    return seen.has(recordId) ? 1 : 2;
  };
  return people.toSorted((one, other) => standing(one) - standing(other));
}

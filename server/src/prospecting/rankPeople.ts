import type { CallReason, PowerList } from '@scoreline/contract';
import { factsOf, recencyOf, recencyReasons } from '@scoreline/scoring';
import { repOf, type CallableRecord } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import { historiesOf, momentOf } from './callHistory.ts';
import type { Rep } from './storedList.ts';
import type { WaitingPerson } from './people.ts';

type Person = WaitingPerson & Pick<CallableRecord, 'numbers'>;

/** Someone in the order in which the list offers them, and why. */
export type RankedPerson = Person & { readonly reasons: readonly CallReason[] };

export interface Ranking {
  readonly order: PowerList['order'];
  readonly people: readonly RankedPerson[];
}

/** Whoever asked to be called back by now comes first, then by the likelihood to be reached, or by recency. */
export async function rankPeople(
  connection: Connection,
  { orgId, userId }: Rep,
  people: readonly Person[],
  now: Date,
): Promise<Ranking> {
  const timeZone = (await repOf(connection, orgId, userId))?.timeZone ?? 'UTC';
  const histories = await historiesOf(connection, orgId, people, timeZone);
  const moment = momentOf(now, timeZone);
  const valued = people.map((person) => {
    const history = histories.get(person.recordId);
    const facts = factsOf(history?.calls ?? [], moment, history?.leadSource);
    return { person, value: recencyOf(facts), reasons: recencyReasons(facts) };
  });
  const ranked = valued
    .toSorted(
      (one, other) =>
        callBackOrder(one.person, other.person) ||
        compare(other.value, one.value) ||
        one.person.place - other.person.place,
    )
    .map(({ person, reasons }) => ({
      ...person,
      reasons: person.callBackAt === null ? reasons : [{ kind: 'callBackDue' } as const, ...reasons],
    }));
  return { order: 'recency', people: ranked };
}

function callBackOrder(one: Person, other: Person): number {
  return compare(one.callBackAt?.getTime() ?? Infinity, other.callBackAt?.getTime() ?? Infinity);
}

/** Infinite values, too, are equal to themselves. */
function compare(one: number, other: number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

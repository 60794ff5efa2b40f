import type { CallReason, PowerList } from '@scoreline/contract';
import {
  callLikelihood,
  factsOf,
  featuresOf,
  modelReasons,
  recencyOf,
  recencyReasons,
  type CallModels,
  type ProspectFacts,
} from '@scoreline/scoring';
import { repOf, type CallableRecord } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import { historiesOf, momentOf } from './callHistory.ts';
import type { Rep } from './storedList.ts';
import { modelsInUse } from './modelStore.ts';
import type { WaitingPerson } from './people.ts';

type Person = WaitingPerson & Pick<CallableRecord, 'numbers'>;

/** Someone in the order in which the list offers them, and why. */
export type RankedPerson = Person & { readonly reasons: readonly CallReason[] };

export interface Ranking {
  readonly order: PowerList['order'];
  readonly people: readonly RankedPerson[];
}

/** Whoever asked to be called back by now comes first, then by what the models in use say, or by recency. */
export async function rankPeople(
  connection: Connection,
  { orgId, userId }: Rep,
  people: readonly Person[],
  now: Date,
): Promise<Ranking> {
  const timeZone = (await repOf(connection, orgId, userId))?.timeZone ?? 'UTC';
  const histories = await historiesOf(connection, orgId, people, timeZone);
  const moment = momentOf(now, timeZone);
  const models = await modelsInUse(connection, orgId);
  const valued = people.map((person) => {
    const history = histories.get(person.recordId);
    return { person, ...valueOf(factsOf(history?.calls ?? [], moment, history?.leadSource), models) };
  });
  const ranked = valued
    .toSorted(
      (one, other) =>
        callBackOrder(one.person, other.person) ||
        compare(other.value, one.value) ||
        compare(other.recency, one.recency) ||
        one.person.place - other.person.place,
    )
    .map(({ person, reasons }) => ({
      ...person,
      reasons: person.callBackAt === null ? reasons : [{ kind: 'callBackDue' } as const, ...reasons],
    }));
  return { order: orderOf(models), people: ranked };
}

function orderOf({ reach, convert }: CallModels): PowerList['order'] {
  if (reach === null) return convert === null ? 'recency' : 'convert';
  return convert === null ? 'reach' : 'reachAndConvert';
}

/** The higher, the sooner; why, in either order, is never left out. Without a model all are alike but for recency. */
function valueOf(
  facts: ProspectFacts,
  models: CallModels,
): { readonly value: number; readonly recency: number; readonly reasons: readonly CallReason[] } {
  const { likelihood, terms } = callLikelihood(models, featuresOf(facts));
  const reasons = modelReasons(terms, facts);
  return {
    value: likelihood,
    recency: recencyOf(facts),
    reasons: reasons.length > 0 ? reasons : recencyReasons(facts),
  };
}

function callBackOrder(one: Person, other: Person): number {
  return compare(one.callBackAt?.getTime() ?? Infinity, other.callBackAt?.getTime() ?? Infinity);
}

/** Infinite values, too, are equal to themselves. */
function compare(one: number, other: number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

import { createHash } from 'node:crypto';
import { dayAfter, DEFINITION_VERSION, type DaySpan } from '@scoreline/scoring';
import { callsToCount, changedStartsOfRep, positionOfRep, startsOfRep } from '../calls/index.ts';
import { numbersOfOwnPeople, weightsOf } from '../crm/index.ts';
import type { Connection, Database } from '../database/index.ts';
import { countDays, dayTeller, spanOfDays, type DayRules } from './countDays.ts';
import { replaceDays } from './repDays.ts';
import { lockRollUp, storePosition, type RepToRollUp } from './rollUps.ts';
import { thresholdsFrom } from './thresholds.ts';

/** Changes taken up in one transaction, so that a long ledger holds no lock for long. */
const CHANGES_PER_TRANSACTION = 500;
/** Days added up at once, so that a long ledger needs little memory. */
const DAYS_AT_ONCE = 366;
const FIRST_DAY = '0001-01-01';
const LAST_DAY = '9999-12-31';

/**
 * Takes every change of the rep's calls into the rep's days. Each day that a change touches is added up again from its
 * calls, so the result does not depend on how often or in which portions this runs. Where the rules themselves changed,
 * every day is.
 */
export async function rollUpRep(database: Database, rep: RepToRollUp): Promise<void> {
  const rules = await rulesFor(database, rep);
  while ((await rollUpPage(database, rep, rules)) === CHANGES_PER_TRANSACTION);
}

interface NamedRules extends DayRules {
  /** The same for rules by which every call counts the same. */
  readonly name: string;
}

async function rulesFor(connection: Connection, rep: RepToRollUp): Promise<NamedRules> {
  const { orgId, basis, timeZone } = rep;
  const thresholds = thresholdsFrom(await weightsOf(connection, orgId));
  const text = JSON.stringify([DEFINITION_VERSION, basis, timeZone, thresholds.name]);
  return {
    basis,
    timeZone,
    thresholdsAt: thresholds.at,
    name: createHash('sha256').update(text).digest('base64url'),
  };
}

async function rollUpPage(database: Database, rep: RepToRollUp, rules: NamedRules): Promise<number> {
  return database.transaction(async (connection) => {
    const known = await lockRollUp(connection, rep, rules.name);
    if (known === null) {
      const position = await positionOfRep(connection, rep);
      await countEverything(connection, rep, rules);
      await storePosition(connection, rep, position, rules.name);
      return 0;
    }
    const changes = await changedStartsOfRep(connection, rep, known, CHANGES_PER_TRANSACTION);
    const position = changes.at(-1)?.position;
    if (position === undefined) return 0;
    const spans = spansOf(
      touchedDays(
        changes.flatMap(({ startsMs }) => startsMs),
        rules.timeZone,
      ),
    );
    for (const span of spans) await countSpan(connection, rep, rules, span);
    await storePosition(connection, rep, position, rules.name);
    return changes.length;
  });
}

async function countEverything(connection: Connection, rep: RepToRollUp, rules: DayRules): Promise<void> {
  const ends = await startsOfRep(connection, rep);
  if (ends === null) {
    await replaceDays(connection, rep, [{ startDay: FIRST_DAY, endDay: LAST_DAY }], []);
    return;
  }
  const dayOf = dayTeller(rules.timeZone);
  const [first, last] = [dayOf(ends.firstMs), dayOf(ends.lastMs)];
  const outside = [
    { startDay: FIRST_DAY, endDay: dayAfter(first, -1) },
    { startDay: dayAfter(last, 1), endDay: LAST_DAY },
  ];
  await replaceDays(connection, rep, outside, []);
  for (let startDay = first; startDay <= last; startDay = dayAfter(startDay, DAYS_AT_ONCE))
    await countSpan(connection, rep, rules, { startDay, endDay: dayAfter(startDay, DAYS_AT_ONCE - 1) });
}

async function countSpan(
  connection: Connection,
  rep: RepToRollUp,
  rules: DayRules,
  span: DaySpan,
): Promise<void> {
  const calls = await callsToCount(connection, rep, spanOfDays(span.startDay, span.endDay, rules.timeZone));
  const numbers = new Set(calls.map(({ numberHash }) => numberHash));
  const ownPeople = await numbersOfOwnPeople(connection, rep.orgId, [...numbers]);
  await replaceDays(connection, rep, [span], countDays(calls, ownPeople, rules));
}

function touchedDays(startsMs: readonly number[], timeZone: string): string[] {
  const dayOf = dayTeller(timeZone);
  return [...new Set(startsMs.map((startMs) => dayOf(startMs)))].toSorted();
}

/** Days that follow one another make one span. */
function spansOf(days: readonly string[]): DaySpan[] {
  const spans: { startDay: string; endDay: string }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && dayAfter(last.endDay, 1) === day) last.endDay = day;
    else spans.push({ startDay: day, endDay: day });
  }
  return spans;
}

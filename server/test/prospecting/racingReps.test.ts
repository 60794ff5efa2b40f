import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { indexNumber } from '../indexNumber.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { makeConfiguration, makeOrganization, ORG_ID, ORIGIN } from '../testOrganizations.ts';
import { makeRules, signIn, startTestRelay, type TestRelay } from '../testRelay.ts';
import { listClient, onScreen, type ListClient } from './listClient.ts';

const REPS = 12;
const PEOPLE = 60;
const TURNS = 12;
const SHARED_LINES = 12;
const organization = makeOrganization(ORG_ID, ORIGIN, []);
let database: TestDatabase;
let relays: TestRelay[];

/** Two relays on one database, as in production: what they share is the database alone. */
before(async () => {
  database = await startTestDatabase();
  const configuration = makeConfiguration(database.url, [organization]);
  relays = [
    await startTestRelay(configuration, makeRules()),
    await startTestRelay(configuration, makeRules()),
  ];
});
after(async () => {
  for (const relay of relays) await relay.stop();
  await database.stop();
});

const recordIdOf = (person: number): string => `003${String(person + 1).padStart(12, '0')}AAA`;
/** The last few people share the numbers of the first few. */
const lineOf = (person: number): number =>
  person >= PEOPLE - SHARED_LINES ? person - (PEOPLE - SHARED_LINES) : person;

async function seedPeople(): Promise<void> {
  const byLine = Map.groupBy(
    Array.from({ length: PEOPLE }, (_, person) => person),
    lineOf,
  );
  const [relay] = relays;
  assert.ok(relay);
  for (const [line, people] of byLine)
    await indexNumber(relay.ledger, `+1303555${String(line).padStart(4, '0')}`, people.map(recordIdOf));
}

/** Who has which line on the screen. */
class Screens {
  readonly #holders = new Map<number, number>();
  shown = 0;

  show(rep: number, recordIds: readonly string[]): void {
    for (const [line, holder] of this.#holders) if (holder === rep) this.#holders.delete(line);
    for (const recordId of recordIds) {
      const line = lineOf(Number(recordId.slice(3, 15)) - 1);
      const holder = this.#holders.get(line);
      assert.ok(
        holder === undefined || holder === rep,
        `line ${line} is on the screens of ${holder} and ${rep}`,
      );
      this.#holders.set(line, rep);
      this.shown += 1;
    }
  }
}

async function workThrough(rep: number, list: ListClient, screens: Screens): Promise<number> {
  const everybody = Array.from({ length: PEOPLE }, (_, person) => recordIdOf(person));
  // Each rep begins elsewhere, so that their orders cross.
  const people = [...everybody.slice(rep * 3), ...everybody.slice(0, rep * 3)];
  let answer = await list.start(people);
  let skipped = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    screens.show(rep, onScreen(answer));
    const { next } = answer;
    if (next === undefined) {
      answer = await list.next();
      continue;
    }
    // Whoever is skipped leaves the screen before the relay hears of it.
    screens.show(
      rep,
      onScreen(answer).filter((recordId) => recordId !== next.recordId),
    );
    answer = await list.skip(next.recordId);
    skipped += 1;
  }
  screens.show(rep, []);
  await list.act('end');
  return skipped;
}

test('many reps who race for the same people never have one at once', async () => {
  await seedPeople();
  const screens = new Screens();
  const lists: ListClient[] = [];
  for (let rep = 0; rep < REPS; rep += 1) {
    const relay = relays[rep % relays.length];
    assert.ok(relay);
    const headers = await signIn(relay, organization, `005${String(rep + 1).padStart(12, '0')}AAA`);
    lists.push(listClient(relay, headers));
  }
  const skipped = await Promise.all(lists.map((list, rep) => workThrough(rep, list, screens)));
  assert.ok(
    skipped.every((count) => count > 0),
    `every rep got somebody: ${skipped.join(' ')}`,
  );
  assert.ok(screens.shown > REPS * TURNS, 'they were shown people all along');
  const left = await relays[0]?.ledger.database.query('select from prospect_reservation');
  assert.deepEqual(left, [], 'ended lists hold nobody');
});

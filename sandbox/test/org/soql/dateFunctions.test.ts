import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import type jsforce from 'jsforce';
import { DateTime } from 'luxon';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

/** Turns of the year, of a quarter, of the day in Denver (UTC−7, −6 in summer) and of the fiscal year. */
const INSTANTS = [
  '2023-12-31T23:59:59Z',
  '2024-01-01T00:00:00Z',
  '2024-01-31T06:30:00Z',
  '2024-02-01T08:00:00Z',
  '2024-02-29T12:00:00Z',
  '2024-03-10T09:30:00Z',
  '2024-07-01T05:59:59Z',
  '2024-12-31T20:00:00Z',
];
const FISCAL_START_MONTH = 2;

let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.rep);
  await world.org.insert(
    'Task',
    INSTANTS.map((instant) => ({
      Subject: instant,
      OwnerId: world.people.rep,
      ReminderDateTime: instant,
      ActivityDate: instant.slice(0, 10),
    })),
  );
  await setFiscalYear(FISCAL_START_MONTH, false);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

async function setFiscalYear(startMonth: number, byStart: boolean): Promise<void> {
  await world.org.assignPermissionSet(world.people.manager, 'Scoreline_Admin');
  const admin = await world.connectionOf(world.people.manager);
  const [organization] = (await admin.query('SELECT Id FROM Organization')).records;
  const saved = await admin.sobject('Organization').update({
    Id: String(organization?.Id),
    FiscalYearStartMonth: startMonth,
    UsesStartDateAsFiscalYearName: byStart,
  });
  assert.equal(saved.success, true);
}

/** What each function must answer, told by another calendar than the org's. */
const EXPECTED: Readonly<Record<string, (time: DateTime) => number | string>> = {
  CALENDAR_MONTH: (time) => time.month,
  CALENDAR_QUARTER: (time) => time.quarter,
  CALENDAR_YEAR: (time) => time.year,
  DAY_IN_MONTH: (time) => time.day,
  DAY_IN_WEEK: (time) => (time.weekday % 7) + 1,
  DAY_IN_YEAR: (time) => time.ordinal,
  DAY_ONLY: (time) => time.toFormat('yyyy-MM-dd'),
  FISCAL_MONTH: (time) => time.minus({ months: FISCAL_START_MONTH - 1 }).month,
  FISCAL_QUARTER: (time) => time.startOf('month').minus({ months: FISCAL_START_MONTH - 1 }).quarter,
  FISCAL_YEAR: (time) => time.startOf('month').minus({ months: FISCAL_START_MONTH - 1 }).year + 1,
  HOUR_IN_DAY: (time) => time.hour,
  WEEK_IN_MONTH: (time) => Math.ceil(time.day / 7),
  WEEK_IN_YEAR: (time) => Math.ceil(time.ordinal / 7),
};

async function valueBySubject(call: string, field: string): Promise<Map<unknown, unknown>> {
  const { records } = await connection.query(
    `SELECT Subject, ${call} answer FROM Task GROUP BY Subject, ${field}`,
  );
  return new Map(records.map((record) => [record['Subject'], record['answer']]));
}

describe('every date function', () => {
  for (const [name, expected] of Object.entries(EXPECTED)) {
    test(`${name} reads times in UTC, or in the user's zone`, async () => {
      for (const [argument, zone] of [
        ['ReminderDateTime', 'utc'],
        ['convertTimezone(ReminderDateTime)', 'America/Denver'],
      ] as const) {
        const call = `${name}(${argument})`;
        const answers = await valueBySubject(call, call);
        for (const instant of INSTANTS) {
          assert.equal(answers.get(instant), expected(DateTime.fromISO(instant, { zone })), call);
        }
      }
    });
  }

  test('a date is its own day, whatever the zone', async () => {
    for (const [name, expected] of Object.entries(EXPECTED)) {
      if (name === 'DAY_ONLY' || name === 'HOUR_IN_DAY') continue;
      const answers = await valueBySubject(`${name}(ActivityDate)`, 'ActivityDate');
      for (const instant of INSTANTS) {
        const day = DateTime.fromISO(instant.slice(0, 10));
        assert.equal(answers.get(instant), expected(day), name);
      }
    }
  });
});

test('a fiscal year has the number of the year in which it ends, or starts where the org says so', async () => {
  const years = async (): Promise<unknown[]> =>
    (
      await connection.query(
        'SELECT FISCAL_YEAR(ActivityDate) y FROM Task GROUP BY FISCAL_YEAR(ActivityDate) ORDER BY FISCAL_YEAR(ActivityDate)',
      )
    ).records.map((record) => record['y']);
  assert.deepEqual(await years(), [2024, 2025]);
  await setFiscalYear(FISCAL_START_MONTH, true);
  assert.deepEqual(await years(), [2023, 2024]);
  await setFiscalYear(1, false);
  assert.deepEqual(await years(), [2023, 2024]);
  await setFiscalYear(FISCAL_START_MONTH, false);
});

test('WHERE compares what a function answers', async () => {
  const count = async (where: string): Promise<number> =>
    (await connection.query(`SELECT COUNT() FROM Task WHERE ${where}`)).totalSize;
  assert.equal(await count('CALENDAR_YEAR(ReminderDateTime) = 2023'), 1);
  assert.equal(await count('CALENDAR_YEAR(convertTimezone(ReminderDateTime)) = 2023'), 2);
  assert.equal(await count('CALENDAR_MONTH(ActivityDate) IN (1, 2)'), 4);
  assert.equal(await count('CALENDAR_MONTH(ActivityDate) NOT IN (1, 2)'), 4);
  assert.equal(
    await count('HOUR_IN_DAY(ReminderDateTime) >= 20 AND (NOT CALENDAR_YEAR(ActivityDate) = 2023)'),
    1,
  );
  assert.equal(await count('DAY_ONLY(ReminderDateTime) = 2024-02-29'), 1);
  assert.equal(await count('DAY_ONLY(convertTimezone(ReminderDateTime)) < 2024-01-01'), 2);
  assert.equal(await count('DAY_ONLY(ReminderDateTime) < THIS_YEAR'), 8);
});

test('HAVING and ORDER BY take functions and aggregates', async () => {
  const { records } = await connection.query(
    `SELECT CALENDAR_YEAR(ActivityDate) y, CALENDAR_QUARTER(ActivityDate), COUNT(Id) tasks FROM Task
      GROUP BY CALENDAR_YEAR(ActivityDate), CALENDAR_QUARTER(ActivityDate)
      HAVING CALENDAR_YEAR(ActivityDate) = 2024 AND COUNT(Id) > 0
      ORDER BY COUNT(Id) DESC, CALENDAR_QUARTER(ActivityDate) DESC`,
  );
  assert.deepEqual(
    records.map(({ attributes, ...values }) => [attributes?.type, values]),
    [
      ['AggregateResult', { y: 2024, expr0: 1, tasks: 5 }],
      ['AggregateResult', { y: 2024, expr0: 4, tasks: 1 }],
      ['AggregateResult', { y: 2024, expr0: 3, tasks: 1 }],
    ],
  );
});

test('functions reach through parents and child queries', async () => {
  const { totalSize } = await connection.query(
    `SELECT Name, (SELECT Id FROM Tasks WHERE CALENDAR_YEAR(ActivityDate) = 2024) FROM Account
      WHERE CALENDAR_YEAR(Owner.CreatedDate) > 2000`,
  );
  assert.equal(totalSize, 0);
  const grouped = await connection.query(
    'SELECT CALENDAR_YEAR(Owner.CreatedDate), COUNT(Id) FROM Task t GROUP BY CALENDAR_YEAR(t.Owner.CreatedDate)',
  );
  assert.equal(grouped.totalSize, 1);
});

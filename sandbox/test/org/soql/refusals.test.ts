import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

type Refused = readonly [soql: string, errorCode: string, message: RegExp];

function refuses(table: readonly Refused[]): void {
  for (const [soql, errorCode, message] of table) {
    test(soql, async () => {
      const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
      const { status, body } = await world.request(world.people.rep, 'GET', path);
      assert.equal(status, 400);
      const [entry] = body as [{ errorCode: string; message: string }];
      assert.equal(entry.errorCode, errorCode);
      assert.match(entry.message, message);
    });
  }
}

describe('date functions', () => {
  refuses([
    [
      'SELECT CALENDAR_YEAR(CreatedDate), Subject FROM Task',
      'MALFORMED_QUERY',
      /must be grouped or aggregated: CALENDAR_YEAR\(CreatedDate\)/,
    ],
    [
      'SELECT CALENDAR_YEAR(CreatedDate) FROM Task GROUP BY CALENDAR_MONTH(CreatedDate)',
      'MALFORMED_QUERY',
      /must be grouped/,
    ],
    [
      'SELECT CALENDAR_YEAR(convertTimezone(CreatedDate)) FROM Task GROUP BY CALENDAR_YEAR(CreatedDate)',
      'MALFORMED_QUERY',
      /must be grouped/,
    ],
    [
      'SELECT COUNT(Id) FROM Task GROUP BY Status ORDER BY CALENDAR_YEAR(CreatedDate)',
      'MALFORMED_QUERY',
      /Ordered field must be grouped/,
    ],
    [
      'SELECT COUNT(Id) FROM Task GROUP BY Status HAVING CALENDAR_YEAR(CreatedDate) = 1',
      'MALFORMED_QUERY',
      /must be grouped/,
    ],
    ['SELECT convertTimezone(CreatedDate) FROM Task', 'MALFORMED_QUERY', /convertTimezone/],
    [
      'SELECT Id FROM Task WHERE CALENDAR_YEAR(CreatedDate) = THIS_YEAR',
      'INVALID_FIELD',
      /must be of type int/,
    ],
    [`SELECT Id FROM Task WHERE CALENDAR_YEAR(CreatedDate) = '2024'`, 'INVALID_FIELD', /must be of type int/],
    ['SELECT Id FROM Task WHERE DAY_ONLY(CreatedDate) = 2024', 'INVALID_FIELD', /must be of type date/],
    ['SELECT Id FROM Task WHERE DAY_ONLY(ActivityDate) = 2024-01-01', 'MALFORMED_QUERY', /DAY_ONLY/],
    ['SELECT Id FROM Task WHERE HOUR_IN_DAY(ActivityDate) = 1', 'MALFORMED_QUERY', /HOUR_IN_DAY/],
    ['SELECT Id FROM Task WHERE CALENDAR_YEAR(Subject) = 1', 'MALFORMED_QUERY', /does not support/],
    [
      'SELECT Id FROM Task WHERE CALENDAR_YEAR(convertTimezone(ActivityDate)) = 1',
      'MALFORMED_QUERY',
      /convertTimezone/,
    ],
    ['SELECT COUNT(Id) FROM Task GROUP BY CreatedDate', 'MALFORMED_QUERY', /can not be grouped/],
  ]);
});

describe('groups, semi-joins and limits', () => {
  const inner = '(SELECT AccountId FROM Contact)';
  refuses([
    [
      'SELECT Id FROM Account OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      /Maximum SOQL offset allowed is 2000/,
    ],
    [
      `SELECT Id FROM Account WHERE Id IN ${inner} OR Name = 'x'`,
      'MALFORMED_QUERY',
      /not supported with the 'OR' operator/,
    ],
    [
      'SELECT Id FROM Account WHERE ParentId IN (SELECT Id FROM Account)',
      'MALFORMED_QUERY',
      /same object type/,
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Contact)',
      'MALFORMED_QUERY',
      /should point to the same object type/,
    ],
    [
      `SELECT Id FROM Account WHERE Name IN ${inner}`,
      'MALFORMED_QUERY',
      /should be an id field, cannot use: 'Name'/,
    ],
    [
      `SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT WhatId FROM Task))`,
      'MALFORMED_QUERY',
      /Nesting of semi join/,
    ],
    [
      `SELECT Id FROM Account WHERE Id IN ${inner} AND Id IN ${inner} AND Id IN ${inner}`,
      'MALFORMED_QUERY',
      /Maximum 2 semi join/,
    ],
    [
      'SELECT Id, (SELECT COUNT(Id) FROM Contacts GROUP BY LastName) FROM Account',
      'MALFORMED_QUERY',
      /Only root queries/,
    ],
    ['SELECT MAX(CreatedDate) FROM Account LIMIT 1', 'MALFORMED_QUERY', /cannot also use LIMIT/],
    ['SELECT MAX(DoNotCall) FROM Contact', 'MALFORMED_QUERY', /does not support aggregate operator MAX/],
    [
      'SELECT COUNT(Id), Name FROM Account GROUP BY Type',
      'MALFORMED_QUERY',
      /must be grouped or aggregated: Name/,
    ],
    [
      'SELECT COUNT(Id) FROM Account GROUP BY Type ORDER BY Name',
      'MALFORMED_QUERY',
      /Ordered field must be grouped or aggregated: Name/,
    ],
    [
      'SELECT COUNT(Id) FROM Account GROUP BY Type HAVING Name = null',
      'MALFORMED_QUERY',
      /must be grouped or aggregated: Name/,
    ],
    ['SELECT Id FROM Account WHERE COUNT(Id) > 1', 'MALFORMED_QUERY', /COUNT\(Id\)/],
    ['SELECT Id FROM Account ORDER BY COUNT(Id)', 'MALFORMED_QUERY', /COUNT\(Id\)/],
    ['SELECT COUNT(Id) n, COUNT(Name) n FROM Account', 'MALFORMED_QUERY', /duplicate alias: n/],
    [
      'SELECT Account.Name, Owner.Name FROM Contact GROUP BY Account.Name, Owner.Name',
      'MALFORMED_QUERY',
      /duplicate alias: Name/,
    ],
    [
      'SELECT COUNT(Id) FROM Account GROUP BY AnnualRevenue',
      'MALFORMED_QUERY',
      /'AnnualRevenue' can not be grouped/,
    ],
    ['SELECT SUM() FROM Account', 'MALFORMED_QUERY', /unexpected token/],
  ]);
});

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';

const PACKAGE = 'force-app/main';
const textOf = (file: string) => readFileSync(file, 'utf8');
const elements = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}>([^<]+)</${name}>`, 'gu'))].map(([, value = '']) => value);

const namesIn = (pattern: string, suffix: string) =>
  new Set(globSync(`${PACKAGE}/*/${pattern}`).map((file) => basename(file, suffix)));
const fieldsOf = (objectName: string) => namesIn(`objects/${objectName}/fields/*`, '.field-meta.xml');

const FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  Rep_Scorecard__c: fieldsOf('Rep_Scorecard__c'),
  'Rep_Scorecard__c.Metrics__r': fieldsOf('Rep_Metric__c'),
};
const ACTIVITY = fieldsOf('Activity');
const REPORTS = globSync(`${PACKAGE}/*/reports/*/*.report-meta.xml`);
const REPORT_TYPES = globSync(`${PACKAGE}/*/reportTypes/*.reportType-meta.xml`);
const DASHBOARDS = globSync(`${PACKAGE}/*/dashboards/*/*.dashboard-meta.xml`);

/** The custom fields that a report or a dashboard names, which the package lacks. */
function missingFields(text: string): string[] {
  const named = ['field', 'column', 'dateColumn', 'groupingColumn'].flatMap((name) => elements(text, name));
  return named.filter((name) => {
    const [table = '', field] = name.split('$');
    if (field !== undefined) return FIELDS[table]?.has(field) !== true;
    return name.startsWith('Activity.') && !ACTIVITY.has(name.slice('Activity.'.length));
  });
}

test('there are reports, report types and two dashboards', () => {
  assert.ok(REPORTS.length > 0 && REPORT_TYPES.length > 0);
  assert.equal(DASHBOARDS.length, 2);
});

test('reports and dashboards name fields that the package has', () => {
  for (const file of [...REPORTS, ...DASHBOARDS]) assert.deepEqual(missingFields(textOf(file)), [], file);
  assert.deepEqual(missingFields('<field>Rep_Scorecard__c$Charm__c</field>'), ['Rep_Scorecard__c$Charm__c']);
  assert.deepEqual(missingFields('<field>Activity.Charm__c</field>'), ['Activity.Charm__c']);
});

test('report types name fields that the package has', () => {
  for (const file of REPORT_TYPES) {
    const text = textOf(file);
    const tables = elements(text, 'table');
    for (const [index, field] of elements(text, 'field').entries())
      assert.ok(FIELDS[tables[index] ?? '']?.has(field), `${file}: ${tables[index]} ${field}`);
  }
});

test('reports are of types, and dashboards of reports, that the package has', () => {
  const types = namesIn('reportTypes/*', '.reportType-meta.xml');
  for (const file of REPORTS)
    for (const type of elements(textOf(file), 'reportType'))
      assert.ok(type === 'Activity' || types.has(type.replace(/__c$/u, '')), `${file}: ${type}`);
  const reports = namesIn('reports/*/*', '.report-meta.xml');
  for (const file of DASHBOARDS)
    for (const report of elements(textOf(file), 'report'))
      assert.ok(reports.has(report.replace('Scoreline/', '')), `${file}: ${report}`);
});

import { LIST_MAXIMUM_PEOPLE } from '@scoreline/contract';
import { z } from 'zod';

import { fieldPath } from '../query/model.ts';
import type { Condition, Ordering } from '../query/model.ts';
import { ApexException, readRecords } from './apexCall.ts';
import type { ApexCall } from './apexCall.ts';

const MOST_REPORTS = 50;

const readParameters = z.object({ reportId: z.string() });

/** What a report of the local org holds. */
interface SampleReport {
  readonly name: string;
  /** Null for a report that names nobody. */
  readonly people: { readonly objectName: 'Contact' | 'Lead'; readonly orderBy: readonly string[] } | null;
  /** Whether its rows are only those that the user owns. */
  readonly ownOnly: boolean;
}

/**
 * The reports that this org can run, by their unique names. No report engine stands behind them: each is a query, which
 * runs with the rights of the user who asks, as a report does.
 */
export const SAMPLE_REPORTS: Readonly<Record<string, SampleReport>> = {
  Contacts_By_Account: {
    name: 'Contacts by account',
    people: { objectName: 'Contact', orderBy: ['Account.Name', 'LastName', 'Id'] },
    ownOnly: false,
  },
  My_Contacts: {
    name: 'My contacts',
    people: { objectName: 'Contact', orderBy: ['LastName', 'Id'] },
    ownOnly: true,
  },
  My_Leads: {
    name: 'My leads',
    people: { objectName: 'Lead', orderBy: ['LastName', 'Id'] },
    ownOnly: true,
  },
  Open_Opportunities: { name: 'Open opportunities', people: null, ownOnly: false },
};

/** `ReportPeople.findReports`: the reports that the user viewed last and that can name people. */
export async function findReports(call: ApexCall, version: string): Promise<unknown> {
  const fields = ['Id', 'Name', 'DeveloperName'];
  const records = await readRecords(call.userMode, version, 'Report', fields, {
    where: {
      kind: 'compare',
      operand: { kind: 'field', path: fieldPath('LastViewedDate') },
      operator: '!=',
      value: { kind: 'null' },
    },
    orderBy: [{ ...ascending('LastViewedDate'), descending: true }],
    limit: MOST_REPORTS,
  });
  return records
    .filter((record) => sampleOf(record['DeveloperName'])?.people)
    .map((record) => ({ reportId: record['Id'], name: record['Name'] }));
}

/** `ReportPeople.readPeople`: the contacts or leads of a report in the order of its rows. */
export async function readPeople(call: ApexCall, version: string): Promise<unknown> {
  const parameters = readParameters.safeParse(call.parameters);
  if (!parameters.success) throw new ApexException('SC-335');
  const [report] = await readRecords(call.userMode, version, 'Report', ['DeveloperName'], {
    where: equals('Id', parameters.data.reportId),
  });
  if (report === undefined) throw new ApexException('SC-335');
  const sample = sampleOf(report['DeveloperName']);
  if (sample === undefined) throw new ApexException('SC-336');
  if (sample.people === null) return { recordIds: [], isCutOff: false };
  const people = await readRecords(call.userMode, version, sample.people.objectName, ['Id'], {
    where: sample.ownOnly ? equals('OwnerId', call.userMode.access.userId ?? '') : null,
    orderBy: sample.people.orderBy.map(ascending),
    limit: LIST_MAXIMUM_PEOPLE + 1,
  });
  return {
    recordIds: people.slice(0, LIST_MAXIMUM_PEOPLE).map((record) => record['Id']),
    isCutOff: people.length > LIST_MAXIMUM_PEOPLE,
  };
}

function sampleOf(developerName: unknown): SampleReport | undefined {
  return SAMPLE_REPORTS[String(developerName)];
}

function equals(name: string, text: string): Condition {
  return {
    kind: 'compare',
    operand: { kind: 'field', path: fieldPath(name) },
    operator: '=',
    value: { kind: 'text', text, pattern: text },
  };
}

function ascending(name: string): Ordering {
  return { operand: { kind: 'field', path: fieldPath(name) }, descending: false, nulls: null };
}

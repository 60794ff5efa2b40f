import findReports from '@salesforce/apex/ReportPeople.findReports';
import { ERRORS } from 'c/callContract';
import type { ListSource } from 'c/listRecords';

/** The user's last viewed reports that can name people. */
export async function readReports(): Promise<ListSource[]> {
  const reports = await findReports();
  return reports.map(({ reportId, name }) => ({ kind: 'report', id: reportId, label: name }));
}

/** What to say when a report cannot be read. */
export function reportTrouble(failure: unknown): string {
  const { body } = failure as { readonly body?: { readonly message?: string } };
  const known = [ERRORS.reportNotFound, ERRORS.reportNotRun].find(({ code }) => code === body?.message);
  return known === undefined ? 'Could not read the report. Try again.' : `${known.message} ${known.meaning}`;
}

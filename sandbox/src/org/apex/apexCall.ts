import { emptyQuery, fieldPath } from '../query/model.ts';
import type { QueryModel } from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import type { UnitOfWork } from '../unitOfWork.ts';

/** What an Apex method may do. User mode has the caller's permissions, system mode the org's. */
export interface ApexCall {
  readonly userMode: UnitOfWork;
  readonly systemMode: UnitOfWork;
  readonly parameters: unknown;
}

/** An exception that an Apex method throws for its caller: the message is all that arrives. */
export class ApexException extends Error {}

/** The records that a query in Apex finds. */
export async function readRecords(
  work: UnitOfWork,
  version: string,
  objectName: string,
  fields: readonly string[],
  more: Partial<QueryModel> = {},
): Promise<OrgRecord[]> {
  const { records } = await runQuery(
    work,
    work.connection,
    {
      ...emptyQuery(objectName),
      select: fields.map((name) => ({ kind: 'field', path: fieldPath(name), alias: null })),
      ...more,
    },
    version,
  );
  return [...records];
}

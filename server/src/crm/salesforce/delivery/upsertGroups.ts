import * as z from 'zod/mini';
import { CrmError } from '../../port.ts';
import { CODE_PATTERN } from '../errorCodes.ts';
import type { SalesforceSession } from '../session.ts';

/** Records of one object, each created or amended by its external id. */
export interface UpsertGroup {
  readonly objectName: string;
  readonly externalIdField: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** What the org did with one record: its id, or the code of what it found wrong. */
export type RowResult = { readonly id: string; readonly code: null } | RefusedRow;

export interface RefusedRow {
  readonly id: null;
  readonly code: string;
  /** Of the record's fields the one that the org names as wrong. */
  readonly fieldName?: string | undefined;
}

/** What the org did with a group. */
export interface GroupResult {
  /** In the order of the records; when the group was refused, each has that code. */
  readonly rows: readonly RowResult[];
  /** The code with which the whole group was refused: its object or key is missing or hidden, no record's fault. */
  readonly refusal: string | null;
}

/** Records of one group; the org's limit. */
export const RECORDS_PER_GROUP = 200;
/** Groups of one request; the org's limit for collections within a composite request. */
export const GROUPS_PER_REQUEST = 5;

const errorSchema = z.object({
  statusCode: z.optional(z.string()),
  errorCode: z.optional(z.string()),
  message: z.optional(z.string()),
  fields: z.nullish(z.array(z.string())),
});
type RowError = z.infer<typeof errorSchema>;
/** One row of a collections answer; the REST guide has `statusCode`, some rows of real orgs `errorCode`. */
const rowsSchema = z.array(
  z.object({ id: z.nullish(z.string()), success: z.boolean(), errors: z.optional(z.array(errorSchema)) }),
);
const compositeSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});
const errorsSchema = z.array(z.object({ errorCode: z.string() }));

/**
 * Upserts groups of records in one request, in order, each record on its own: a refused one holds up no other.
 * Results are in the order of groups and records.
 *
 * @param until the monotonic moment (ms) after which nothing may be sent
 * @throws CrmError when the request as a whole failed
 */
export async function upsertGroups(
  session: SalesforceSession,
  groups: readonly UpsertGroup[],
  until: number,
): Promise<GroupResult[]> {
  const sent = groups.filter(({ records }) => records.length > 0);
  if (sent.length === 0) return groups.map(() => ({ rows: [], refusal: null }));
  const { compositeResponse } = await session.request(
    {
      method: 'POST',
      path: '/composite',
      body: { allOrNone: false, compositeRequest: sent.map((group, index) => part(session, group, index)) },
      until,
    },
    compositeSchema,
  );
  if (compositeResponse.length !== sent.length) throw new CrmError('UNREADABLE_ANSWER', true);
  return groups.map((group) => {
    const answer = compositeResponse[sent.indexOf(group)];
    return answer === undefined ? { rows: [], refusal: null } : resultOf(group, answer.body);
  });
}

function part({ basePath }: SalesforceSession, group: UpsertGroup, index: number) {
  const { objectName, externalIdField, records } = group;
  return {
    method: 'PATCH',
    url: `${basePath}/composite/sobjects/${objectName}/${externalIdField}`,
    referenceId: `group${index}`,
    body: {
      allOrNone: false,
      records: records.map((record) => ({ attributes: { type: objectName }, ...record })),
    },
  };
}

function resultOf({ records }: UpsertGroup, body: unknown): GroupResult {
  const answered = z.safeParse(rowsSchema, body);
  if (!answered.success) {
    const code = z.safeParse(errorsSchema, body).data?.[0]?.errorCode ?? '';
    if (!CODE_PATTERN.test(code)) throw new CrmError('UNREADABLE_ANSWER', true);
    return { rows: records.map(() => ({ id: null, code })), refusal: code };
  }
  if (answered.data.length !== records.length) throw new CrmError('UNREADABLE_ANSWER', true);
  const rows = answered.data.map((row, index): RowResult => {
    if (row.success && typeof row.id === 'string') return { id: row.id, code: null };
    const error = row.errors?.[0];
    return {
      id: null,
      code: codeOf(error),
      fieldName: fieldNameOf(error, Object.keys(records[index] ?? {})),
    };
  });
  return { rows, refusal: null };
}

/** A message may quote what it was given, so nothing is taken from it but the name of a field that was sent. */
function fieldNameOf({ message = '', fields }: RowError = {}, sent: readonly string[]): string | undefined {
  const isMeant = (name: string) => message.includes(name.endsWith('__c') ? name : `'${name}'`);
  return fields?.find((name) => sent.includes(name)) ?? sent.find(isMeant);
}

function codeOf(error: RowError | undefined): string {
  const code = error?.statusCode ?? error?.errorCode ?? '';
  return CODE_PATTERN.test(code) ? code : 'UNKNOWN_EXCEPTION';
}

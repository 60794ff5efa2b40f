import { readableFields } from '../access/permissions.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import type { UnitOfWork } from '../unitOfWork.ts';

/**
 * Reads records by their ids, as the user sees them, in no particular order. Without field names all readable fields
 * are read. Throws `INVALID_FIELD` for a name that the user cannot read.
 */
export async function retrieveRecords(
  work: UnitOfWork,
  object: ObjectDefinition,
  ids: readonly string[],
  fieldNames: readonly string[] | null,
  version: string,
): Promise<readonly OrgRecord[]> {
  const names = fieldNames ?? readableFields(work.access, object).map((field) => field.name);
  const unique = new Map(['Id', ...names].map((name) => [name.toLowerCase(), name]));
  const { records } = await runQuery(
    work,
    work.connection,
    {
      ...emptyQuery(object.name),
      includesArchived: true,
      select: [...unique.values()].map((name) => ({ kind: 'field', path: fieldPath(name), alias: null })),
      where: {
        kind: 'in',
        operand: { kind: 'field', path: fieldPath('Id') },
        isNegated: false,
        values: ids.map((id) => ({ kind: 'text', text: id, pattern: id })),
      },
    },
    version,
  );
  return records;
}

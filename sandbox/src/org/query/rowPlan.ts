import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';

/** Where each part of a record is found in a row of SQL. */
export interface RowPlan {
  /** Null for aggregate results, which are no records. */
  readonly object: ObjectDefinition | null;
  readonly idColumn: string | null;
  readonly parents: readonly ParentPlan[];
  readonly columns: readonly ColumnPlan[];
}

/** A parent whose fields are read. It is absent where its id is null. */
export interface ParentPlan {
  readonly relationships: readonly string[];
  readonly objectName: string;
  readonly idColumn: string;
  /** Set for polymorphic parents, whose object differs from row to row. */
  readonly typeColumn: string | null;
}

export type ColumnPlan =
  | {
      readonly kind: 'field';
      readonly relationships: readonly string[];
      readonly name: string;
      readonly column: string;
    }
  | { readonly kind: 'children'; readonly name: string; readonly column: string; readonly plan: RowPlan };

export type OrgRecord = Record<string, unknown>;

/** Builds the record that the REST API answers with: attributes, fields, nested parents, nested children. */
export function decodeRow(plan: RowPlan, row: Readonly<Record<string, unknown>>, version: string): OrgRecord {
  const record: OrgRecord = {
    attributes: plan.object
      ? attributesOf(plan.object.name, String(row[plan.idColumn ?? '']), version)
      : { type: 'AggregateResult' },
  };
  for (const column of plan.columns) {
    if (column.kind === 'children') {
      record[column.name] = decodeChildren(column.plan, row[column.column], version);
      continue;
    }
    const target = parentRecord(plan, record, row, column.relationships, version);
    if (target) target[column.name] = row[column.column] ?? null;
  }
  return record;
}

function parentRecord(
  plan: RowPlan,
  record: OrgRecord,
  row: Readonly<Record<string, unknown>>,
  relationships: readonly string[],
  version: string,
): OrgRecord | null {
  let current = record;
  for (const [index, name] of relationships.entries()) {
    const way = relationships.slice(0, index + 1).join('.');
    const parent = plan.parents.find((candidate) => candidate.relationships.join('.') === way);
    const id = parent && row[parent.idColumn];
    if (!parent || typeof id !== 'string') {
      current[name] = null;
      return null;
    }
    const type = parent.typeColumn === null ? parent.objectName : String(row[parent.typeColumn]);
    const existing = current[name];
    const next: OrgRecord =
      typeof existing === 'object' && existing !== null
        ? (existing as OrgRecord)
        : { attributes: attributesOf(type, id, version) };
    current[name] = next;
    current = next;
  }
  return current;
}

function decodeChildren(plan: RowPlan, rows: unknown, version: string): unknown {
  if (!Array.isArray(rows) || rows.length === 0) return null;
  const records = rows.map((row: Record<string, unknown>) => decodeRow(plan, row, version));
  return { totalSize: records.length, done: true, records };
}

function attributesOf(type: string, id: string, version: string): { type: string; url: string } {
  return { type, url: `/services/data/v${version}/sobjects/${type}/${id}` };
}

/** SQL for a column as JSON carries it: dates and times as the REST API writes them. */
export function outputSql(field: FieldDefinition | null, sql: string): string {
  if (field?.type === 'date') return `to_char(${sql}, 'YYYY-MM-DD')`;
  if (field?.type === 'datetime') {
    return `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+0000"')`;
  }
  return sql;
}

import { quoteIdentifier } from '../storage/database.ts';
import type { FieldPath } from './model.ts';
import { malformedQuery } from './queryErrors.ts';
import { outputSql } from './rowPlan.ts';
import type { ColumnPlan, ParentPlan, RowPlan } from './rowPlan.ts';
import type { Scope } from './scope.ts';

/** The columns of a SELECT and, beside them, the plan that reads them back. */
export class SelectList {
  readonly #scope: Scope;
  readonly #isAggregate: boolean;
  readonly #expressions: string[] = [];
  readonly #columns: ColumnPlan[] = [];
  readonly #parents: ParentPlan[] = [];
  readonly #idColumn: string | null;
  #unnamed = 0;

  constructor(scope: Scope, isAggregate: boolean) {
    this.#scope = scope;
    this.#isAggregate = isAggregate;
    this.#idColumn = isAggregate ? null : this.#add(scope.column('Id'));
  }

  addField(path: FieldPath, alias: string | null): void {
    const { field, column } = this.#scope.resolve(path);
    const output = this.#add(outputSql(field, column));
    if (this.#isAggregate) {
      this.#addNamed(alias ?? field.name, output);
      return;
    }
    const relationships = this.#addParents(path.relationships);
    if (this.#columns.some((known) => isSame(known, relationships, field.name))) {
      throw malformedQuery(
        `duplicate field selected: ${[...path.relationships, path.field].join('.')}`,
        path.field,
      );
    }
    this.#columns.push({ kind: 'field', relationships, name: field.name, column: output });
  }

  addComputed(sql: string, alias: string | null): void {
    const name = alias ?? `expr${this.#unnamed}`;
    if (alias === null) this.#unnamed += 1;
    this.#addNamed(name, this.#add(sql));
  }

  addChildren(sql: string, name: string, plan: RowPlan): void {
    this.#columns.push({ kind: 'children', name, column: this.#add(sql), plan });
  }

  sql(): string {
    return this.#expressions
      .map((expression, index) => `${expression} AS ${quoteIdentifier(`c${index}`)}`)
      .join(', ');
  }

  plan(): RowPlan {
    return {
      object: this.#isAggregate ? null : this.#scope.object,
      idColumn: this.#idColumn,
      parents: this.#parents,
      columns: this.#columns,
    };
  }

  /** Groups have no records to tell their values apart: every value needs a name of its own. */
  #addNamed(name: string, column: string): void {
    if (this.#columns.some((known) => known.name.toLowerCase() === name.toLowerCase())) {
      throw malformedQuery(`duplicate alias: ${name}`, name);
    }
    this.#columns.push({ kind: 'field', relationships: [], name, column });
  }

  #add(expression: string): string {
    return `c${this.#expressions.push(expression) - 1}`;
  }

  /** Makes sure that the ids of the parents on the way are read, and answers their names as the schema has them. */
  #addParents(relationships: readonly string[]): string[] {
    const names: string[] = [];
    let scope = this.#scope;
    for (const name of relationships) {
      names.push(scope.relationshipName(name));
      scope = scope.parent(name);
      const way = names.join('.');
      if (this.#parents.some((parent) => parent.relationships.join('.') === way)) continue;
      this.#parents.push({
        relationships: [...names],
        objectName: scope.object.name,
        idColumn: this.#add(scope.column('Id')),
        typeColumn: scope.object.kind === 'view' ? this.#add(scope.column('Type')) : null,
      });
    }
    return names;
  }
}

function isSame(column: ColumnPlan, relationships: readonly string[], name: string): boolean {
  return (
    column.kind === 'field' &&
    column.name === name &&
    column.relationships.join('.') === relationships.join('.')
  );
}

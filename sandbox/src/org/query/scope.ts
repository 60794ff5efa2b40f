import type { DateTime } from 'luxon';

import { canRead, objectAccess } from '../access/permissions.ts';
import { visibleRows } from '../access/sharing.ts';
import type { UserAccess } from '../access/userAccess.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { quoteIdentifier } from '../storage/database.ts';
import { tableOf } from '../storage/tables.ts';
import { archivedSql, isArchivable } from './archive.ts';
import type { FieldPath } from './model.ts';
import { unknownField, unknownRelationship } from './queryErrors.ts';

/** Parent relationships that one field path may follow. */
const MAXIMUM_PARENT_LEVELS = 5;

/** What every part of a query is compiled with. */
export interface QueryContext {
  readonly schema: Schema;
  readonly access: UserAccess;
  /** Now, in the zone of the user who asks. */
  readonly now: DateTime;
}

/** The values and table aliases of one SQL statement. */
export class Statement {
  readonly values: unknown[] = [];
  readonly #once = new Map<string, string>();
  #aliases = 0;

  /** Adds a value and answers the placeholder for it. No text of a query enters a statement otherwise. */
  readonly bind = (value: unknown): string => {
    this.values.push(value);
    return `$${this.values.length}`;
  };

  /**
   * The placeholder of a value that enters the statement once, however often it is named: SQL takes an expression of
   * the select list for the one it is grouped by only where both have the same placeholder.
   */
  bindOnce(name: string, value: unknown): string {
    const known = this.#once.get(name) ?? this.bind(value);
    this.#once.set(name, known);
    return known;
  }

  nextAlias(): string {
    this.#aliases += 1;
    return quoteIdentifier(`t${this.#aliases}`);
  }
}

/** A field where a path led: its definition, and its column in SQL. */
export interface ResolvedField {
  readonly scope: Scope;
  readonly field: FieldDefinition;
  readonly column: string;
}

/** One object in a query, with the parents that its fields have led to so far. */
export class Scope {
  readonly object: ObjectDefinition;
  readonly alias: string;
  readonly #context: QueryContext;
  readonly #statement: Statement;
  readonly #joins: string[];
  readonly #parents = new Map<string, Scope>();
  #archived: string | null = null;

  constructor(
    context: QueryContext,
    statement: Statement,
    object: ObjectDefinition,
    alias: string,
    joins: string[],
  ) {
    this.object = object;
    this.alias = alias;
    this.#context = context;
    this.#statement = statement;
    this.#joins = joins;
  }

  /** Follows a path to its field. Throws `INVALID_FIELD` where it leads nowhere that this user may read. */
  resolve(path: FieldPath): ResolvedField {
    if (path.relationships.length > MAXIMUM_PARENT_LEVELS) {
      throw unknownRelationship(path.relationships.join('.'));
    }
    const scope = path.relationships.reduce<Scope>((current, name) => current.parent(name), this);
    const field = this.#context.schema.field(scope.object, path.field);
    if (!field || !canRead(this.#context.access, scope.object, field)) {
      throw unknownField(scope.object.name, path.field);
    }
    const isComputed = field.name === 'IsArchived' && isArchivable(scope.object);
    return { scope, field, column: isComputed ? scope.archived() : scope.column(field.name) };
  }

  /** The parent that a relationship leads to, joined once however often it is named. */
  parent(relationshipName: string): Scope {
    const key = relationshipName.toLowerCase();
    const known = this.#parents.get(key);
    if (known) return known;
    const { schema, access } = this.#context;
    const field = schema.parentField(this.object, relationshipName);
    const parentName = field?.reference?.isPolymorphic ? 'Name' : field?.reference?.to[0];
    const object = parentName === undefined ? undefined : schema.object(parentName);
    if (!field || !object || !canRead(access, this.object, field) || !objectAccess(access, object).read) {
      throw unknownRelationship(relationshipName);
    }
    const alias = this.#statement.nextAlias();
    const place = this.#joins.push('') - 1;
    const seen = visibleRows(schema, access, this.#statement.bind, object, alias);
    this.#joins[place] =
      `LEFT JOIN ${tableOf(object)} ${alias} ON ${alias}."Id" = ${this.column(field.name)}` +
      (seen === null ? '' : ` AND ${seen}`);
    const scope = new Scope(this.#context, this.#statement, object, alias, this.#joins);
    this.#parents.set(key, scope);
    return scope;
  }

  /** SQL for the time zone of the user who asks. */
  userZone(): string {
    return `${this.#statement.bindOnce('zone', this.#context.access.timeZone)}::text`;
  }

  /** SQL for the month in which the org's fiscal year starts. */
  fiscalStartMonth(): string {
    return `${this.#statement.bindOnce('fiscal start', this.#context.access.fiscalYearStartMonth)}::int`;
  }

  /** SQL for whether a fiscal year has the number of the year in which it starts. */
  namesFiscalYearByStart(): string {
    return `${this.#statement.bindOnce('fiscal name', this.#context.access.namesFiscalYearByStart)}::boolean`;
  }

  /** SQL for whether a record is archived: its age decides, at the time of asking. */
  archived(): string {
    this.#archived ??= archivedSql(
      this.object,
      this.#context.now,
      (name) => this.column(name),
      this.#statement.bind,
    );
    return this.#archived;
  }

  /** A relationship's name as the schema has it. */
  relationshipName(name: string): string {
    return this.#context.schema.parentField(this.object, name)?.reference?.relationshipName ?? name;
  }

  column(fieldName: string): string {
    return `${this.alias}.${quoteIdentifier(fieldName)}`;
  }
}

import type { Lookups } from './changes/lookups.ts';
import type { ValidationRule } from './schema/validationRules.ts';
import type { QueryContext } from './query/scope.ts';
import type { ObjectDefinition } from './schema/model.ts';
import type { Connection } from './storage/database.ts';
import type { IdSource } from './storage/recordIds.ts';

/** Stands where a record is saved, as another's lock and a customer's automation do. */
export interface SaveInterceptor {
  /** Throws what refuses the record. It sees the record as it will stand. */
  readonly beforeSave: (
    object: ObjectDefinition,
    id: string,
    record: Readonly<Record<string, unknown>>,
  ) => void;
  /** Field values that the automation sets on a record that was just saved, or null. */
  readonly changesAfterSave: (object: ObjectDefinition) => Readonly<Record<string, unknown>> | null;
}

/** One request's work in the org: its transaction, its user, its moment. Queries and changes share it. */
export interface UnitOfWork extends QueryContext {
  readonly connection: Connection;
  readonly ids: IdSource;
  readonly lookups: Lookups;
  readonly validationRules: readonly ValidationRule[];
  /** Who is written as creator and owner where none is named; null while the org has no users. */
  readonly actorId: string | null;
  readonly interceptor?: SaveInterceptor;
}

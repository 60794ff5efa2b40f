import type { ValidationRule } from './schema/validationRules.ts';
import type { QueryContext } from './query/scope.ts';
import type { Connection } from './storage/database.ts';
import type { IdSource } from './storage/recordIds.ts';

/** One request's work in the org: its transaction, its user, its moment. Queries and changes share it. */
export interface UnitOfWork extends QueryContext {
  readonly connection: Connection;
  readonly ids: IdSource;
  readonly validationRules: readonly ValidationRule[];
  /** Who is written as creator and owner where none is named; null while the org has no users. */
  readonly actorId: string | null;
}

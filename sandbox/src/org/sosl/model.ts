import type { QueryModel, SearchExpression } from '../query/model.ts';

/** The fields that a search looks into. */
export type SearchGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE';

/** A search, however it was written. */
export interface SearchModel {
  /** Null for a text that is too long to find anything. */
  readonly expression: SearchExpression | null;
  readonly group: SearchGroup;
  /** What to answer of which objects; null answers the ids of all that can be searched. */
  readonly returning: readonly QueryModel[] | null;
  /** Rows in all. */
  readonly limit: number | null;
}

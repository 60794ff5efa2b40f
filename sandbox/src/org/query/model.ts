/** A field as a query names it: the way over parent relationships, then the field. */
export interface FieldPath {
  readonly relationships: readonly string[];
  readonly field: string;
}

export type AggregateFunction = 'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';

export type DateFunction =
  | 'CALENDAR_MONTH'
  | 'CALENDAR_QUARTER'
  | 'CALENDAR_YEAR'
  | 'DAY_IN_MONTH'
  | 'DAY_IN_WEEK'
  | 'DAY_IN_YEAR'
  | 'DAY_ONLY'
  | 'FISCAL_MONTH'
  | 'FISCAL_QUARTER'
  | 'FISCAL_YEAR'
  | 'HOUR_IN_DAY'
  | 'WEEK_IN_MONTH'
  | 'WEEK_IN_YEAR';

/** What rows are grouped by: a field, or what a date function makes of one. */
export type Grouping =
  | { readonly kind: 'field'; readonly path: FieldPath }
  | {
      readonly kind: 'dateFunction';
      readonly name: DateFunction;
      readonly path: FieldPath;
      /** Whether a time is read in the user's zone (`convertTimezone`) and not in UTC. */
      readonly inUserZone: boolean;
    };

/** What is compared or sorted by. An aggregate without a path counts rows. */
export type Operand =
  | Grouping
  | { readonly kind: 'aggregate'; readonly name: AggregateFunction; readonly path: FieldPath | null };

export type Literal =
  | { readonly kind: 'text'; readonly text: string; readonly pattern: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'datetime'; readonly text: string }
  /** e.g. `THIS_QUARTER`, or `LAST_N_DAYS` with 7. */
  | { readonly kind: 'dateLiteral'; readonly name: string; readonly count: number }
  | { readonly kind: 'null' };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly operand: Operand;
      readonly operator: ComparisonOperator;
      readonly value: Literal;
    }
  | {
      readonly kind: 'in';
      readonly operand: Operand;
      readonly isNegated: boolean;
      readonly values: readonly Literal[];
    }
  | {
      readonly kind: 'inQuery';
      readonly operand: Operand;
      readonly isNegated: boolean;
      readonly query: QueryModel;
    }
  /** Whether the words are found in any of the fields. */
  | {
      readonly kind: 'search';
      readonly fields: readonly FieldPath[];
      readonly expression: SearchExpression;
    };

/** What a search looks for. Words that stand side by side in one part must do so in the record; `*` and `?` are wildcards. */
export type SearchExpression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SearchExpression[] }
  | { readonly kind: 'not'; readonly part: SearchExpression }
  | { readonly kind: 'words'; readonly words: readonly string[] };

export type Selection =
  | (Operand & { readonly alias: string | null })
  /** The rows of a child relationship. */
  | { readonly kind: 'children'; readonly query: QueryModel };

export interface Ordering {
  readonly operand: Operand;
  readonly descending: boolean;
  /** Null takes the org's habit: empty values first when ascending, last when descending. */
  readonly nulls: 'first' | 'last' | null;
}

/** A query, whichever language it was written in. Names are as written: compiling checks them. */
export interface QueryModel {
  /** An object's name, or a child relationship's in a nested query. */
  readonly from: string;
  readonly select: readonly Selection[];
  readonly where: Condition | null;
  readonly groupBy: readonly Grouping[];
  readonly having: Condition | null;
  readonly orderBy: readonly Ordering[];
  readonly limit: number | null;
  readonly offset: number | null;
  /** `SELECT COUNT()`: the number of rows instead of the rows. */
  readonly countsRows: boolean;
  readonly includesDeleted: boolean;
  /** Archived is not deleted: what reads by id finds it, what searches does not. */
  readonly includesArchived: boolean;
}

export function emptyQuery(from: string): QueryModel {
  return {
    from,
    select: [],
    where: null,
    groupBy: [],
    having: null,
    orderBy: [],
    limit: null,
    offset: null,
    countsRows: false,
    includesDeleted: false,
    includesArchived: false,
  };
}

/** Reads `Account.Owner.Name` as a path. */
export function fieldPath(dotted: string): FieldPath {
  const names = dotted.split('.');
  return { relationships: names.slice(0, -1), field: names.at(-1) ?? '' };
}

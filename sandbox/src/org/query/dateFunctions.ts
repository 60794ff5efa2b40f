import type { FieldDefinition } from '../schema/model.ts';
import type { DateFunction, Grouping } from './model.ts';
import { malformedQuery } from './queryErrors.ts';
import type { Scope } from './scope.ts';

/** What a date function comes to: its SQL, and its field with the type that the function's values have. */
export interface CompiledDateFunction {
  readonly sql: string;
  readonly field: FieldDefinition;
}

export const DATE_FUNCTIONS = [
  'CALENDAR_MONTH',
  'CALENDAR_QUARTER',
  'CALENDAR_YEAR',
  'DAY_IN_MONTH',
  'DAY_IN_WEEK',
  'DAY_IN_YEAR',
  'DAY_ONLY',
  'FISCAL_MONTH',
  'FISCAL_QUARTER',
  'FISCAL_YEAR',
  'HOUR_IN_DAY',
  'WEEK_IN_MONTH',
  'WEEK_IN_YEAR',
] as const satisfies readonly DateFunction[];

/** Functions that need a time: a date has neither hours nor anything else than its day. */
export const OF_TIMES: readonly DateFunction[] = ['DAY_ONLY', 'HOUR_IN_DAY'];

/**
 * Compiles a date function. Times are read in UTC, or in the user's zone with `convertTimezone`. Throws where the
 * function has no meaning for the field's type.
 */
export function compileDateFunction(
  scope: Scope,
  call: Grouping & { kind: 'dateFunction' },
): CompiledDateFunction {
  const { name, path, inUserZone } = call;
  const { field, column } = scope.resolve(path);
  const isTime = field.type === 'datetime';
  if (!isTime && (field.type !== 'date' || OF_TIMES.includes(name))) {
    throw malformedQuery(`field ${field.name} does not support aggregate operator ${name}`, field.name);
  }
  if (inUserZone && !isTime) {
    throw malformedQuery(
      `convertTimezone can be applied only to dateTime fields: ${field.name}`,
      'convertTimezone',
    );
  }
  const zone = inUserZone ? scope.userZone() : `'UTC'`;
  const local = isTime ? `(${column} AT TIME ZONE ${zone})` : column;
  if (name === 'DAY_ONLY') return { sql: `${local}::date`, field: { ...field, type: 'date' } };
  return { sql: numberOf(scope, name, local), field: { ...field, type: 'int' } };
}

function numberOf(scope: Scope, name: Exclude<DateFunction, 'DAY_ONLY'>, local: string): string {
  const part = (unit: string): string => `extract(${unit} FROM ${local})::int`;
  switch (name) {
    case 'CALENDAR_MONTH':
      return part('month');
    case 'CALENDAR_QUARTER':
      return part('quarter');
    case 'CALENDAR_YEAR':
      return part('year');
    case 'DAY_IN_MONTH':
      return part('day');
    case 'DAY_IN_WEEK':
      return `(${part('dow')} + 1)`;
    case 'DAY_IN_YEAR':
      return part('doy');
    case 'HOUR_IN_DAY':
      return part('hour');
    // Weeks begin on the first day of the month or year, whatever weekday that is.
    case 'WEEK_IN_MONTH':
      return `((${part('day')} - 1) / 7 + 1)`;
    case 'WEEK_IN_YEAR':
      return `((${part('doy')} - 1) / 7 + 1)`;
    case 'FISCAL_MONTH':
      return `(${monthsIntoFiscalYear(scope, part('month'))} + 1)`;
    case 'FISCAL_QUARTER':
      return `(${monthsIntoFiscalYear(scope, part('month'))} / 3 + 1)`;
    case 'FISCAL_YEAR': {
      const startMonth = scope.fiscalStartMonth();
      const startsLater = `CASE WHEN ${part('month')} < ${startMonth} THEN 1 ELSE 0 END`;
      const endsNextYear = `CASE WHEN ${scope.namesFiscalYearByStart()} OR ${startMonth} = 1 THEN 0 ELSE 1 END`;
      return `(${part('year')} - ${startsLater} + ${endsNextYear})`;
    }
  }
}

function monthsIntoFiscalYear(scope: Scope, month: string): string {
  return `((${month} - ${scope.fiscalStartMonth()} + 12) % 12)`;
}

import { ApiError } from '../apiError.ts';
import type { Formula } from '../schema/formula.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { FieldValues } from './readValues.ts';

type Row = Readonly<Record<string, unknown>>;

/** A record as a rule sees it; before is null at its creation. */
interface Versions {
  readonly before: Row | null;
  readonly after: Row;
}

/** Throws `FIELD_CUSTOM_VALIDATION_EXCEPTION`, in the rule's own words, where a validation rule refuses the record. */
export function checkRules(
  work: UnitOfWork,
  object: ObjectDefinition,
  stored: Row | null,
  values: FieldValues,
): void {
  const versions = { before: stored, after: { ...stored, ...Object.fromEntries(values) } };
  const broken = work.validationRules.find(
    ({ objectName, condition }) => objectName === object.name && valueOf(condition, versions) === true,
  );
  if (broken === undefined) return;
  const fields = broken.fieldName === null ? [] : [broken.fieldName];
  throw new ApiError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', broken.message, fields);
}

function valueOf(formula: Formula, versions: Versions): unknown {
  const { before, after } = versions;
  switch (formula.kind) {
    case 'literal':
      return formula.value;
    case 'field':
      return after[formula.name] ?? null;
    case 'comparison':
      return compare(valueOf(formula.left, versions), formula.operator, valueOf(formula.right, versions));
    case 'call': {
      const [first] = formula.parameters;
      const is = (parameter: Formula | undefined): boolean =>
        parameter !== undefined && valueOf(parameter, versions) === true;
      // A new record has no earlier value; the prior value of its field is the one it has.
      const prior = first?.kind === 'field' ? ((before ?? after)[first.name] ?? null) : null;
      const current = first === undefined ? null : valueOf(first, versions);
      switch (formula.name) {
        case 'AND':
          return formula.parameters.every(is);
        case 'OR':
          return formula.parameters.some(is);
        case 'NOT':
          return !is(first);
        case 'ISNEW':
          return before === null;
        case 'ISCHANGED':
          return before !== null && !isEqual(prior, current);
        case 'PRIORVALUE':
          return prior;
        case 'ISBLANK':
          return current === null || current === '';
      }
    }
  }
}

/** Numbers are compared as numbers, however the store wrote them. */
function isEqual(one: unknown, other: unknown): boolean {
  return typeof one === 'number' || typeof other === 'number'
    ? Number(one ?? Number.NaN) === Number(other ?? Number.NaN) || (one === null && other === null)
    : one === other;
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (operator === '=') return isEqual(left, right);
  if (operator === '<>') return !isEqual(left, right);
  // A blank number counts as zero, as the org treats it by default.
  const [one, other] = [Number(left ?? 0), Number(right ?? 0)];
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  return operator === '>' ? one > other : one >= other;
}

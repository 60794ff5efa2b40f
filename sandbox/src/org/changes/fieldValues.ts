import { DateTime } from 'luxon';

import { ApiError } from '../apiError.ts';
import type { FieldDefinition } from '../schema/model.ts';
import { normalizeId } from '../storage/recordIds.ts';

export type StoredValue = string | number | boolean | null;

/** Digits in front of the point where a number field does not say. */
const DEFAULT_PRECISION = 18;

/**
 * Checks a value of a request against its field and answers it as it is stored: empty texts as null, numbers rounded
 * to their scale, times in whole seconds. Throws in the org's words.
 */
export function toStoredValue(field: FieldDefinition, value: unknown): StoredValue {
  if (value === null || value === undefined || value === '') {
    if (field.type === 'boolean') throw wrongType(field, value);
    return null;
  }
  switch (field.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(field, value);
      return value;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return toNumber(field, value);
    case 'date':
      return toDate(field, value);
    case 'datetime':
      return toDateTime(field, value);
    case 'id':
    case 'reference':
      return toId(field, value);
    default:
      return toText(field, value);
  }
}

function toNumber(field: FieldDefinition, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType(field, value);
  if (field.type === 'int' && !Number.isInteger(value)) throw wrongType(field, value);
  const factor = 10 ** field.scale;
  const rounded = (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor;
  const wholeDigits = (field.precision || DEFAULT_PRECISION) - field.scale;
  if (Math.abs(rounded) >= 10 ** wholeDigits) {
    throw new ApiError(
      400,
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${value}`,
      [field.name],
    );
  }
  return rounded;
}

function toDate(field: FieldDefinition, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(field, value);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? DateTime.fromISO(value) : null;
  if (!day?.isValid) throw wrongType(field, value);
  return value;
}

function toDateTime(field: FieldDefinition, value: unknown): string {
  if (typeof value !== 'string' || !value.includes('T')) throw wrongType(field, value);
  const time = DateTime.fromISO(value, { zone: 'utc' });
  if (!time.isValid) throw wrongType(field, value);
  return time.startOf('second').toISO();
}

function toId(field: FieldDefinition, value: unknown): string {
  const id = typeof value === 'string' ? normalizeId(value) : null;
  if (id === null) {
    throw new ApiError(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(value)}`, [
      field.name,
    ]);
  }
  return id;
}

function toText(field: FieldDefinition, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(field, value);
  if (value.includes('\0')) throw wrongType(field, value);
  const { picklist } = field;
  if (picklist?.restricted) {
    const known = picklist.values.find((entry) => entry.value.toLowerCase() === value.toLowerCase());
    if (!known) {
      throw new ApiError(
        400,
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `${field.label}: bad value for restricted picklist field: ${value}`,
        [field.name],
      );
    }
    return known.value;
  }
  if (field.type === 'email' && !/^[^@\s]+@[^@\s]+$/.test(value)) {
    throw new ApiError(400, 'INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [
      field.name,
    ]);
  }
  // The org counts characters, not the two halves of one.
  if (field.length > 0 && [...value].length > field.length) {
    throw new ApiError(
      400,
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${value} (max length=${field.length})`,
      [field.name],
    );
  }
  return value;
}

function wrongType(field: FieldDefinition, value: unknown): ApiError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return new ApiError(400, 'INVALID_TYPE_ON_FIELD', `${field.label}: value not of required type: ${shown}`, [
    field.name,
  ]);
}

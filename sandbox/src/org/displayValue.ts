import { DateTime } from 'luxon';

import type { FieldDefinition } from './schema/model.ts';

const LOCALE = 'en-US';

/**
 * A field's value as the org shows it in the locale en_US and the user's zone. Null where what is shown is the value
 * itself: plain texts, checkboxes, references.
 */
export function displayValue(field: FieldDefinition, value: unknown, timeZone: string): string | null {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'int':
    case 'double':
      return formatNumber(field, value);
    case 'currency':
      return `$${formatNumber(field, value)}`;
    case 'percent':
      return `${formatNumber(field, value)}%`;
    case 'date':
      return DateTime.fromISO(String(value)).setLocale(LOCALE).toLocaleString(DateTime.DATE_SHORT);
    case 'datetime':
      return DateTime.fromISO(String(value), { zone: timeZone })
        .setLocale(LOCALE)
        .toLocaleString(DateTime.DATETIME_SHORT);
    case 'picklist':
      return field.picklist?.values.find((entry) => entry.value === value)?.label ?? String(value);
    default:
      return null;
  }
}

function formatNumber(field: FieldDefinition, value: unknown): string {
  return Number(value).toLocaleString(LOCALE, {
    minimumFractionDigits: field.scale,
    maximumFractionDigits: field.scale,
  });
}

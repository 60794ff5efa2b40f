import type { FieldValues } from './readValues.ts';

/** A record as it will stand: the new values over the stored ones. */
export interface Standing {
  get(fieldName: string): unknown;
  has(fieldName: string): boolean;
}

/** The new values over the stored row, if there is one. */
export function standing(stored: Readonly<Record<string, unknown>> | null, values: FieldValues): Standing {
  return {
    get: (name) => (values.has(name) ? values.get(name) : stored?.[name]),
    has: (name) => values.has(name),
  };
}

/** A value that holds from a day on, until a later one replaces it. */
export interface DatedValue {
  readonly id: string;
  readonly metric: string;
  readonly value: number;
  /** `YYYY-MM-DD` */
  readonly effectiveFrom: string;
}

/**
 * Of each metric what stood on a day: the one with the latest `effectiveFrom` that is not after the day, and the greater
 * id where two start on one day, so that the answer is the same in any order of rows.
 */
export function inForceOn<Row extends DatedValue>(
  rows: readonly Row[],
  day: string,
): ReadonlyMap<string, Row> {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    if (row.effectiveFrom > day) continue;
    const known = newest.get(row.metric);
    if (known === undefined || isLater(row, known)) newest.set(row.metric, row);
  }
  return newest;
}

function isLater(row: DatedValue, known: DatedValue): boolean {
  return row.effectiveFrom === known.effectiveFrom
    ? row.id > known.id
    : row.effectiveFrom > known.effectiveFrom;
}

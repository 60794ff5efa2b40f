/** One row of the error table. */
export interface ErrorEntry {
  /** The code people quote, e.g. `SC-201`. Never reused. */
  readonly code: string;
  /** The HTTP status, or the SIP status where the switch refuses. */
  readonly status: number;
  /** What happened. */
  readonly message: string;
  /** What it means for the user and what to do next. */
  readonly meaning: string;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

/** A row, its values in the order in which the table is read. */
export function entry(
  code: string,
  status: number,
  message: string,
  meaning: string,
  retryable: boolean,
): ErrorEntry {
  return { code, status, message, meaning, retryable };
}

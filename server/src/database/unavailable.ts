/** The database could not be asked, or could not finish: nothing may be acknowledged, and trying again is right. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(cause: unknown) {
    super('The database is unavailable', { cause });
  }
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * SQLSTATE classes and codes that say something of the server's condition and nothing of the statement
 * (PostgreSQL, appendix A): connection exceptions, insufficient resources (a full disk among them), operator
 * intervention (shutdown, statement time-out), system errors; lost races and time-outs of locks; a read-only standby.
 */
const CONDITION_CODES = /^(?:08|53|57|58)|^(?:40001|40P01|55P03|25P03|25006)$/u;

/** node-postgres reports these without any code. */
const CONDITION_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|after calling end on the pool/iu;

/** The error to report when the cause is the database's condition; undefined when it is the statement's own fault. */
export function unavailableCause(error: unknown): DatabaseUnavailable | undefined {
  if (error instanceof DatabaseUnavailable) return error;
  if (error instanceof AggregateError && error.errors.some((each) => unavailableCause(each) !== undefined))
    return new DatabaseUnavailable(error);
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isCondition =
    SOCKET_CODES.has(code) || CONDITION_CODES.test(code) || CONDITION_MESSAGES.test(error.message);
  return isCondition ? new DatabaseUnavailable(error) : undefined;
}

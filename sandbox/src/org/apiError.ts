/** One entry of the error list that every REST resource of the org answers with. */
export interface ApiErrorEntry {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

/** A refusal in the org's own words: documented HTTP status, error code and message. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  entry(): ApiErrorEntry {
    const entry = { message: this.message, errorCode: this.errorCode };
    return this.fields === undefined ? entry : { ...entry, fields: this.fields };
  }
}

export function notFound(message = 'The requested resource does not exist'): ApiError {
  return new ApiError(404, 'NOT_FOUND', message);
}

/** The record is there, and this user may not change it. */
export function insufficientAccess(): ApiError {
  return new ApiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
}

export function unknownColumn(objectName: string, fieldName: string): ApiError {
  return new ApiError(400, 'INVALID_FIELD', `No such column '${fieldName}' on sobject of type ${objectName}`);
}

export function malformedJson(message: string): ApiError {
  return new ApiError(400, 'JSON_PARSER_ERROR', message);
}

/** The org does not work at the moment. */
export function serverUnavailable(): ApiError {
  return new ApiError(503, 'SERVER_UNAVAILABLE', 'Server too busy');
}

/** The day's requests are used up. */
export function limitExceeded(): ApiError {
  return new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
}

/** Another request holds the records that this one must write to. */
export function unableToLockRow(ids: readonly string[]): ApiError {
  const message = `unable to obtain exclusive access to this record or ${ids.length} records: ${ids.join(',')}`;
  return new ApiError(400, 'UNABLE_TO_LOCK_ROW', message, []);
}

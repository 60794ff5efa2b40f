import { errorBody, ERRORS, type ErrorName } from '@scoreline/contract';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { DatabaseUnavailable } from '../database/index.ts';
import { Refusal } from '../refusal.ts';

/** Faults that express and its body reader find, by their `type` or status. */
const READER_ERRORS: Readonly<Record<string, ErrorName>> = {
  'entity.too.large': 'bodyTooLarge',
  'encoding.unsupported': 'unsupportedMediaType',
  'charset.unsupported': 'unsupportedMediaType',
};

/** Answers every error with its row of the error table, and logs those that are the relay's own. */
export function reportErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { errorName, path } = namedError(error);
    response.locals['errorName'] = errorName;
    const { status } = ERRORS[errorName];
    if (status >= 500) logger.error({ errorName, error }, 'request failed');
    response.status(status).json(errorBody(errorName, path));
  };
}

function namedError(error: unknown): { errorName: ErrorName; path?: string | undefined } {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseUnavailable) return { errorName: 'databaseUnavailable' };
  if (!(error instanceof Error)) return { errorName: 'unexpected' };
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  const errorName = READER_ERRORS[type] ?? (status < 500 ? 'invalidRequest' : 'unexpected');
  return { errorName };
}

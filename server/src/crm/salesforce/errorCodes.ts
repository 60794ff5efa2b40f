import * as z from 'zod/mini';
import { CrmError } from '../port.ts';

/**
 * Codes that speak of the moment, not of the request (Salesforce, SOAP API Developer Guide, "StatusCode"): the same
 * request may succeed later. `DUPLICATE_VALUE` is one of them for an upsert by external id, where another one of the
 * same id was faster; limits and settings are mended by an admin within the days for which a job is retried.
 */
const RETRYABLE_CODES: ReadonlySet<string> = new Set([
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'API_CURRENTLY_DISABLED',
  'API_DISABLED_FOR_ORG',
  'DUPLICATE_VALUE',
  'INVALID_SESSION_ID',
  'PROCESSING_HALTED',
  'QUERY_TIMEOUT',
  'REQUEST_LIMIT_EXCEEDED',
  'REQUEST_RUNNING_TOO_LONG',
  'SERVER_UNAVAILABLE',
  'STORAGE_LIMIT_EXCEEDED',
  'TOO_MANY_OPEN_TRANSACTIONS',
  'UNABLE_TO_LOCK_ROW',
  'UNKNOWN_EXCEPTION',
]);

/** The shape of a code; anything else might be a message. */
export const CODE_PATTERN = /^[A-Z][A-Z0-9_]{2,80}$/u;

/** Whether a record refused with this code may be accepted later, unchanged. */
export function isRetryableCode(code: string): boolean {
  return RETRYABLE_CODES.has(code);
}

/** What a request to the org failed of, by its code alone. An answer without one counts as the network's fault. */
export function crmErrorOf(error: unknown): CrmError {
  if (error instanceof CrmError) return error;
  const code = codeOf(error);
  if (code === null) return new CrmError('ORG_UNREACHABLE', true);
  const isHttpFault = /^ERROR_HTTP_(?:408|420|429|5\d\d)$/u.test(code);
  return new CrmError(code, isHttpFault || isRetryableCode(code));
}

/** jsforce's error of an answer; one that lists several errors, or none, has them as its data. */
const apiErrorSchema = z.object({
  errorCode: z.string().check(z.regex(CODE_PATTERN)),
  data: z.optional(z.unknown()),
});
const errorListSchema = z.array(z.object({ errorCode: z.string().check(z.regex(CODE_PATTERN)) }));

function codeOf(error: unknown): string | null {
  const apiError = z.safeParse(apiErrorSchema, error);
  if (!apiError.success) return null;
  if (apiError.data.errorCode !== 'MULTIPLE_API_ERRORS') return apiError.data.errorCode;
  const list = z.safeParse(errorListSchema, apiError.data.data);
  return list.success ? (list.data[0]?.errorCode ?? null) : null;
}

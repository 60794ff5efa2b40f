import { ERROR_HEADER, type ErrorName } from '@scoreline/contract';

/** A final answer that ends the matter without a transaction. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: readonly string[];
}

/** A refusal that names its row of the error table. */
export function refusal(error: ErrorName): Reply {
  return { statusCode: 403, headers: [`${ERROR_HEADER}: ${error}`] };
}

/** The digest was right, but its short-lived credential is over: the phone has to fetch another. */
export function expiredCredential(): Reply {
  return refusal('tokenExpired');
}

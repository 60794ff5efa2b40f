import { ERRORS } from '@scoreline/contract';
import type { ErrorEntry, ErrorName } from '@scoreline/contract';

/** The error table as the phone may read it: its download leaves out the texts, which the page shows from its own copy. */
export const ERROR_ROWS: Readonly<Record<ErrorName, Pick<ErrorEntry, 'code' | 'status' | 'retryable'>>> =
  ERRORS;

import type { ErrorName } from '@scoreline/contract';
import { ERROR_ROWS } from './errorRows.ts';

/** A failure that has its row in the error table. Everything the phone's collaborators reject with is one. */
export class PhoneError extends Error {
  readonly errorName: ErrorName;

  constructor(errorName: ErrorName, options?: ErrorOptions) {
    super(errorName, options);
    this.name = 'PhoneError';
    this.errorName = errorName;
  }
}

/** The error's row in the table; `otherwise` for anything that did not come from a collaborator of the phone. */
export function errorNameOf(error: unknown, otherwise: ErrorName): ErrorName {
  return error instanceof PhoneError ? error.errorName : otherwise;
}

const MICROPHONE_FAULTS: readonly ErrorName[] = [
  'microphoneBlocked',
  'microphonePolicy',
  'microphoneMissing',
  'microphoneBusy',
];

/** Whether the microphone can't be opened, which stands in the way of every call until it is mended. */
export function isMicrophoneFault(error: ErrorName | undefined): error is ErrorName {
  return error !== undefined && MICROPHONE_FAULTS.includes(error);
}

/** Whether a text from outside names a row of the error table. */
export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(ERROR_ROWS, name);
}

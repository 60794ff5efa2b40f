import { ERRORS, type ErrorName } from '@scoreline/contract';

/** A request that is refused for a reason in the error table; nothing was stored. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly errorName: ErrorName;
  /** Where the input was wrong, e.g. `events.0.at`; never the value itself. */
  readonly path: string | undefined;

  constructor(errorName: ErrorName, path?: string) {
    super(ERRORS[errorName].message);
    this.errorName = errorName;
    this.path = path;
  }
}

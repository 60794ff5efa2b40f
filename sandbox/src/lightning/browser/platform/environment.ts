import type { Environment } from '../../environmentTypes.ts';

declare global {
  /** Set by the boot script before the platform's modules run; not visible inside a membrane. */
  var scorelineEnvironment: Environment | undefined;
}

function givenEnvironment(): Environment {
  const given = globalThis.scorelineEnvironment;
  if (given === undefined) {
    throw new Error('The boot script has set up no environment');
  }
  return given;
}

/** What the boot script hands to the platform's modules and the shell. */
export const environment: Environment = givenEnvironment();

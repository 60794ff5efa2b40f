import { ConfigurationError } from './config.ts';
import { DatabaseUnavailable } from './database/index.ts';

/** The command line asks for something that does not exist. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One sentence for the operator; configuration messages name a value and never show it. */
export function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof UsageError) return error.message;
  if (error instanceof DatabaseUnavailable)
    return 'The database at DATABASE_URL does not answer, or refuses the connection.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return 'PORT is taken by another program.';
  return `This could not be done: ${error instanceof Error ? `${error.name} ${code}`.trim() : 'unknown'}.`;
}

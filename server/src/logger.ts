import { pino, type Logger } from 'pino';

/** Every field a log line may have. None holds a number, a name, a note or a token; anything else is left out. */
const ALLOWED_FIELDS = new Set([
  'code',
  'codes',
  'compared',
  'count',
  'deleted',
  'durationMs',
  'edited',
  'error',
  'errorName',
  'jobFailures',
  'method',
  'missing',
  'orgId',
  'outdated',
  'path',
  'port',
  'queueName',
  'requestId',
  'restored',
  'role',
  'route',
  'status',
  'step',
  'usedRequests',
  'what',
  'maximumRequests',
]);

/** JSON lines on standard output. An error is logged under `error`: its kind, code and place, never its message. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: { service: 'relay' },
    formatters: {
      log: (fields) =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => ALLOWED_FIELDS.has(name))),
    },
    serializers: { error: describeError },
  });
}

/** Messages of databases and HTTP clients quote what they were given, so only what cannot quote is kept. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: 'unknown' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { name: error.name, code, frames: frames.slice(0, 8).map((line) => line.trim()), cause };
}

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One line per request: its route by pattern, not its address, which may hold what a caller typed. */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedMs = performance.now();
    const requestId = randomUUID();
    response.setHeader('X-Request-Id', requestId);
    response.on('finish', () => {
      const route: unknown = request.route;
      logger.info(
        {
          requestId,
          method: request.method,
          route: typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined,
          status: response.statusCode,
          errorName: response.locals['errorName'],
          durationMs: Math.round(performance.now() - startedMs),
        },
        'request',
      );
    });
    next();
  };
}

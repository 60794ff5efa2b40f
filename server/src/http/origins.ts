import type { Request, RequestHandler } from 'express';
import type { Organization } from '../config.ts';
import { Refusal } from '../refusal.ts';

const PREFLIGHT_SECONDS = '600';

/**
 * Lets the pages of the connected orgs use the relay, each by its exact origin. A request without `Origin` comes
 * from no page; it still needs its token or signature, and no cookie is ever accepted.
 */
export function allowOrigins(organizations: ReadonlyMap<string, Organization>): RequestHandler {
  const allowed = new Set([...organizations.values()].flatMap(({ allowedOrigins }) => allowedOrigins));
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin === undefined) return next();
    if (!allowed.has(origin)) throw new Refusal('originRefused');
    response.setHeader('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    response.status(204).end();
  };
}

/** Refuses with `originRefused` a page of another org, once the request has said which org it speaks for. */
export function checkOrigin(request: Request, organization: Organization): void {
  const { origin } = request.headers;
  if (origin !== undefined && !organization.allowedOrigins.includes(origin))
    throw new Refusal('originRefused');
}

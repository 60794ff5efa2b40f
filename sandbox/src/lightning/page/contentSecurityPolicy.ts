/** Hosts besides the page's own, e.g. `ws://localhost:3002`, which an org would have to name as Trusted URLs. */
export interface TrustedSources {
  /** Of the relay and the switch. */
  readonly connectSources: readonly string[];
  /** Of what the page plays. */
  readonly mediaSources: readonly string[];
}

/**
 * The page's Content-Security-Policy: what Salesforce allows a Lightning page of its own, and beyond it only the
 * trusted sources.
 * @param inMembrane near-membrane evaluates the components' text, which needs `unsafe-eval`
 */
export function contentSecurityPolicy(
  { connectSources, mediaSources }: TrustedSources,
  inMembrane: boolean,
): string {
  const directives: readonly (readonly [string, ...string[]])[] = [
    ['default-src', "'self'"],
    ['script-src', "'self'", ...(inMembrane ? ["'unsafe-eval'"] : [])],
    // LWC puts the styles of components into style elements.
    ['style-src', "'self'", "'unsafe-inline'"],
    ['img-src', "'self'", 'data:', 'blob:'],
    ['font-src', "'self'", 'data:'],
    ['media-src', "'self'", 'blob:', ...mediaSources],
    ['connect-src', "'self'", ...connectSources],
    ['frame-src', "'self'"],
    ['worker-src', "'none'"],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'self'"],
  ];
  return directives.map((directive) => directive.join(' ')).join('; ');
}

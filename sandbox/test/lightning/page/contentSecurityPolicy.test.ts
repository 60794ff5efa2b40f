import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentSecurityPolicy } from '../../../src/lightning/page/contentSecurityPolicy.ts';

describe('the Content-Security-Policy of the page', () => {
  const sources = {
    connectSources: ['http://localhost:3001', 'ws://localhost:3002'],
    mediaSources: ['http://localhost:3002'],
  };

  it('allows connections to the page itself, the relay and the switch alone', () => {
    const policy = contentSecurityPolicy(sources, false);
    assert.match(policy, /(^|; )connect-src 'self' http:\/\/localhost:3001 ws:\/\/localhost:3002(;|$)/u);
    assert.match(policy, /(^|; )default-src 'self'(;|$)/u);
  });

  it('allows sound of the page itself and the switch alone', () => {
    assert.match(
      contentSecurityPolicy(sources, false),
      /(^|; )media-src 'self' blob: http:\/\/localhost:3002(;|$)/u,
    );
  });

  it('allows only scripts of the page itself', () => {
    assert.match(contentSecurityPolicy(sources, false), /(^|; )script-src 'self'(;|$)/u);
  });

  it('allows eval inside the membrane, where nothing else is looser', () => {
    const strict = contentSecurityPolicy(sources, false);
    assert.equal(
      contentSecurityPolicy(sources, true),
      strict.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
    );
  });
});

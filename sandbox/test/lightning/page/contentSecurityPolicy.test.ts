import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

  it('trusts what the settings of the package have an org trust: as many hosts, each for the same use', () => {
    const folder = join(import.meta.dirname, '../../../../force-app-settings/cspTrustedSites');
    const sites = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const trustedFor = (use: string): number =>
      sites.filter((site) => site.includes(`<isApplicableTo${use}Src>true<`)).length;
    assert.equal(trustedFor('Connect'), sources.connectSources.length);
    assert.equal(trustedFor('Media'), sources.mediaSources.length);
    for (const use of ['Font', 'Frame', 'Img', 'Style']) assert.equal(trustedFor(use), 0);
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

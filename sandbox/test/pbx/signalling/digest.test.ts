import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestResponse } from '../../../src/pbx/signalling/digest.ts';

test('the example of RFC 2617, section 3.5', () => {
  const answer = new Map([
    ['username', 'Mufasa'],
    ['realm', 'testrealm@host.com'],
    ['nonce', 'dcd98b7102dd2f0e8b11d0f600bfb0c093'],
    ['uri', '/dir/index.html'],
    ['qop', 'auth'],
    ['nc', '00000001'],
    ['cnonce', '0a4f113b'],
  ]);
  assert.equal(digestResponse(answer, 'GET', 'Circle Of Life'), '6629fae49393a05397450978507c4ef1');
  assert.equal(digestResponse(new Map([...answer, ['qop', 'auth-int']]), 'GET', 'Circle Of Life'), undefined);
  assert.equal(digestResponse(new Map([...answer, ['algorithm', 'SHA-256']]), 'GET', 'x'), undefined);
});

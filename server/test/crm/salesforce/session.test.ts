import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { openSession } from '../../../src/crm/salesforce/session.ts';

test('an org that never answers a sign-in holds nobody for ever, and is asked again the next time', async () => {
  let signIns = 0;
  const server = createServer(() => (signIns += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const session = openSession(
    {
      loginUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      clientId: 'relay',
      username: 'relay@northwind-outdoor.test',
      privateKey,
      apiVersion: '66.0',
    },
    { loginTimeoutMs: 1_000 },
  );
  try {
    for (const times of [1, 2]) {
      const asked = session.request({ method: 'GET', path: '/limits' }, z.unknown());
      await assert.rejects(asked, { name: 'CrmError', code: 'ORG_UNREACHABLE', isRetryable: true });
      assert.equal(signIns, times);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

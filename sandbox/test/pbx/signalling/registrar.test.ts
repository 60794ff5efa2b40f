import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Binding, createRegistrar } from '../../../src/pbx/signalling/registrar.ts';

const phone = (contactKey: string, expiresAtMs: number, connectionId = 'c1'): Binding => ({
  contactUri: `sip:${contactKey}`,
  contactKey,
  connectionId,
  expiresAtMs,
});

test('a binding ends by itself, by its connection and by unregistering', () => {
  let nowMs = 0;
  const registrar = createRegistrar(() => nowMs);
  const keys = (): string[] => registrar.bindings('maya').map(({ contactKey }) => contactKey);
  registrar.bind('maya', phone('a@x', 100));
  registrar.bind('maya', phone('b@x', 200, 'c2'));
  registrar.bind('maya', phone('c@x', 300));
  nowMs = 100;
  assert.deepEqual(keys(), ['b@x', 'c@x']);
  registrar.unbindConnection('c2');
  assert.deepEqual(keys(), ['c@x']);
  registrar.unbind('maya', 'c@x');
  assert.deepEqual(keys(), []);
});

test('a sixth phone takes the place of the one that would end first', () => {
  const registrar = createRegistrar(() => 0);
  for (const [index, expiry] of [500, 100, 300, 200, 400, 50].entries())
    registrar.bind('maya', phone(`${index}@x`, expiry));
  assert.deepEqual(
    registrar.bindings('maya').map(({ expiresAtMs }) => expiresAtMs),
    [500, 300, 200, 400, 50],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeyReader } from '../../../src/pbx/audio/telephoneEvents.ts';

const packet = (code: number, isEnd = false): Uint8Array => Uint8Array.of(code, isEnd ? 0x8a : 0x0a, 0, 160);

test('a key counts once however many packets carry it', () => {
  const read = createKeyReader();
  const keys = [packet(5), packet(5), packet(5, true), packet(5, true)].map((payload) => read(payload, 800));
  assert.deepEqual(keys, ['5', undefined, undefined, undefined]);
  assert.equal(read(packet(5), 1_600), '5');
  assert.equal(read(packet(11), 2_400), '#');
});

test('what is no key is none', () => {
  const read = createKeyReader();
  assert.equal(read(Uint8Array.of(1, 10), 1), undefined);
  assert.equal(read(packet(99), 2), undefined);
});

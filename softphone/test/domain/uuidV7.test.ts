import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { callIdSchema } from '@scoreline/contract/wire';
import fc from 'fast-check';
import { uuidV7 } from '../../src/domain/uuidV7.ts';

const hex32 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const epochMs = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test('every id is one that the contract takes', () => {
  fc.assert(
    fc.property(epochMs, hex32, (at, random) => {
      assert.ok(callIdSchema.safeParse(uuidV7(at, random)).success);
    }),
  );
});

test('an id holds its time, and sorts by it', () => {
  fc.assert(
    fc.property(epochMs, epochMs, hex32, hex32, (first, second, left, right) => {
      const id = uuidV7(first, left);
      assert.equal(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16), first);
      if (first < second) assert.ok(id < uuidV7(second, right));
    }),
  );
});

test('the vector of RFC 9562, appendix A.6', () => {
  // The digits of the example in the places that are used; its variant nibble 9 is 8 + 1.
  const random = `cc31${'0'.repeat(13)}8c4dc0c0c07398f`;
  assert.equal(uuidV7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('two ids of one millisecond differ', () => {
  const ids = new Set(Array.from({ length: 1_000 }, () => uuidV7(1, randomBytes(16).toString('hex'))));
  assert.equal(ids.size, 1_000);
});

test('what is no time and no randomness is refused', () => {
  assert.throws(() => uuidV7(-1, '0'.repeat(32)), RangeError);
  assert.throws(() => uuidV7(0.5, '0'.repeat(32)), RangeError);
  assert.throws(() => uuidV7(2 ** 48, '0'.repeat(32)), RangeError);
  assert.throws(() => uuidV7(1, '0'.repeat(31)), RangeError);
  assert.throws(() => uuidV7(1, 'g'.repeat(32)), RangeError);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import {
  inBase62,
  newOrganizationId,
  normalizeId,
  withChecksum,
} from '../../../src/org/storage/recordIds.ts';

const fifteen = fc.stringMatching(/^[0-9A-Za-z]{15}$/);

test('the checksum is the one that the platform adds', () => {
  // A published pair of the platform's two forms of one id.
  assert.equal(withChecksum('001A0000006Vm9r'), '001A0000006Vm9rIAC');
});

test('both forms of an id are the same id, and no other text is one', () => {
  fc.assert(
    fc.property(fifteen, (id) => {
      const full = withChecksum(id);
      assert.equal(normalizeId(id), full);
      assert.equal(normalizeId(full), full);
      assert.equal(normalizeId(full.slice(0, 17)), null);
    }),
  );
  assert.equal(normalizeId("005' OR Id != '"), null);
});

test('letter case cannot get lost: ids that differ in it have other checksums', () => {
  fc.assert(
    fc.property(fifteen, (id) => {
      fc.pre(id !== id.toLowerCase());
      assert.notEqual(withChecksum(id).slice(15), withChecksum(id.toLowerCase()).slice(15));
    }),
  );
});

test('numbers keep their order', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (one, other) => {
      assert.equal(inBase62(one, 9) < inBase62(other, 9), one < other);
    }),
  );
});

test('every org has an id of its own', () => {
  assert.match(newOrganizationId(), /^00D[0-9A-Za-z]{15}$/);
  assert.notEqual(newOrganizationId(), newOrganizationId());
});

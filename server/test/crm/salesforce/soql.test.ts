import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { soqlText } from '../../../src/crm/salesforce/soql.ts';

/** One literal from end to end: no quote inside that is not escaped, no backslash that escapes the last one. */
const ONE_LITERAL = /^'(?:[^'\\]|\\.)*'$/su;

test('whatever the text, it stays one literal and reads back as it was', () => {
  const hostile = fc
    .array(fc.constantFrom("'", '\\', '\\\\', ' OR ', 'a', '%', '\u{1f4de}'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string()), (text) => {
      const literal = soqlText(text);
      assert.match(literal, ONE_LITERAL);
      assert.equal(literal.slice(1, -1).replaceAll(/\\(.)/gsu, '$1'), text);
    }),
  );
});

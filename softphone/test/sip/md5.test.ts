import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Md5 } from '../../src/sip/md5.ts';

describe('MD5', () => {
  it('gives the digests of RFC 1321, appendix A.5', () => {
    assert.equal(Md5.hashStr(''), 'd41d8cd98f00b204e9800998ecf8427e');
    assert.equal(Md5.hashStr('message digest'), 'f96b697d7cb7938d525a2f31aaf161d0');
    assert.equal(Md5.hashStr('1234567890'.repeat(8)), '57edf4a22be3c955ac49da2e2107b67a');
  });

  it('agrees with OpenSSL at every length around the padding, and for any letters', () => {
    const expected = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
    for (let length = 0; length <= 130; length += 1)
      assert.equal(Md5.hashStr('x'.repeat(length)), expected('x'.repeat(length)));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        assert.equal(Md5.hashStr(text), expected(text));
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addressOf, referenceOf } from '../../../../src/lightning/browser/platform/pageReference.ts';

const ORIGIN = 'http://localhost:3000';
const kept = new URLSearchParams({ membrane: '1' });

describe('page references', () => {
  it('have the addresses of Lightning Experience', () => {
    const record = {
      type: 'standard__recordPage',
      attributes: { recordId: '003000000000001AAA', actionName: 'view' },
      state: {},
    };
    assert.equal(addressOf(record, new URLSearchParams()), '/lightning/r/Contact/003000000000001AAA/view');
    assert.equal(addressOf(record, kept), '/lightning/r/Contact/003000000000001AAA/view?membrane=1');
  });

  it('are read from the short form of a record address too', () => {
    const { attributes } = referenceOf(new URL(`${ORIGIN}/lightning/r/003000000000001AAA/view`), kept);
    assert.deepEqual(attributes, {
      recordId: '003000000000001AAA',
      objectApiName: 'Contact',
      actionName: 'view',
    });
  });

  it('come back from their own address, whatever their state', () => {
    const name = fc.stringMatching(/^[A-Z][A-Za-z_]{0,20}$/u);
    const state = fc.dictionary(fc.stringMatching(/^c__[a-z]{1,8}$/u), fc.string());
    fc.assert(
      fc.property(name, state, (apiName, parameters) => {
        const reference = {
          type: 'standard__navItemPage',
          attributes: { apiName },
          state: { ...parameters },
        };
        const address = addressOf(reference, kept) ?? '';
        assert.deepEqual(referenceOf(new URL(address, ORIGIN), kept), reference);
      }),
    );
  });

  it('of kinds that the page lacks have no address', () => {
    const reference = { type: 'standard__quickAction', attributes: {}, state: {} };
    assert.equal(addressOf(reference, kept), undefined);
  });
});

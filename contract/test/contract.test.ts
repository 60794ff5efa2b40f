import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ERRORS,
  type ErrorEntry,
  METRICS,
  METRIC_NAMES,
  OUTCOMES,
  OUTCOME_CODES,
  errorBody,
  outcomeOf,
  permitClaimText,
} from '@scoreline/contract';

const entries = Object.entries<ErrorEntry>(ERRORS);

describe('the error table', () => {
  it('gives every error a code of its own', () => {
    const codes = entries.map(([, { code }]) => code);
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.match(code, /^SC-\d{3}$/u);
  });

  it('says in plain sentences what happened and what it means', () => {
    for (const [name, { message, meaning }] of entries)
      for (const sentence of [message, meaning]) assert.match(sentence, /^[A-Z].*[.?]$/u, name);
  });

  it('tells clients to retry only what another try can mend', () => {
    for (const [name, { status, retryable }] of entries)
      if (status >= 400 && status < 500 && status !== 429) assert.equal(retryable, false, name);
      else if (status >= 500) assert.equal(retryable, true, name);
  });

  it('answers with the row and the place, never with more', () => {
    assert.deepEqual(errorBody('unknownField', 'events.0.talk'), {
      error: {
        name: 'unknownField',
        code: 'SC-103',
        message: ERRORS.unknownField.message,
        meaning: ERRORS.unknownField.meaning,
        retryable: false,
        path: 'events.0.talk',
      },
    });
    assert.equal('path' in errorBody('unexpected').error, false);
  });
});

describe('outcomes', () => {
  it('are one for each code, each with a key of its own', () => {
    assert.deepEqual(
      OUTCOMES.map(({ code }) => code),
      [...OUTCOME_CODES],
    );
    assert.equal(new Set(OUTCOMES.map(({ key }) => key)).size, OUTCOMES.length);
    for (const code of OUTCOME_CODES) assert.equal(outcomeOf(code).code, code);
  });
});

describe('metrics', () => {
  it('are defined under their own names, all but counts, sums and months with a denominator', () => {
    for (const name of METRIC_NAMES) {
      const { unit, denominator } = METRICS[name];
      assert.equal(METRICS[name].name, name);
      assert.equal(denominator === undefined, ['count', 'seconds', 'months'].includes(unit), name);
    }
  });
});

describe('permits', () => {
  it('cover every part of the claim', () => {
    const claim = { orgId: 'o', userId: 'u', callId: 'c', numberE164: '+1', expiresAtEpochSeconds: 7 };
    const texts = [
      claim,
      { ...claim, orgId: 'x' },
      { ...claim, userId: 'x' },
      { ...claim, callId: 'x' },
      { ...claim, numberE164: '+2' },
      { ...claim, expiresAtEpochSeconds: 8 },
    ].map(permitClaimText);
    assert.equal(new Set(texts).size, texts.length);
  });
});

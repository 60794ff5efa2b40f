import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrmError } from '../../../src/crm/index.ts';
import { crmErrorOf, isRetryableCode } from '../../../src/crm/salesforce/errorCodes.ts';

const apiError = (errorCode: string) => Object.assign(new Error('Ana Ruiz, +1 303 555 0142'), { errorCode });

test('what speaks of the moment is retried, what speaks of the request is not', () => {
  assert.deepEqual(
    ['UNABLE_TO_LOCK_ROW', 'REQUEST_LIMIT_EXCEEDED', 'ERROR_HTTP_503'].map(
      (code) => crmErrorOf(apiError(code)).isRetryable,
    ),
    [true, true, true],
  );
  assert.deepEqual(
    ['INVALID_FIELD', 'STRING_TOO_LONG', 'ERROR_HTTP_400'].map(
      (code) => crmErrorOf(apiError(code)).isRetryable,
    ),
    [false, false, false],
  );
  assert.equal(isRetryableCode('FIELD_CUSTOM_VALIDATION_EXCEPTION'), false);
});

test('an error carries its code and nothing of the org’s message', () => {
  const error = crmErrorOf(apiError('INVALID_FIELD'));
  assert.equal(error.code, 'INVALID_FIELD');
  assert.equal(error.message.includes('Ana'), false);
});

test('a broken connection, or a code that is none, counts as the org being out of reach', () => {
  assert.deepEqual(
    [crmErrorOf(new TypeError('fetch failed')).code, crmErrorOf('odd').code],
    ['ORG_UNREACHABLE', 'ORG_UNREACHABLE'],
  );
  assert.equal(crmErrorOf(apiError('Ana said no')).code, 'ORG_UNREACHABLE');
  const own = new CrmError('LOGIN_REFUSED', true);
  assert.equal(crmErrorOf(own), own);
});

test('of several errors the first counts; an answer that lists none is retried', () => {
  const several = (data: unknown) => crmErrorOf(Object.assign(apiError('MULTIPLE_API_ERRORS'), { data }));
  assert.equal(
    several([{ errorCode: 'INVALID_FIELD' }, { errorCode: 'UNABLE_TO_LOCK_ROW' }]).code,
    'INVALID_FIELD',
  );
  assert.deepEqual([several([]).code, several([]).isRetryable], ['ORG_UNREACHABLE', true]);
});

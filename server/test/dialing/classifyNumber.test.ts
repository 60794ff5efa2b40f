import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classifyNumber, homeCountryOf } from '../../src/dialing/classifyNumber.ts';
import { Refusal } from '../../src/refusal.ts';

function outcomeOf(text: string, country = 'US'): string {
  try {
    return classifyNumber(text, country).numberE164;
  } catch (error) {
    if (error instanceof Refusal) return error.errorName;
    throw error;
  }
}

for (const [text, expected] of [
  ['+13035550100', '+13035550100'],
  ['(303) 555-0142', '+13035550142'],
  [' 303.555.0142 ', '+13035550142'],
  ['303\u2011555\u20110142', '+13035550142'],
  ['+44 20 7946 0123', '+442079460123'],
  ['+49 (30) 23125-100', '+493023125100'],
  ['011 44 20 7946 0123', '+442079460123'],
] as const)
  test(`“${text}” is dialed as ${expected}`, () => assert.equal(outcomeOf(text), expected));

for (const [text, extension] of [
  ['+1 303 555 0142 ext. 7', '7'],
  ['(303) 555-0142 x08', '08'],
  ['303-555-0142, extension 12', '12'],
  ['+13035550142;ext=9', '9'],
  ['303 555 0142 #4', '4'],
  ['303 555 0142', undefined],
] as const)
  test(`of “${text}” the line is dialed, and its extension known`, () => {
    assert.deepEqual(classifyNumber(text, 'US'), {
      numberE164: '+13035550142',
      countryCode: 'US',
      extension,
    });
  });

test('an emergency number stays one with an extension behind it', () => {
  assert.equal(outcomeOf('911 x1'), 'emergencyNumber');
});

for (const text of [
  '',
  '+',
  '12',
  '555-0100',
  '+1303555010',
  '9'.repeat(60),
  '+'.repeat(3),
  '++13035550100',
  '+1303555CALL',
  'x12',
  '303-555-0100 x12345678',
  '+\u0661\u0663\u0660\u0663\u0665\u0665\u0665\u0660\u0661\u0660\u0660',
  '+१३०३५५५०१००',
  'sip:+13035550100@example.com',
  '+13035550100;phone-context=x',
  '+13035550100\r\nX-Header: 1',
])
  test(`numberInvalid: ${JSON.stringify(text)}`, () => assert.equal(outcomeOf(text), 'numberInvalid'));

for (const text of [
  '911',
  '112',
  '999',
  '+911',
  '+112',
  '1 911',
  '+1 911',
  '9911',
  '9-1-1',
  '988',
  '+44 999',
])
  test(`emergencyNumber: ${text}`, () => assert.equal(outcomeOf(text), 'emergencyNumber'));

for (const text of [
  '+1 900 555 1234',
  '+44 843 123 4567',
  '+44 70 1234 5678',
  '+49 180 1234567',
  '+33 892 123456',
  '+881 612 345 678',
  '+882 16 1234 56789',
  '+883 5100 1234 5678',
  '+870 773 123 456',
  '+979 123 456 789',
  '011 882 16 1234 56789',
])
  test(`numberBlocked: ${text}`, () => assert.equal(outcomeOf(text), 'numberBlocked'));

test('a Caribbean number behind +1 is not the United States', () =>
  assert.equal(classifyNumber('+1 876 555 1234', 'US').countryCode, 'JM'));

test('national numbers are read as of the country the org calls from', () => {
  assert.equal(homeCountryOf('+442079460123'), 'GB');
  assert.equal(homeCountryOf(undefined), 'US');
  assert.equal(outcomeOf('020 7946 0123', 'GB'), '+442079460123');
});

test('any text is refused by name or dialed in E.164', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'+0123456789 ()-.'), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(digits, fc.string({ unit: 'binary', maxLength: 64 })), (text) => {
      assert.match(outcomeOf(text), /^(?:\+[1-9]\d{6,14}|numberInvalid|numberBlocked|emergencyNumber)$/u);
    }),
    { numRuns: 2_000 },
  );
});

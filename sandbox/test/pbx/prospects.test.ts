import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atPace, prospectAt } from '../../src/pbx/prospects.ts';

test('the last two digits of a number say who lives there', () => {
  const kinds = Array.from({ length: 100 }, (_, digits) => {
    const prospect = prospectAt(`+130355501${String(digits).padStart(2, '0')}`);
    return prospect.kind === 'refuses'
      ? `${prospect.sipStatus} after ${prospect.afterMs}${prospect.rings ? ' of ringing' : ''}`
      : `${prospect.voice} after ${prospect.ringMs} for ${prospect.hangsUpAfterMs ?? 'ever'}`;
  });
  const ranges = kinds.flatMap((kind, digits) => (kind === kinds[digits - 1] ? [] : [`${digits}: ${kind}`]));
  assert.deepEqual(ranges, [
    '0: talk after 1000 for ever',
    '50: 486 after 300',
    '60: 480 after 25000 of ringing',
    '65: 408 after 25000 of ringing',
    '70: 603 after 1000 of ringing',
    '80: 404 after 300',
    '85: talk after 1000 for 5000',
    '90: voicemail after 1000 for ever',
    '95: talk after 3000 for 45000',
  ]);
});

test('02 before the last two digits makes a character of its own', () => {
  const characters = Array.from({ length: 70 }, (_, digits) => {
    const { kind, ...facts } = prospectAt(`+44207946${String(200 + digits).padStart(4, '0')}`);
    return `${kind} ${JSON.stringify(facts)}`;
  });
  const tens = characters.filter((_, digits) => digits % 10 === 4 || (digits > 40 && digits < 43));
  assert.deepEqual(tens, [
    'answers {"ringMs":3000,"voice":"talk","announces":true}',
    'refuses {"rings":false,"afterMs":3000,"sipStatus":404,"cause":"unallocated","endedBy":"network","announces":true}',
    'answers {"ringMs":1000,"voice":"menu"}',
    'answers {"ringMs":1000,"voice":"talk","lossPercent":100}',
    'answers {"ringMs":1000,"voice":"talk","lossPercent":5}',
    'answers {"ringMs":1000,"voice":"talk","lossPercent":10}',
    'answers {"ringMs":1000,"voice":"talk","lossPercent":20}',
    'answers {"ringMs":1000,"voice":"talk","handsOverAfterMs":5000}',
    'answers {"ringMs":1000,"voice":"statement"}',
  ]);
  assert.deepEqual(prospectAt('+442079460270'), prospectAt('+442079460170'), 'the others go by two digits');
});

test('a pace changes every wait and nothing else', () => {
  assert.deepEqual(atPace(prospectAt('+13035550199'), 0.5), {
    kind: 'answers',
    voice: 'talk',
    ringMs: 1_500,
    hangsUpAfterMs: 22_500,
  });
  assert.equal(atPace(prospectAt('+13035550160'), 2).kind, 'refuses');
});

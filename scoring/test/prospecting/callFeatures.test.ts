import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallGoal } from '@scoreline/contract';
import {
  factsOf,
  featuresOf,
  modelReasons,
  recencyOf,
  recencyReasons,
  type CallMoment,
  type LikelihoodTerm,
  type PastCall,
} from '@scoreline/scoring';

const DAY_MS = 86_400_000;
const MOMENT: CallMoment = { atMs: 100 * DAY_MS, hour: 10, weekday: 2 };
const past = (daysAgo: number, hour: number, outcome: PastCall['outcome']): PastCall => ({
  atMs: MOMENT.atMs - daysAgo * DAY_MS,
  hour,
  answered: outcome !== 'noAnswer' && outcome !== 'busy',
  outcome,
});
const HISTORY = [
  past(30, 11, 'callBack'),
  past(20, 9, 'noInterest'),
  past(12, 16, 'meeting'),
  past(5, 10, 'voicemail'),
  past(3, 10, 'noAnswer'),
];

test('what is known of a person before a call', () => {
  assert.deepEqual(factsOf(HISTORY, MOMENT, 'Web'), {
    moment: MOMENT,
    attempts: 5,
    answered: 3,
    answeredAtThisHour: 2,
    unansweredInARow: 2,
    daysSinceLast: 3,
    lastOutcome: 'noAnswer',
    leadSource: 'Web',
  });
  const stranger = factsOf([], MOMENT);
  assert.equal(stranger.daysSinceLast, null);
  assert.equal(stranger.unansweredInARow, 0);
  assert.equal(recencyOf(stranger), Infinity);
  const night = factsOf([past(9, 23, 'meeting')], { ...MOMENT, hour: 0 });
  assert.equal(night.answeredAtThisHour, 1, 'midnight is an hour after eleven at night');
});

test('nothing that is learned by the call itself is a feature', () => {
  const names = [...featuresOf(factsOf(HISTORY, MOMENT, 'Web')).keys()];
  assert.deepEqual(names, [
    'neverCalled',
    'attempts',
    'answered',
    'answeredAtThisHour',
    'unansweredInARow',
    'daysSinceLast',
    'hour:morning',
    'weekday:2',
    'lastOutcome:noAnswer',
    'leadSource:Web',
  ]);
});

const term = (name: string, value: number, goal: CallGoal = 'reach'): LikelihoodTerm => ({
  name,
  value,
  goal,
});

test('the largest positive terms that say something are the reasons, two at most', () => {
  const facts = factsOf(HISTORY, MOMENT, 'Web');
  const reasons = modelReasons(
    [
      term('hour:late', 0.9),
      term('lastOutcome:wrongNumber', 0.8),
      term('answeredAtThisHour', 0.7),
      term('leadSource:Fair', 0.6),
      term('leadSource:Web', 0.5, 'convert'),
      term('weekday:2', 0.4),
    ],
    facts,
  );
  assert.deepEqual(reasons, [
    { kind: 'answeredAtThisHour', count: 2 },
    { kind: 'goodLeadSource', leadSource: 'Web', goal: 'convert' },
  ]);
  assert.deepEqual(modelReasons([term('hour:morning', 0.01)], facts), []);
  assert.deepEqual(modelReasons([term('attempts', 0.3)], facts), [], 'five attempts are not few');
  const stranger = factsOf([], MOMENT);
  assert.deepEqual(modelReasons([term('neverCalled', 0.3)], stranger), [{ kind: 'neverCalled' }]);
  assert.deepEqual(modelReasons([term('daysSinceLast', 0.3)], stranger), []);
  assert.deepEqual(recencyReasons(facts), [{ kind: 'lastCalled', days: 3 }]);
});

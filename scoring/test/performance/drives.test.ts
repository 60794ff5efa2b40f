import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  driveResultsOf,
  driveWindowsOf,
  meanEstimate,
  shareEstimate,
  type DriveFigures,
  type Estimate,
} from '@scoreline/scoring';
import { randomFrom } from '../support/random.ts';

const share = (successes: number, trials: number): Estimate => {
  const estimate = shareEstimate({ successes, trials });
  assert.ok(estimate);
  return estimate;
};

const resultOf = (figures: DriveFigures, everybody: readonly Estimate[] = [], isOver = true) => {
  const [result] = driveResultsOf({ members: [figures], everybody, uplift: 0.1, better: 'more', isOver });
  assert.ok(result);
  return result;
};

test('a drive is held against as many working days right before it', () => {
  // A Monday to the Friday of the next week: ten working days.
  const drive = { startDay: '2026-10-05', endDay: '2026-10-16' };
  assert.deepEqual(driveWindowsOf(drive, '2026-10-30'), {
    drive,
    baseline: { startDay: '2026-09-21', endDay: '2026-10-04' },
    workingDays: 10,
    isOver: true,
  });
  assert.deepEqual(driveWindowsOf(drive, '2026-10-06'), {
    drive: { startDay: '2026-10-05', endDay: '2026-10-06' },
    baseline: { startDay: '2026-10-01', endDay: '2026-10-04' },
    workingDays: 2,
    isOver: false,
  });
  assert.equal(driveWindowsOf(drive, '2026-10-16')?.isOver, false);
});

test('before its first working day there is nothing to compare', () => {
  assert.equal(driveWindowsOf({ startDay: '2026-10-05', endDay: '2026-10-16' }, '2026-10-04'), null);
  // A Saturday.
  assert.equal(driveWindowsOf({ startDay: '2026-10-03', endDay: '2026-10-16' }, '2026-10-03'), null);
});

test('a real change is told, a small one is not, and none before the end', () => {
  const before = share(40, 400);
  assert.equal(resultOf({ now: share(100, 400), before }).verdict, 'improved');
  assert.equal(resultOf({ now: share(10, 400), before }).verdict, 'declined');
  assert.equal(resultOf({ now: share(44, 400), before }).verdict, 'noEvidence');
  const running = resultOf({ now: share(100, 400), before }, [], false);
  assert.equal(running.verdict, null);
  assert.equal(running.change?.difference, 0.15);
});

test('who lacks figures has no evidence, and takes nothing from the others', () => {
  const none = resultOf({ now: null, before: share(1, 10) });
  assert.deepEqual([none.value, none.change, none.verdict], [null, null, 'noEvidence']);
  const fresh = resultOf({ now: share(1, 10), before: null });
  assert.deepEqual([fresh.baseline, fresh.goal, fresh.verdict], [null, null, 'noEvidence']);
});

test('less is better where it is, for the goal and the verdict', () => {
  const [result] = driveResultsOf({
    members: [{ now: meanEstimate(20, 1), before: meanEstimate(40, 1) }],
    everybody: [],
    uplift: 0.25,
    better: 'less',
    isOver: true,
  });
  assert.deepEqual([result?.goal, result?.verdict], [30, 'improved']);
});

test('people who differ by chance alone are expected at their mean, whoever was low', () => {
  const everybody = [8, 9, 10, 11, 12].map((value) => meanEstimate(value, 3));
  const [lowest] = everybody;
  assert.ok(lowest);
  assert.equal(resultOf({ now: meanEstimate(10, 3), before: lowest }, everybody).expected, 10);
});

test('people who surely differ are expected where they were', () => {
  const everybody = [2, 6, 10, 14, 18].map((value) => meanEstimate(value, 0.01));
  const [lowest] = everybody;
  assert.ok(lowest);
  const { expected } = resultOf({ now: meanEstimate(2, 0.01), before: lowest }, everybody);
  assert.ok(Math.abs((expected ?? 0) - 2) < 0.001);
});

test('a drive that changes nothing, of the lowest ten of forty, is seldom called a success', () => {
  const random = randomFrom(20_261);
  const dials = 250;
  let called = 0;
  let calledWithoutCorrection = 0;
  let judged = 0;
  for (let drive = 0; drive < 300; drive += 1) {
    const people = Array.from({ length: 40 }, () => {
      const rate = 0.14 + random.fraction() * 0.06;
      return {
        before: share(random.binomial(dials, rate), dials),
        now: share(random.binomial(dials, rate), dials),
      };
    });
    const lowest = people.toSorted((one, other) => one.before.value - other.before.value).slice(0, 10);
    const question = { members: lowest, uplift: 0.1, better: 'more', isOver: true } as const;
    const improved = (everybody: readonly Estimate[]) =>
      driveResultsOf({ ...question, everybody }).filter(({ verdict }) => verdict === 'improved').length;
    called += improved(people.map(({ before }) => before));
    calledWithoutCorrection += improved([]);
    judged += lowest.length;
  }
  assert.ok(called / judged <= 0.05, `${called} of ${judged}`);
  assert.ok(
    calledWithoutCorrection > called,
    `${calledWithoutCorrection} without the correction, ${called} with it`,
  );
});

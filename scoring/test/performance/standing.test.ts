import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { medianOf, percentileAmong, placeAmong, type PeerScore } from '@scoreline/scoring';

const around = (score: number, halfWidth = 5, alternatives: readonly number[] = []): PeerScore => ({
  score,
  scoreLow: score - halfWidth,
  scoreHigh: score + halfWidth,
  alternatives,
});

test('those who cannot be told apart share the ranks between them', () => {
  const team = [around(86), around(71), around(74), around(72), around(48)];
  const places = team.map((own) =>
    placeAmong(
      own,
      team.filter((other) => other !== own),
    ),
  );
  assert.deepEqual(
    places.map(({ standing, rankLow, rankHigh }) => [standing, rankLow, rankHigh]),
    [
      ['above', 1, 1],
      ['same', 2, 4],
      ['same', 2, 4],
      ['same', 2, 4],
      ['below', 5, 5],
    ],
  );
  assert.deepEqual([places[0]?.peers, places[0]?.teamScore], [5, 72]);
});

test('other weights that turn two reps round widen both ranks', () => {
  const [first, second] = [around(80, 1, [60]), around(70, 1, [65])];
  const place = placeAmong(first, [second]);
  assert.deepEqual([place.rankLow, place.rankHigh], [1, 2]);
});

test('a rep without peers stands for the team', () => {
  const { standing, rankLow, rankHigh, peers } = placeAmong(around(50), []);
  assert.deepEqual([standing, rankLow, rankHigh, peers], ['same', 1, 1, 1]);
});

test('a rank lies in the team, and its ends in order', () => {
  const anyPeer = fc
    .record({
      score: fc.double({ min: 0, max: 100, noNaN: true }),
      width: fc.double({ min: 0, max: 30, noNaN: true }),
      other: fc.double({ min: 0, max: 100, noNaN: true }),
    })
    .map(({ score, width, other }) => around(score, width, [other]));
  fc.assert(
    fc.property(anyPeer, fc.array(anyPeer, { maxLength: 12 }), (own, others) => {
      const { rankLow, rankHigh, peers } = placeAmong(own, others);
      assert.ok(1 <= rankLow && rankLow <= rankHigh && rankHigh <= peers);
    }),
  );
});

test('a percentile from five peers on, turned round where less is better', () => {
  assert.equal(percentileAmong(3, [1, 2, 4], 'more'), null);
  assert.equal(percentileAmong(3, [1, 2, 3, 4], 'more'), 62.5);
  assert.equal(percentileAmong(3, [1, 2, 3, 4], 'less'), 37.5);
  assert.equal(percentileAmong(3, [1, 2, 3, 4], 'neither'), null);
});

test('the median of an even number is the middle of the two', () => {
  assert.equal(medianOf([4, 1, 3, 2]), 2.5);
  assert.equal(medianOf([5]), 5);
});

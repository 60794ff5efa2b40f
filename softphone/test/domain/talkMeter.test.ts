import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TalkFigures } from '../../src/domain/talkMeter.ts';
import { createTalkMeter } from '../../src/domain/talkMeter.ts';
import type { Interval } from '../support/frames.ts';
import { framesOf, interleaved } from '../support/frames.ts';

function figuresOf(
  totalSeconds: number,
  rep: readonly Interval[],
  prospect: readonly Interval[],
): TalkFigures {
  const meter = createTalkMeter();
  meter.hear(
    interleaved(framesOf(totalSeconds, { speech: rep }), framesOf(totalSeconds, { speech: prospect })),
  );
  meter.pause();
  const figures = meter.figures();
  assert.ok(figures !== undefined);
  return figures;
}

test('the ratio is the rep’s share of all speech', () => {
  const { talkRatio } = figuresOf(
    60,
    [
      [0, 12],
      [30, 42],
    ],
    [
      [14, 28],
      [43, 59],
    ],
  );
  // 24 s of 54 s
  assert.ok(Math.abs((talkRatio ?? 0) - 24 / 54) <= 0.02, String(talkRatio));
});

test('the longest monologue goes on over short pauses and assent, and ends with the prospect’s turn', () => {
  const figures = figuresOf(
    60,
    [
      [0, 8],
      [9.5, 20],
      [20.5, 25],
      [40, 50],
    ],
    [
      [10, 10.6],
      [22, 22.5],
      [27, 38],
    ],
  );
  assert.equal(figures.longestMonologueSeconds, 25);
});

test('a silence of two seconds ends a monologue', () => {
  assert.equal(
    figuresOf(
      30,
      [
        [0, 10],
        [12.5, 20],
      ],
      [],
    ).longestMonologueSeconds,
    10,
  );
});

test('silences from two seconds on are dead air, shorter ones are not', () => {
  // 1.5 s between 5 and 6.5 do not count; 4 s do, and 8 s at the end.
  const figures = figuresOf(
    30,
    [
      [0, 5],
      [16, 22],
    ],
    [[6.5, 12]],
  );
  assert.equal(figures.deadAirSeconds, 12);
});

test('crosstalk is what both say at once', () => {
  assert.equal(figuresOf(30, [[0, 12]], [[8, 20]]).crosstalkSeconds, 4);
});

test('a call in which nobody spoke has dead air and no ratio', () => {
  assert.deepEqual(figuresOf(10, [], []), {
    longestMonologueSeconds: 0,
    deadAirSeconds: 10,
    crosstalkSeconds: 0,
  });
});

test('a call of which nothing was heard has no figures', () => {
  assert.equal(createTalkMeter().figures(), undefined);
});

test('what was said before a hold and after it is not one monologue', () => {
  const meter = createTalkMeter();
  const talk = interleaved(framesOf(10, { speech: [[0, 10]] }), framesOf(10, { speech: [] }));
  meter.hear(talk);
  meter.pause();
  meter.hear(talk);
  meter.pause();
  assert.deepEqual(meter.figures(), {
    talkRatio: 1,
    longestMonologueSeconds: 10,
    deadAirSeconds: 0,
    crosstalkSeconds: 0,
  });
});

test('frames that come in pieces count as in one', () => {
  const frames = interleaved(framesOf(20, { speech: [[1, 9]] }), framesOf(20, { speech: [[8, 15]] }));
  const whole = createTalkMeter();
  whole.hear(frames);
  const pieces = createTalkMeter();
  for (let at = 0; at < frames.length; at += 20) pieces.hear(Float32Array.from(frames.slice(at, at + 20)));
  whole.pause();
  pieces.pause();
  assert.deepEqual(pieces.figures(), whole.figures());
});

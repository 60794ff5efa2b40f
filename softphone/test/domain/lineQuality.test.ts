import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QualityWarning } from '@scoreline/contract';
import type { LineHistory, LineReading } from '../../src/domain/lineQuality.ts';
import { lineMeans, lineQuality, NEW_LINE, pauseLine, readLine } from '../../src/domain/lineQuality.ts';

/** One second of a good line, and what this second has of its own. */
interface Second {
  readonly received?: number;
  readonly lost?: number;
  readonly jitterMs?: number;
  readonly rttMs?: number;
  readonly isSilent?: boolean;
}

const NOTHING: LineReading = {
  atMs: 0,
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: 0,
  bufferedSeconds: 0,
  bufferedSamples: 0,
  energy: 0,
};

/** The line after so many seconds, read once a second. */
function lineAfter(
  seconds: readonly Second[],
  history: LineHistory = readLine(NEW_LINE, NOTHING),
): LineHistory {
  return seconds.reduce((before, { received = 50, lost = 0, jitterMs = 4, rttMs = 40, isSilent }) => {
    const last = before.last ?? NOTHING;
    return readLine(before, {
      atMs: last.atMs + 1_000,
      packetsReceived: last.packetsReceived + received,
      packetsLost: last.packetsLost + lost,
      jitterMs,
      rttMs,
      bufferedSeconds: last.bufferedSeconds + 8_000 * 0.04,
      bufferedSamples: last.bufferedSamples + 8_000,
      energy: last.energy + (isSilent === true || received === 0 ? 0 : 0.01),
    });
  }, history);
}

function times(count: number, second: Second): Second[] {
  return Array.from({ length: count }, () => second);
}

function warningsAfter(...seconds: readonly Second[]): readonly QualityWarning[] {
  return lineQuality(lineAfter(seconds))?.warnings ?? [];
}

test('a good line scores as G.711 does and warns of nothing', () => {
  const quality = lineQuality(lineAfter(times(10, {})));
  // 80 ms one way: half of 40 ms, 40 ms of buffer, a packet of 20 ms.
  assert.deepEqual(quality, { mos: 4.37, rttMs: 40, jitterMs: 4, lossPercent: 0, warnings: [] });
});

test('a round trip over 400 ms warns from the third of five seconds on', () => {
  const slow = { rttMs: 401 };
  assert.deepEqual(warningsAfter(...times(5, {}), slow, slow), []);
  assert.deepEqual(warningsAfter(...times(5, {}), slow, slow, slow), ['highRtt']);
  assert.deepEqual(warningsAfter(...times(5, { rttMs: 400 })), []);
  assert.deepEqual(warningsAfter(...times(5, slow), {}, {}), ['highRtt']);
  assert.deepEqual(warningsAfter(...times(5, slow), {}, {}, {}), []);
});

test('jitter over 30 ms warns from the third of five seconds on', () => {
  assert.deepEqual(warningsAfter({}, {}, { jitterMs: 31 }, {}, { jitterMs: 31 }), []);
  assert.deepEqual(warningsAfter({ jitterMs: 31 }, {}, { jitterMs: 31 }, {}, { jitterMs: 31 }), [
    'highJitter',
  ]);
  assert.deepEqual(warningsAfter(...times(5, { jitterMs: 30 })), []);
});

test('a score under 3.5 warns from the third of five seconds on', () => {
  // One packet of ten: 3.4 on this line.
  const poor = { received: 45, lost: 5 };
  assert.deepEqual(warningsAfter(...times(5, {}), poor, poor), []);
  assert.deepEqual(warningsAfter(...times(3, {}), poor, poor, poor), ['lowMos']);
});

test('loss over 3 % as the mean of seven seconds warns, and not before seven are known', () => {
  const lossy = { received: 48, lost: 2 };
  assert.deepEqual(warningsAfter(...times(6, lossy)), []);
  assert.deepEqual(warningsAfter(...times(7, lossy)), ['highLoss']);
  // Two bad seconds of seven: 1.1 % in the mean.
  assert.deepEqual(warningsAfter(...times(5, {}), lossy, lossy), []);
  const quality = lineQuality(lineAfter(times(7, lossy)));
  assert.equal(quality?.lossPercent, 4);
});

test('no packets for three seconds are a silence, also when none ever came', () => {
  assert.deepEqual(warningsAfter({}, ...times(2, { received: 0 })), []);
  assert.deepEqual(warningsAfter({}, ...times(3, { received: 0 })), ['silence']);
  assert.deepEqual(warningsAfter({}, ...times(3, { received: 0 }), {}), []);
  assert.deepEqual(lineQuality(lineAfter(times(3, { received: 0 }))), {
    mos: 1,
    rttMs: 0,
    jitterMs: 0,
    lossPercent: 100,
    warnings: ['silence'],
  });
});

test('packets without any sound are a silence after fifteen seconds', () => {
  assert.deepEqual(warningsAfter({}, ...times(14, { isSilent: true })), []);
  assert.deepEqual(warningsAfter({}, ...times(15, { isSilent: true })), ['silence']);
  assert.deepEqual(warningsAfter({}, ...times(15, { isSilent: true }), {}), []);
});

test('what was not sent while the call was held is no silence and no loss', () => {
  const held = pauseLine(lineAfter([...times(5, {}), ...times(2, { received: 0 })]));
  const resumed = readLine(held, { ...NOTHING, atMs: 60_000, packetsReceived: 250, packetsLost: 400 });
  assert.deepEqual(lineQuality(lineAfter([{}], resumed))?.warnings, []);
  assert.equal(lineMeans(lineAfter([{}], resumed)).lossPercent, 0);
});

test('a packet that comes after it was given up is no negative loss', () => {
  assert.equal(
    lineMeans(
      lineAfter([
        { received: 49, lost: 1 },
        { received: 51, lost: -1 },
      ]),
    ).lossPercent,
    0.99,
  );
});

test('a connection that counts anew begins with its first reading', () => {
  const before = lineAfter(times(5, {}));
  const again = readLine(before, { ...NOTHING, atMs: 6_000, packetsReceived: 3 });
  assert.equal(again.samples.length, before.samples.length);
  assert.deepEqual(lineQuality(lineAfter([{}], again))?.warnings, []);
});

test('the means are those of the whole call', () => {
  const means = lineMeans(
    lineAfter([
      ...times(30, { rttMs: 100, jitterMs: 10 }),
      ...times(10, { rttMs: 20, jitterMs: 2, received: 49, lost: 1 }),
    ]),
  );
  assert.deepEqual(
    { rttMs: means.rttMs, jitterMs: means.jitterMs, lossPercent: means.lossPercent },
    { rttMs: 80, jitterMs: 8, lossPercent: 0.5 },
  );
  assert.ok((means.mos ?? 0) > 4.2 && (means.mos ?? 0) < 4.4);
});

test('a call of which nothing could be measured has no figure', () => {
  assert.deepEqual(lineMeans(NEW_LINE), {});
  assert.equal(lineQuality(NEW_LINE), undefined);
  assert.equal(lineQuality(readLine(NEW_LINE, NOTHING)), undefined);
});

import {
  dayAfter,
  dayInUserZone,
  formatAmount,
  formatChange,
  formatChangeRange,
  formatClock,
  formatDuration,
  formatDay,
  formatDays,
  formatFigure,
  formatMonth,
  formatShortAmount,
  formatSigned,
  spokenDuration,
} from 'c/figureFormat';

describe('c/figureFormat', () => {
  it.each([
    ['count', 1_180, '1,180'],
    ['count', 62.5, '62.5'],
    ['share', 0.1825, '18.3%'],
    ['share', 1, '100%'],
    ['seconds', 45.4, '45 s'],
    ['seconds', 750, '12 min 30 s'],
    ['seconds', 7_500, '2 h 05 min'],
    ['seconds', 300_000, '83 h 20 min'],
    ['duration', 38, '38 s'],
    ['duration', 252, '4 min 12 s'],
    ['duration', 86_400, '24 h 00 min'],
    ['duration', 300_000, '3.5 days'],
    ['times', 3.24, '3.2×'],
    ['amountPerDay', 1_239.7, '$1,240 a day'],
    ['months', 1, '1 month'],
    ['months', 4.5, '4.5 months'],
  ] as const)('writes a %s of %d as %s', (unit, value, text) => {
    expect(formatFigure(unit, value)).toBe(text);
  });

  it.each([
    ['share', 0.042, '+4.2 points'],
    ['share', -0.21, '−21 points'],
    ['share', 0.0004, '0 points'],
    ['count', -3.14, '−3.1 a day'],
    ['seconds', 750, '+12 min 30 s a day'],
    ['duration', -12, '−12 s'],
    ['times', 0.5, '+0.5×'],
    ['amountPerDay', -200, '−$200 a day'],
    ['months', 1, '+1 month'],
  ] as const)('writes a difference in %s of %d as %s', (unit, change, text) => {
    expect(formatChange(unit, change)).toBe(text);
  });

  it('writes the range of a difference', () => {
    expect(formatChangeRange('share', 0.006, 0.079)).toBe('+0.6 to +7.9');
    expect(formatChangeRange('duration', -12, 3)).toBe('−12 s to +3 s');
    expect(formatChangeRange('count', -0.2, 4.12)).toBe('−0.2 to +4.1');
  });

  it('signs points, but not what rounds to nothing', () => {
    expect([7, -4.5, 0, -0.01].map((points) => formatSigned(points))).toEqual(['+7', '−4.5', '0', '0']);
  });

  it('writes money in the currency of the org', () => {
    expect([formatAmount(9_200), formatShortAmount(9_200), formatShortAmount(1_240_000)]).toEqual([
      '$9,200',
      '$9.2K',
      '$1.2M',
    ]);
  });

  it.each([
    [-1, '0:00'],
    [59.9, '0:59'],
    [252, '4:12'],
    [3_852, '1:04:12'],
  ])('writes a call of %d s as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [1, '1 second'],
    [45, '45 seconds'],
    [60, '1 minute'],
    [252, '4 minutes'],
  ])('speaks %d s as %s', (seconds, text) => {
    expect(spokenDuration(seconds)).toBe(text);
  });

  it('keeps clock and day in the zone of the user, Los Angeles here', () => {
    const at = new Date('2026-03-02T03:30:00Z');
    expect(formatClock(at)).toBe('7:30 PM');
    expect(dayInUserZone(at)).toBe('2026-03-01');
    expect(formatDay('2026-03-01')).toBe('Mar 1');
  });

  it('names a month and the days of a week, whatever the user’s zone', () => {
    expect(formatMonth('2026-03-01')).toBe('Mar 2026');
    expect(formatDays('2026-03-30', '2026-04-05').replaceAll(/\s/gu, ' ')).toBe('Mar 30 – Apr 5');
  });

  it('counts days over the ends of months and summer time', () => {
    expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
    expect(dayAfter('2026-03-07', 2)).toBe('2026-03-09');
  });
});

import {
  dayAfter,
  dayInUserZone,
  formatClock,
  formatDuration,
  formatFigure,
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
  ] as const)('writes a %s of %d as %s', (unit, value, text) => {
    expect(formatFigure(unit, value)).toBe(text);
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
  });

  it('counts days over the ends of months and summer time', () => {
    expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
    expect(dayAfter('2026-03-07', 2)).toBe('2026-03-09');
  });
});

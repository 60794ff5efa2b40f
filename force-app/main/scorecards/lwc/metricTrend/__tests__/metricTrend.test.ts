import MetricTrend from 'c/metricTrend';
import { find, findAll, mount, unmountAll } from '../../../../../test/jest-support/components.ts';

describe('c-metric-trend', () => {
  afterEach(unmountAll);

  it('draws the quarters from the lowest to the highest, and writes each', async () => {
    const history = [
      { label: 'Q1 2026', value: 0.1 },
      { label: 'Q2 2026', value: 0.2 },
      { label: 'Q3 2026', value: 0.15 },
    ];
    const trend = await mount('c-metric-trend', MetricTrend, { name: 'connectRate', history });
    expect(find(trend, '.line').getAttribute('points')).toBe('5,31 80,5 155,18');
    expect(findAll(trend, '.figure').map((figure) => figure.textContent)).toEqual([
      'Q1 202610%',
      'Q2 202620%',
      'Q3 202615%',
    ]);
    expect(find(trend, 'svg').getAttribute('aria-hidden')).toBe('true');
  });

  it('draws a line in the middle where nothing changed', async () => {
    const history = [
      { label: 'Q1 2026', value: 5 },
      { label: 'Q2 2026', value: 5 },
    ];
    const trend = await mount('c-metric-trend', MetricTrend, { name: 'dials', history });
    expect(find(trend, '.line').getAttribute('points')).toBe('5,18 155,18');
  });
});

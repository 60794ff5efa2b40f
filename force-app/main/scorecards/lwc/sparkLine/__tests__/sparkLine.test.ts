import SparkLine from 'c/sparkLine';
import { find, findAll, mount, textOf, unmountAll } from '../../../../../test/jest-support/components.ts';

const point = (label: string, score: number) => ({ label, score });

describe('c-spark-line', () => {
  afterEach(unmountAll);

  it('draws the past on a scale of its own, and tells its numbers to screen readers', async () => {
    const line = await mount('c-spark-line', SparkLine, { points: [point('Q1', 60.2), point('Q2', 80)] });
    expect(textOf(line)).toBe('Q1 60, Q2 80');
    expect(find(line, 'svg').getAttribute('aria-hidden')).toBe('true');
    const [first, last] = (find(line, '.line').getAttribute('points') ?? '')
      .split(' ')
      .map((pair) => Number(pair.split(',')[1]));
    expect(first).toBeGreaterThan(last ?? 0);
  });

  it('keeps a wide swing inside the picture', async () => {
    const line = await mount('c-spark-line', SparkLine, { points: [point('Q1', 0), point('Q2', 100)] });
    const heights = (find(line, '.line').getAttribute('points') ?? '')
      .split(' ')
      .map((pair) => Number(pair.split(',')[1]));
    expect(heights).toEqual([21, 3]);
  });

  it('is a dot for one quarter, and nothing for none', async () => {
    const one = await mount('c-spark-line', SparkLine, { points: [point('Q1', 60)] });
    expect([findAll(one, '.line').length, findAll(one, '.dot').length]).toEqual([0, 1]);
    const none = await mount('c-spark-line', SparkLine, { points: [] });
    expect(findAll(none, '.dot')).toHaveLength(0);
  });

  it('leaves the place of a period of which nothing is known, and says the rest in their own words', async () => {
    const line = await mount('c-spark-line', SparkLine, {
      points: [
        { label: 'June', score: 0.1, text: '10%' },
        { label: 'July' },
        { label: 'August', score: 0.2, text: '20%' },
      ],
      span: 0.2,
    });
    expect(textOf(line)).toBe('June 10%, August 20%');
    const places = (find(line, '.line').getAttribute('points') ?? '').split(' ');
    expect(places.map((pair) => Number(pair.split(',')[0]))).toEqual([3, 69]);
  });

  it('draws a line of noughts through the middle', async () => {
    const line = await mount('c-spark-line', SparkLine, {
      points: [point('June', 0), point('July', 0)],
      span: 0,
    });
    expect(find(line, '.line').getAttribute('points')).toBe('3,12 69,12');
  });
});

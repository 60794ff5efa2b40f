import RangeBar from 'c/rangeBar';
import { find, findAll, mount, unmountAll } from '../../../../../test/jest-support/components.ts';

const percentOf = (element: HTMLElement, attribute: string) =>
  Number.parseFloat(element.getAttribute(attribute) ?? '');

describe('c-range-bar', () => {
  afterEach(unmountAll);

  it('is silent: the numbers stand beside it', async () => {
    const bar = await mount('c-range-bar', RangeBar, { value: 50 });
    expect(find(bar, 'svg').getAttribute('aria-hidden')).toBe('true');
  });

  it('puts figure, range and target on one scale', async () => {
    const bar = await mount('c-range-bar', RangeBar, { value: 50, low: 25, high: 75, target: 100 });
    expect(percentOf(find(bar, '.dot'), 'cx')).toBe(50);
    expect(percentOf(find(bar, '.band'), 'x')).toBe(25);
    expect(percentOf(find(bar, '.band'), 'width')).toBe(50);
    expect(percentOf(find(bar, '.target'), 'x1')).toBe(100);
  });

  it('marks the team and the period before', async () => {
    const bar = await mount('c-range-bar', RangeBar, { value: 71, team: 74, previous: 64 });
    expect(percentOf(find(bar, '.team'), 'x1')).toBe(74);
    expect(percentOf(find(bar, '.ring'), 'cx')).toBe(64);
    expect(findAll(bar, '.target')).toHaveLength(0);
  });

  it('keeps figures beyond the scale on its ends', async () => {
    const bar = await mount('c-range-bar', RangeBar, { value: 3, target: -1, minimum: 0, maximum: 2 });
    expect(percentOf(find(bar, '.dot'), 'cx')).toBe(100);
    expect(percentOf(find(bar, '.target'), 'x1')).toBe(0);
  });

  it('leaves out what is not known, and stands an empty scale', async () => {
    const bar = await mount('c-range-bar', RangeBar, { maximum: 0, low: 1 });
    expect(findAll(bar, '.dot, .band, .target, .team, .ring')).toHaveLength(0);
  });
});

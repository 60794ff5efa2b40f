import PeriodList from 'c/periodList';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import { find, findAll, mount, textOf, unmountAll } from '../../../../../test/jest-support/components.ts';

const line = (name: string, figure?: string) => ({
  key: name,
  name,
  figure,
  basis: figure === undefined ? undefined : '13 of 64',
  range: figure === undefined ? undefined : '12.3% to 31.7%',
  size: 1,
});
const LINES = [line('Aug 10 – 16'), line('Aug 17 – 23', '20.3%')];
const mountList = (properties: object) =>
  mount('c-period-list', PeriodList, { name: 'connectRate', kind: 'weeks', lines: LINES, ...properties });

describe('c-period-list', () => {
  afterEach(unmountAll);

  it('lists the newest week first, with what it was made of and its likely range', async () => {
    const list = await mountList({});
    expect(find(list, 'table').getAttribute('aria-label')).toBe('Connect rate by week');
    expect(findAll(list, 'thead th').map(({ textContent }) => textContent)).toEqual([
      'Week',
      'Figure',
      'Likely range',
    ]);
    expect(textOf(list, 'tbody')).toBe(
      'Aug 17 – 23 20.3% 13 of 64 12.3% to 31.7% Aug 10 – 16 – nothing to measure',
    );
    expect(textOf(list, '.definition')).toBe('Connects divided by dials.');
  });

  it('says what is other about a month’s attainment', async () => {
    const list = await mountList({ name: 'attainment', kind: 'months' });
    expect(textOf(list, '.note')).toBe('A quota is for a longer time: here is what was won.');
    expect(findAll(await mountList({}), '.note')).toHaveLength(0);
  });

  it('is accessible', async () => {
    await expect(inRealTime(await mountList({}))).toBeAccessible();
  });
});

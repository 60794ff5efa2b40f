import MetricTable from 'c/metricTable';
import { readScorecard } from 'c/scorecardRecords';
import {
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { cardAnswer, CONNECT_RATE, DIALS } from '../../../../../test/jest-support/scorecardAnswer.ts';

const mountTable = (metrics: readonly Record<string, unknown>[] = [DIALS, CONNECT_RATE]) =>
  mount('c-metric-table', MetricTable, { metrics: readScorecard(cardAnswer({}, metrics))?.metrics ?? [] });

describe('c-metric-table', () => {
  afterEach(unmountAll);

  it('puts the biggest gap first', async () => {
    const table = await mountTable();
    expect(findAll(table, 'tr[data-metric]').map((row) => row.dataset.metric)).toEqual([
      'connectRate',
      'dials',
    ]);
  });

  it('shows a rate with its basis, its range, its target and its points', async () => {
    const row = find(await mountTable(), '[data-metric="connectRate"]');
    expect(row.textContent).toContain('18.2%');
    expect(row.textContent).toContain('142 of 780');
    expect(row.textContent).toContain('likely 15.7% to 21.1%, target 21%');
    expect(row.textContent).toContain('11 of 15');
  });

  it('calls a count exact', async () => {
    expect(find(await mountTable(), '[data-metric="dials"]').textContent).toContain(
      'exact count, target 800',
    );
  });

  it('says that a metric without target gives no points', async () => {
    const noTarget = { ...DIALS, Target__c: null, Weight__c: null, Points__c: null };
    expect(textOf(await mountTable([noTarget]), '.points')).toBe('no target');
  });

  it('reads a row to who cannot see it', async () => {
    const button = find(await mountTable(), '[data-name="connectRate"]');
    expect(button.getAttribute('aria-label')).toBe(
      'Connect rate 18.2%, likely 15.7% to 21.1%, target 21%, 11 of 15 points',
    );
  });

  it('opens a row to what it means and how it came about, and closes it', async () => {
    const table = await mountTable();
    const button = find(table, '[data-name="connectRate"]');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    button.click();
    await rendered();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(textOf(table, '.detail')).toBe(
      'Connects divided by dials. 142 connects, 780 dials. Target to date: 21%. Weight: 15 of 100 points.',
    );
    button.click();
    await rendered();
    expect(findAll(table, '.detail')).toHaveLength(0);
  });

  it('tells the target of the quarter from the one to date where they differ', async () => {
    const table = await mountTable([DIALS]);
    find(table, '[data-name="dials"]').click();
    await rendered();
    expect(textOf(table, '.detail')).toContain('Target to date: 800. Target for the quarter: 1,200.');
  });

  it('stands every target at the same place, with room for the largest figure', async () => {
    const ahead = { ...CONNECT_RATE, Value__c: 0.3, High__c: 0.42 };
    const table = await mountTable([DIALS, ahead]);
    const bars = findAll<HTMLElement & { maximum: number; target: number; high?: number }>(
      table,
      'c-range-bar',
    );
    expect(bars.map(({ maximum, target }) => maximum / target)).toEqual([
      expect.closeTo(2.2),
      expect.closeTo(2.2),
    ]);
  });

  it('gives a metric without target a scale of its own', async () => {
    const table = await mountTable([{ ...DIALS, Target__c: null, High__c: 900 }]);
    expect(find<HTMLElement & { maximum: number }>(table, 'c-range-bar').maximum).toBeCloseTo(990);
  });

  it('stays a table to screen readers when narrow screens lay its rows out as blocks', async () => {
    const table = await mountTable([DIALS]);
    find(table, '[data-name="dials"]').click();
    await rendered();
    const roles = ['rowgroup', 'row', 'columnheader', 'rowheader', 'cell'];
    expect(find(table, 'table').getAttribute('role')).toBe('table');
    expect(roles.map((role) => findAll(table, `table [role="${role}"]`).length)).toEqual([2, 3, 4, 1, 4]);
    expect(findAll(table, 'thead, tbody, tr, th, td').every((part) => part.hasAttribute('role'))).toBe(true);
  });
});

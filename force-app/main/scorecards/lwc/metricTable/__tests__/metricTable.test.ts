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
import {
  cardAnswer,
  CONNECT_RATE,
  DIALS,
  TALK_RATIO,
} from '../../../../../test/jest-support/scorecardAnswer.ts';

const mountTable = (
  metrics: readonly Record<string, unknown>[] = [DIALS, CONNECT_RATE],
  properties: object = {},
) => mount('c-metric-table', MetricTable, { card: readScorecard(cardAnswer({}, metrics)), ...properties });

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
      'Connect rate 18.2%, likely 15.7% to 21.1%, target 21%, 11 of 15 points, improved',
    );
  });

  it('opens a row to what it means and how it came about, and closes it', async () => {
    const table = await mountTable();
    const button = find(table, '[data-name="connectRate"]');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    button.click();
    await rendered();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(find<HTMLElement & { metric: { name: string } }>(table, 'c-metric-detail').metric.name).toBe(
      'connectRate',
    );
    button.click();
    await rendered();
    expect(findAll(table, '.detail')).toHaveLength(0);
  });

  it('compares with the quarter before: a verdict in a word, and its ring on the scale', async () => {
    const table = await mountTable();
    const headings = findAll(table, 'thead th').map((heading) => heading.textContent);
    expect(headings).toEqual(['Metric', 'Now', 'Likely, target', 'Points', 'Since Q2 2026']);
    const marks = findAll<HTMLElement & { verdict: string }>(table, 'c-verdict-mark');
    expect(marks.map(({ verdict }) => verdict)).toEqual(['improved', 'noEvidence']);
    const bars = findAll<HTMLElement & { previous: number }>(table, 'c-range-bar');
    // Of dials the ring stands for 50 days of the pace before: 780 now, 1.6 a day more than then.
    expect(bars.map(({ previous }) => previous)).toEqual([expect.closeTo(0.14), expect.closeTo(700)]);
  });

  it('lists what has no target after the rest, under a heading of its own', async () => {
    const table = await mountTable([TALK_RATIO, DIALS]);
    expect(findAll(table, 'tr[data-metric]').map((row) => row.dataset.metric)).toEqual([
      'dials',
      'talkRatio',
    ]);
    expect(textOf(table, '.heading')).toBe('Without target: no points');
    expect(find(table, '[data-metric="talkRatio"]').textContent).toContain('nothing to compare');
  });

  it('opens every row on paper', async () => {
    const table = await mountTable([DIALS, CONNECT_RATE], { isPrinting: true });
    expect(findAll(table, 'c-metric-detail')).toHaveLength(2);
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

  it('gives what lies far beyond its target a scale of its own, so that it does not press the others', async () => {
    const late = {
      ...CONNECT_RATE,
      Metric__c: 'speedToLeadSeconds',
      Value__c: 36_000,
      Target__c: 3_600,
      High__c: null,
    };
    const table = await mountTable([DIALS, late]);
    const bars = findAll<HTMLElement & { maximum: number; target: number }>(table, 'c-range-bar');
    expect(bars.map(({ maximum, target }) => maximum / target)).toEqual([
      expect.closeTo(11),
      expect.closeTo(1.1),
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
    expect(roles.map((role) => findAll(table, `table [role="${role}"]`).length)).toEqual([2, 3, 5, 1, 5]);
    expect(findAll(table, 'thead, tbody, tr, th, td').every((part) => part.hasAttribute('role'))).toBe(true);
  });
});

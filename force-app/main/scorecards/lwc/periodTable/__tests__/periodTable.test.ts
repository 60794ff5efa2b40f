import PeriodTable from 'c/periodTable';
import { readScorecard } from 'c/scorecardRecords';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import {
  AFTER_CALL,
  cardAnswer,
  CONNECT_RATE,
  DIALS,
  TALK_RATIO,
  WON,
} from '../../../../../test/jest-support/scorecardAnswer.ts';

type Fields = Record<string, unknown>;
type Spark = HTMLElement & { points: { score?: number; text?: string }[]; span: number };

const mountTable = (properties: object = {}, metrics: readonly Fields[] = [DIALS, CONNECT_RATE]) =>
  mount('c-period-table', PeriodTable, { card: readScorecard(cardAnswer({}, metrics)), ...properties });
const headings = (host: { readonly shadowRoot: ShadowRoot }) => textOf(host, 'thead');
const cell = (host: { readonly shadowRoot: ShadowRoot }, name: string, column: 'now' | 'before') =>
  textOf(host, `[data-metric="${name}"] .${column}`);

describe('c-period-table', () => {
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'], now: new Date('2026-08-20T13:00:00Z') }),
  );
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('shows this month and the last one, by name, and how the months went', async () => {
    const table = await mountTable();
    expect(headings(table)).toBe('Metric This month Aug 2026, so far Last month Jul 2026 3 months');
    expect(cell(table, 'connectRate', 'now')).toBe('20% 62 of 310');
    expect(cell(table, 'connectRate', 'before')).toBe('Last month: 17% 80 of 470');
    expect(cell(table, 'dials', 'now')).toBe('310');
    const [dials] = findAll<Spark>(table, 'c-spark-line');
    expect(dials?.points.map(({ score }) => score)).toEqual([300, 470, 310]);
    expect(dials?.span).toBe(470);
  });

  it('shows weeks from Monday; one of which a metric knows nothing has a dash and its place in the line', async () => {
    const table = await mountTable({ kind: 'weeks' });
    expect(headings(table)).toBe('Metric This week Aug 17 – 23, so far Last week Aug 10 – 16 3 weeks');
    expect(cell(table, 'connectRate', 'before')).toBe('Last week: – nothing to measure');
    const [, rate] = findAll<Spark>(table, 'c-spark-line');
    expect(rate?.points.map(({ score }) => score)).toEqual([0.12, undefined, 0.2031]);
  });

  it('calls nothing this month once the card’s last one is over', async () => {
    jest.setSystemTime(new Date('2026-09-01T13:00:00Z'));
    expect(headings(await mountTable())).toBe('Metric Aug 2026 Jul 2026 3 months');
  });

  it('cuts the last week where the quarter ends', async () => {
    const ended = { ...DIALS, Weeks__c: '1;2026-09-21,90,,90,,;2026-09-28,40,,40,,' };
    jest.setSystemTime(new Date('2026-10-02T13:00:00Z'));
    expect(headings(await mountTable({ kind: 'weeks' }, [ended]))).toBe(
      'Metric Sep 28 – 30 Sep 21 – 27 2 weeks',
    );
  });

  it('shows what was won without a quota, and what a mean is over', async () => {
    const table = await mountTable({}, [WON, AFTER_CALL, TALK_RATIO]);
    expect(cell(table, 'attainment', 'now')).toBe('$0 won');
    expect(cell(table, 'attainment', 'before')).toBe('Last month: $9.2K won');
    expect(cell(table, 'afterCallSeconds', 'now')).toBe('30 s 1 call with an outcome');
    expect(cell(table, 'afterCallSeconds', 'before')).toBe('Last month: 45 s 2 calls with an outcome');
    expect(findAll(table, '[data-metric="talkRatio"]')).toHaveLength(0);
  });

  it('opens a row to each of its periods, and closes it', async () => {
    const table = await mountTable();
    const button = find(table, '[data-name="connectRate"]');
    expect(button.getAttribute('aria-label')).toBe(
      'Connect rate, this month 20%, 62 of 310, last month 17%, 80 of 470',
    );
    button.click();
    await rendered();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    const list = find<HTMLElement & { lines: { name: string }[] }>(table, 'c-period-list');
    expect(list.lines.map(({ name }) => name)).toEqual(['Jun 2026', 'Jul 2026', 'Aug 2026']);
    button.click();
    await rendered();
    expect(findAll(table, 'c-period-list')).toHaveLength(0);
  });

  it('opens every row on paper', async () => {
    expect(findAll(await mountTable({ isPrinting: true }), 'c-period-list')).toHaveLength(2);
  });

  it('says that figures come of a card that was published before there were any', async () => {
    const table = await mountTable({}, [TALK_RATIO]);
    expect(textOf(table)).toBe('They come with the next update of this card.');
  });

  it('stays a table to screen readers, and is accessible with a row open', async () => {
    const table = await mountTable({ isPrinting: true }, [DIALS, CONNECT_RATE, WON]);
    expect(findAll(table, 'thead, tbody, tr, th, td').every((part) => part.hasAttribute('role'))).toBe(true);
    await expect(inRealTime(table)).toBeAccessible();
  });
});

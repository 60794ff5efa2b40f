import { graphql } from 'lightning/graphql';
import MetricDetail from 'c/metricDetail';
import { readScorecard } from 'c/scorecardRecords';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  emit,
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

type Fields = Record<string, unknown>;

jest.mock(
  '@salesforce/apex/CallDrillDown.findMetricCalls',
  () => ({ __esModule: true, default: jest.fn(() => Promise.resolve([])) }),
  { virtual: true },
);

async function mountDetail(metric: Fields, changes: Fields = {}) {
  const card = readScorecard(cardAnswer(changes, [metric]));
  return mount('c-metric-detail', MetricDetail, { card, metric: card?.metrics[0], isOwn: true });
}

const sentence = (host: { readonly shadowRoot: ShadowRoot }) =>
  find<HTMLElement & { sentence: string }>(host, 'c-verdict-mark').sentence;
const terms = (host: { readonly shadowRoot: ShadowRoot }) =>
  Object.fromEntries(
    findAll(host, '.detail').map((line) => [
      line.querySelector('dt')?.textContent,
      line.querySelector('dd')?.textContent?.replaceAll(/\s+/gu, ' ').trim(),
    ]),
  );

async function answerBenchmarks(...benchmarks: Fields[]): Promise<void> {
  const edges = benchmarks.map((fields) => ({
    node: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
  }));
  emit(graphql, { data: { uiapi: { query: { Benchmark__c: { edges } } } } });
  await rendered();
}

describe('c-metric-detail', () => {
  afterEach(unmountAll);

  it('says what the figure means and how it came about', async () => {
    const detail = await mountDetail(CONNECT_RATE);
    expect(textOf(detail, '.definition')).toBe('Connects divided by dials.');
    expect(terms(detail)).toEqual({
      Connects: '142',
      Dials: '780',
      Weight: '15 of 100 points',
      'No points at': '5%',
      Target: '21%',
      'More gives no more from': '25%',
      'Middle of the team': '16.4%',
      'Among people of the role': 'ahead of 62%',
      'Best quarter': '19% in Q1 2026',
    });
    expect(textOf(detail, '.fairness')).toBe(
      'Your 780 dials count 72%, the team’s average 28%. The points follow 17.6%.',
    );
    await expect(inRealTime(detail)).toBeAccessible();
  });

  it('tells the target of the quarter from the one to date where they differ', async () => {
    expect(terms(await mountDetail(DIALS))).toMatchObject({
      'Target to date': '800',
      'Target for the quarter': '1,200',
    });
  });

  it('shows no percentile among fewer than five', async () => {
    expect(terms(await mountDetail({ ...CONNECT_RATE, Peers__c: 4 }))).not.toHaveProperty([
      'Among people of the role',
    ]);
  });

  it.each<[string, Fields, string]>([
    [
      'improved',
      CONNECT_RATE,
      'Improved: 18.2% now, 14% in Q2 2026. Difference +4.2 points, likely +0.6 to +7.9.',
    ],
    [
      'no evidence',
      {
        ...CONNECT_RATE,
        Change__c: 0.034,
        Change_Low__c: -0.08,
        Change_High__c: 0.145,
        Verdict__c: 'noEvidence',
      },
      'No evidence of change: +3.4 points, likely −8 to +14.5. With 780 dials a change this small can’t be told from luck.',
    ],
    [
      'a count, per working day',
      { ...DIALS, Change__c: -5.4, Change_Low__c: -8, Change_High__c: -2, Verdict__c: 'declined' },
      'Declined: 15.6 a day now, 21 a day in Q2 2026. Difference −5.4 a day, likely −8 to −2.',
    ],
    [
      'attainment, as the pace that is compared',
      {
        Metric__c: 'attainment',
        Value__c: 0.5,
        Previous_Value__c: 0.7,
        Change__c: 0.31,
        Change_Low__c: 0.1,
        Change_High__c: 0.5,
        Verdict__c: 'improved',
      },
      'Improved: on pace for 101%, 70% in Q2 2026. Difference +31 points, likely +10 to +50.',
    ],
  ])('says whether the change is real: %s', async (_, metric, words) => {
    expect(sentence(await mountDetail(metric))).toBe(words);
  });

  it('shows the quarters where there is more than one', async () => {
    expect(findAll(await mountDetail(CONNECT_RATE), 'c-metric-trend')).toHaveLength(1);
    expect(findAll(await mountDetail(DIALS), 'c-metric-trend')).toHaveLength(0);
  });

  it('holds the benchmark of the period’s end against it, with its source', async () => {
    const detail = await mountDetail(CONNECT_RATE);
    await answerBenchmarks(
      { Effective_From__c: '2026-10-01', Value__c: 0.5 },
      {
        Effective_From__c: '2026-01-01',
        Value__c: 0.08,
        Low__c: 0.05,
        High__c: 0.11,
        Population__c: 'outbound reps of software companies',
        Source__c: 'A survey, 2025',
        Source_Link__c: 'https://example.com/survey',
      },
    );
    expect(terms(detail)).toHaveProperty(
      'Benchmark',
      '8% (5% to 11%), outbound reps of software companies. Source: A survey, 2025',
    );
    expect(find<HTMLAnchorElement>(detail, '.benchmark a').href).toBe('https://example.com/survey');
  });

  it('follows no link but to the web', async () => {
    const detail = await mountDetail(CONNECT_RATE);
    await answerBenchmarks({ Value__c: 0.08, Source__c: 'A survey', Source_Link__c: 'data:text/html,hello' });
    expect(findAll(detail, '.benchmark a')).toHaveLength(0);
    expect(textOf(detail, '.benchmark')).toContain('A survey');
  });

  it('opens and closes the very calls, and says which do not count', async () => {
    const detail = await mountDetail(CONNECT_RATE, { Calls_Excused__c: 12, Calls_Excluded__c: 1 });
    const button = find(detail, '.calls');
    expect([button.textContent, button.getAttribute('aria-expanded')]).toEqual([
      'See the 142 calls',
      'false',
    ]);
    button.click();
    await rendered();
    expect(find(detail, 'c-metric-calls')).toMatchObject({ scorecardId: 'a001', metric: 'connectRate' });
    expect(button.getAttribute('aria-expanded')).toBe('true');
    button.click();
    await rendered();
    expect(findAll(detail, 'c-metric-calls')).toHaveLength(0);
    expect(textOf(detail, '.left-out')).toBe(
      'Not counted: 12 calls the network broke; 1 call to colleagues, or to one number again that day.',
    );
  });

  it('has no calls of a metric that is not made of them', async () => {
    const winRate = await mountDetail({ ...TALK_RATIO, Metric__c: 'winRate' }, { Calls_Excused__c: 12 });
    expect(findAll(winRate, '.calls, .left-out')).toHaveLength(0);
  });
});

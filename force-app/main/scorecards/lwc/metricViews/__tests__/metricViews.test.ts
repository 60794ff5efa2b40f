import MetricViews from 'c/metricViews';
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
import { cardAnswer } from '../../../../../test/jest-support/scorecardAnswer.ts';

const mountViews = (properties: object = {}) =>
  mount('c-metric-views', MetricViews, { card: readScorecard(cardAnswer()), isOwn: true, ...properties });

async function choose(host: { readonly shadowRoot: ShadowRoot }, value: string): Promise<void> {
  find(host, 'lightning-radio-group').dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await rendered();
}

describe('c-metric-views', () => {
  afterEach(unmountAll);

  it('begins with the quarter, and offers months and weeks', async () => {
    const views = await mountViews();
    type Group = HTMLElement & { options: { label: string }[]; value: string; type: string };
    const group = find<Group>(views, 'lightning-radio-group');
    expect(group.options.map(({ label }) => label)).toEqual(['Quarter', 'Months', 'Weeks']);
    expect([group.value, group.type]).toEqual(['quarter', 'button']);
    expect(find<HTMLElement & { isOwn: boolean }>(views, 'c-metric-table').isOwn).toBe(true);
  });

  it('explains the marks of the scales, in words alone to who cannot see them', async () => {
    const views = await mountViews();
    expect(findAll(views, '.mark').map((mark) => mark.textContent?.trim())).toEqual([
      'now',
      'likely range (95%)',
      'target',
      'last quarter',
      'team',
    ]);
    expect(findAll(views, '.mark svg:not([aria-hidden="true"])')).toHaveLength(0);
  });

  it('shows weeks without scales, says why they have no score, and tells what it shows', async () => {
    const views = await mountViews({ isPrinting: true });
    const told: unknown[] = [];
    views.addEventListener('viewchange', (event) => told.push((event as CustomEvent).detail));
    await choose(views, 'weeks');
    type Table = HTMLElement & { kind: string; isPrinting: boolean };
    const table = find<Table>(views, 'c-period-table');
    expect([table.kind, table.isPrinting]).toEqual(['weeks', true]);
    expect(findAll(views, 'c-metric-table, .legend')).toHaveLength(0);
    expect(textOf(views, '.short')).toBe(
      'A month or a week is too short for a fair score. These are its figures.',
    );
    expect(told).toEqual([{ label: 'Weeks' }]);
  });

  it('keeps what was chosen when the card is read again', async () => {
    const views = await mountViews();
    await choose(views, 'months');
    Object.assign(views, { card: readScorecard(cardAnswer({ Watermark__c: 101 })) });
    await rendered();
    expect(findAll(views, 'c-period-table')).toHaveLength(1);
  });

  it('is accessible', async () => {
    const views = await mountViews();
    await choose(views, 'months');
    await expect(inRealTime(views)).toBeAccessible();
  });
});

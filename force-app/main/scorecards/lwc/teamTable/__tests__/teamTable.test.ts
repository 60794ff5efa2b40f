import TeamTable from 'c/teamTable';
import type { TeamCard } from 'c/teamRecords';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { teamCard } from '../../../../../test/jest-support/teamAnswer.ts';

const person = (name: string, changes: Partial<TeamCard> = {}) =>
  teamCard({ repId: `005${name}`, name, ...changes });

const TEAM = [
  person('Leo', { standing: 'below', score: 48, attainment: 0.52, rankLow: 11, rankHigh: 12 }),
  person('Ben', { score: 80, attainment: 0.8, verdict: 'declined' }),
  person('Ana', { score: 71, attainment: 0.77, rampMonth: 2 }),
  person('Imani', { standing: 'above', score: 86, attainment: 1.04, verdict: 'improved' }),
];

type Table = Awaited<ReturnType<typeof mountTable>>;

function mountTable(cards: readonly TeamCard[] = TEAM, properties: object = {}) {
  return mount('c-team-table', TeamTable, { cards, ...properties });
}

const names = (table: Table) => findAll(table, 'tbody .name').map((button) => button.textContent?.trim());

async function sortBy(table: Table, key: string): Promise<void> {
  find(table, `[data-key="${key}"]`).click();
  await rendered();
}

describe('c-team-table', () => {
  beforeAll(() => {
    // jsdom lacks it.
    Element.prototype.scrollIntoView = jest.fn();
  });
  afterEach(unmountAll);

  it('makes three groups, alphabetical inside, and no ranking', async () => {
    const table = await mountTable();
    expect(findAll(table, '.group th').map((head) => head.textContent?.trim())).toEqual([
      'Above the team (1)',
      'Cannot be told apart from the team (2)',
      'Below the team (1)',
    ]);
    expect(names(table)).toEqual(['Imani', 'Ana', 'Ben', 'Leo']);
    expect(textOf(table, '.note')).toContain('Inside a group the order is alphabetical, not a ranking.');
  });

  it('gives each figure with its range, and the badge of a new rep', async () => {
    const table = await mountTable([person('Ana', { rampMonth: 2 })]);
    expect(textOf(table, '.scored .figure')).toBe('71 (63 to 78)');
    expect(textOf(table, '.rank')).toBe('3 to 10 of 12');
    expect(textOf(table, '.quota')).toBe('40% 80% of pace');
    expect(textOf(table, '.change .quiet')).toBe('+7 (−4 to +17)');
    expect(textOf(table, '.ramp')).toBe('Ramping, month 2');
  });

  it('shows who has no score yet, apart from those compared', async () => {
    const table = await mountTable([person('New', { score: undefined, standing: undefined, dials: 0 })]);
    expect(textOf(table, '.group th')).toBe('Not compared yet (1)');
    expect(textOf(table, '.score')).toBe('No calls yet');
    expect(findAll(table, 'c-range-bar')).toHaveLength(0);
  });

  it('ends the past with the present quarter', async () => {
    const table = await mountTable([person('Ana')]);
    const line = find<HTMLElement & { points: object[] }>(table, 'c-spark-line');
    expect(line.points.at(-1)).toEqual({ label: 'Q3 2026', score: 71 });
    expect(line.points).toHaveLength(3);
  });

  it('sorts by a column, says that neighbours may be equal, and goes back', async () => {
    const table = await mountTable();
    const announced = detailsOf(table, 'announce');
    await sortBy(table, 'quota');
    expect(names(table)).toEqual(['Imani', 'Ben', 'Ana', 'Leo']);
    expect(findAll(table, '.group')).toHaveLength(0);
    expect(textOf(table, '.note')).toContain('Neighbours may be equal.');
    expect(find(table, 'th[aria-sort="descending"] [data-key="quota"]')).toBeTruthy();
    expect(announced).toEqual([{ text: '4 reps, sorted by quota' }]);
    await sortBy(table, 'quota');
    expect(findAll(table, '.group')).toHaveLength(3);
  });

  it('puts those without a figure last, whichever way', async () => {
    const table = await mountTable([person('None', { change: undefined }), person('Ana', { change: -9 })]);
    await sortBy(table, 'change');
    expect(names(table)).toEqual(['Ana', 'None']);
  });

  it('keeps fifty rows on the page, however many people there are, and prints them all', async () => {
    const many = Array.from({ length: 60 }, (_, index) => person(`Rep ${String(index).padStart(4, '0')}`));
    const table = await mountTable(many);
    expect(names(table)).toHaveLength(50);
    expect(textOf(table, '.pager')).toBe('1 to 50 of 60');
    const announced = detailsOf(table, 'announce');
    findAll<HTMLElement & { label: string }>(table, '.pager lightning-button')[1]?.click();
    await rendered();
    expect(names(table)[0]).toBe('Rep 0050');
    expect(announced).toEqual([{ text: '51 to 60 of 60' }]);
    window.dispatchEvent(new CustomEvent('beforeprint'));
    await rendered();
    expect(names(table)).toHaveLength(60);
    window.dispatchEvent(new CustomEvent('afterprint'));
    await rendered();
    expect(names(table)).toHaveLength(10);
  });

  it('shows a last page when the people become fewer', async () => {
    const many = Array.from({ length: 60 }, (_, index) => person(`Rep ${index + 100}`));
    const table = await mountTable(many);
    findAll(table, '.pager lightning-button')[1]?.click();
    await rendered();
    Object.assign(table, { cards: TEAM });
    await rendered();
    expect(names(table)).toHaveLength(4);
  });

  it('opens a scorecard by the name and by the menu, and starts a drive where that is possible', async () => {
    const table = await mountTable([person('Ana')], { canDrive: true });
    const opened = detailsOf(table, 'open');
    const drives = detailsOf(table, 'drive');
    find(table, '.name').click();
    const menu = find(table, 'lightning-button-menu');
    menu.dispatchEvent(new CustomEvent('select', { detail: { value: 'open' } }));
    menu.dispatchEvent(new CustomEvent('select', { detail: { value: 'drive' } }));
    expect(opened).toEqual([
      { repId: '005Ana', name: 'Ana' },
      { repId: '005Ana', name: 'Ana' },
    ]);
    expect(drives).toEqual([{ repId: '005Ana', name: 'Ana' }]);
  });

  it('is accessible', async () => {
    await expect(inRealTime(await mountTable(TEAM.slice(0, 2)))).toBeAccessible();
  });
});

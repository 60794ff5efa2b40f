import TeamView from 'c/teamView';
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

const CARDS = [
  teamCard({ repId: '1', name: 'Ana', roleId: 'west' }),
  teamCard({ repId: '2', name: 'Ben', roleId: 'east', isVerified: false }),
];
const ROLES = [
  { roleId: 'west', name: 'West' },
  { roleId: 'east', name: 'East' },
];

function mountView(properties: object = {}) {
  return mount('c-team-view', TeamView, {
    cards: CARDS,
    roles: ROLES,
    periods: [{ startDay: '2026-07-01', label: 'Q3 2026' }],
    period: '2026-07-01',
    ...properties,
  });
}

const shown = (view: Parameters<typeof find>[0]) =>
  find<HTMLElement & { cards: readonly { name: string }[] }>(view, 'c-team-table').cards.map(
    ({ name }) => name,
  );

describe('c-team-view', () => {
  afterEach(unmountAll);

  it('shows everybody, and one team when it is chosen', async () => {
    const view = await mountView();
    const announced = detailsOf(view, 'announce');
    expect(shown(view)).toEqual(['Ana', 'Ben']);
    const [chooser] = findAll<HTMLElement & { options: object }>(view, 'lightning-combobox');
    expect(chooser?.options).toEqual([
      { label: 'Everybody', value: '' },
      { label: 'East', value: 'east' },
      { label: 'West', value: 'west' },
    ]);
    chooser?.dispatchEvent(new CustomEvent('change', { detail: { value: 'west' } }));
    await rendered();
    expect(shown(view)).toEqual(['Ana']);
    expect(announced).toEqual([{ text: 'West, 1 people' }]);
    find(view, 'c-team-rollup').dispatchEvent(new CustomEvent('pick', { detail: { value: '' } }));
    await rendered();
    expect(shown(view)).toEqual(['Ana', 'Ben']);
  });

  it('offers no team where there is one', async () => {
    const view = await mountView({ cards: CARDS.slice(0, 1) });
    expect(findAll(view, 'lightning-combobox')).toHaveLength(1);
    expect(findAll(view, 'c-team-rollup')).toHaveLength(0);
  });

  it('asks for another period', async () => {
    const view = await mountView();
    const asked = detailsOf(view, 'period');
    findAll(view, 'lightning-combobox')[1]?.dispatchEvent(
      new CustomEvent('change', { detail: { value: '2026-04-01' } }),
    );
    expect(asked).toEqual([{ value: '2026-04-01' }]);
  });

  it('says what the scores rest on, and from when the newest are', async () => {
    const mixed = await mountView();
    expect(textOf(mixed, '.basis')).toBe(
      'Where no switch or carrier reports, a score is the phone’s own figure and is not ranked. Newest figures 6:10 AM.',
    );
    const verified = await mountView({ cards: CARDS.slice(0, 1) });
    expect(textOf(verified, '.basis')).toContain('Scores use verified calls only.');
  });

  it('starts a drive for a rep, and shows it among the drives', async () => {
    const view = await mountView();
    const announced = detailsOf(view, 'announce');
    const detail = { repId: '2', name: 'Ben' };
    find(view, 'c-team-table').dispatchEvent(new CustomEvent('drive', { detail }));
    await rendered();
    expect(find<HTMLElement & { repId: string }>(view, 'c-drive-editor').repId).toBe('2');
    const list = find<HTMLElement & { readAgain(): Promise<void> }>(view, 'c-drive-list');
    const readAgain = jest.spyOn(list, 'readAgain').mockResolvedValue();
    find(view, 'c-drive-editor').dispatchEvent(
      new CustomEvent('started', { detail: { text: 'Drive started for 1 people' } }),
    );
    await rendered();
    expect(findAll(view, 'c-drive-editor')).toHaveLength(0);
    expect(readAgain).toHaveBeenCalledTimes(1);
    expect(announced).toContainEqual({ text: 'Drive started for 1 people' });
  });

  it('exports what is shown', async () => {
    const view = await mountView();
    const clicked: HTMLAnchorElement[] = [];
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      clicked.push(this);
    });
    find(view, '.export').click();
    click.mockRestore();
    expect(clicked.map(({ download }) => download)).toEqual(['team-2026-07-01.csv']);
    expect(decodeURIComponent(clicked[0]?.href ?? '')).toContain('\r\nBen,');
  });
});

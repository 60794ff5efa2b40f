import { createRecord, deleteRecord } from 'lightning/uiRecordApi';
import type { SuggestedTarget } from 'c/callContract';
import { askRelay, RelayRefusal } from 'c/relayClient';
import TargetSuggestions from 'c/targetSuggestions';
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

jest.mock('c/relayClient', () => ({
  ...jest.requireActual<object>('c/relayClient'),
  askRelay: jest.fn(),
}));

const relay = jest.mocked(askRelay);
const created = jest.mocked(createRecord);
const deleted = jest.mocked(deleteRecord);
const WEST = '00E000000000001AAA';
const EAST = '00E000000000002AAA';
const CARDS = [
  teamCard({ repId: '005B', name: 'Ben', roleId: WEST }),
  teamCard({ repId: '005A', name: 'Ana', roleId: WEST }),
];
const TARGETS: SuggestedTarget[] = [
  { metric: 'dials', target: 812.4, people: 12 },
  { metric: 'connectRate', target: 0.21456, people: 11 },
];

async function mountPanel(cards = CARDS) {
  const roles = [
    { roleId: WEST, name: 'West' },
    { roleId: EAST, name: 'East' },
  ];
  return mount('c-target-suggestions', TargetSuggestions, { cards, roles });
}

type Panel = Awaited<ReturnType<typeof mountPanel>>;

async function opened(targets: readonly SuggestedTarget[] = TARGETS, cards = CARDS): Promise<Panel> {
  relay.mockResolvedValue({ targets });
  const panel = await mountPanel(cards);
  find(panel, '.open').click();
  await rendered();
  return panel;
}

const take = (panel: Panel, metric: string) => find(panel, `button.take[data-metric="${metric}"]`);

async function click(element: HTMLElement): Promise<void> {
  element.click();
  await rendered();
}

describe('c-target-suggestions', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-10-02T12:00:00Z'), doNotFake: ['queueMicrotask'] });
    jest.clearAllMocks();
    let count = 0;
    created.mockImplementation(() => {
      count += 1;
      return Promise.resolve({ id: `target-${count}` } as never);
    });
    deleted.mockResolvedValue(undefined as never);
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('suggests what the best fifth of the role reached, and on how many people it rests', async () => {
    const panel = await opened();
    expect(relay.mock.calls).toEqual([[`v1/suggested-targets/${WEST}/2026-07-01`]]);
    expect(textOf(panel, '.headline')).toBe('Targets from Oct 1');
    const [dials, rate] = findAll(panel, 'tbody tr').map(({ textContent }) => textContent);
    expect(dials).toContain('812');
    expect(dials).toContain('12 people');
    expect(rate).toContain('21.5%');
    await expect(inRealTime(panel)).toBeAccessible();
  });

  it('gives the target to the people chosen, as it was read, and takes it back', async () => {
    const panel = await opened();
    const said = detailsOf(panel, 'announce');
    await click(take(panel, 'connectRate'));
    expect(created.mock.calls.map(([record]) => record.fields)).toEqual(
      ['005A', '005B'].map((repId) => ({
        OwnerId: repId,
        Rep__c: repId,
        Metric__c: 'connectRate',
        Target__c: 0.215,
        Effective_From__c: '2026-10-01',
      })),
    );
    expect(textOf(panel)).toContain('Set for 2 people');
    expect(said).toEqual([{ text: 'Connect rate: set for 2 people' }]);
    expect(take(panel, 'connectRate').getAttribute('aria-label')).toBe('Undo Connect rate');
    await click(take(panel, 'connectRate'));
    expect(deleted.mock.calls).toEqual([['target-1'], ['target-2']]);
    expect(textOf(panel)).not.toContain('Set for');
    expect(said.at(-1)).toEqual({ text: 'Connect rate: taken back' });
  });

  it('says for how many nothing was saved, and asks for somebody', async () => {
    const panel = await opened();
    created.mockRejectedValueOnce(new Error('refused'));
    await click(take(panel, 'dials'));
    expect(textOf(panel)).toContain('Set for 1 person');
    expect(textOf(panel)).toContain('Salesforce has not saved for 1 person. The others are done.');
    find(panel, 'lightning-checkbox-group').dispatchEvent(
      new CustomEvent('change', { detail: { value: [] } }),
    );
    await rendered();
    expect((take(panel, 'connectRate') as HTMLButtonElement).disabled).toBe(true);
    expect((take(panel, 'dials') as HTMLButtonElement).disabled).toBe(false);
    await expect(inRealTime(panel)).toBeAccessible();
  });

  it('keeps the roles apart', async () => {
    const panel = await opened(TARGETS, [...CARDS, teamCard({ repId: '005C', name: 'Cy', roleId: EAST })]);
    const people = () =>
      find<HTMLElement & { options: { label: string }[] }>(panel, 'lightning-checkbox-group').options.map(
        ({ label }) => label,
      );
    expect(people()).toEqual(['Cy']);
    find(panel, '.role').dispatchEvent(new CustomEvent('change', { detail: { value: WEST } }));
    await rendered();
    expect(people()).toEqual(['Ana', 'Ben']);
    expect(relay.mock.calls.at(-1)).toEqual([`v1/suggested-targets/${WEST}/2026-07-01`]);
  });

  it('says that too few people have figures', async () => {
    const panel = await opened([]);
    expect(textOf(panel)).toContain('it takes 5 people of the role with figures.');
    await expect(inRealTime(panel)).toBeAccessible();
  });

  it('says what stands in the way, and tries again', async () => {
    const panel = await opened();
    relay.mockRejectedValueOnce(new RelayRefusal('relayUnreachable'));
    await click(find(panel, '.close'));
    await click(find(panel, '.open'));
    expect(find<HTMLElement & { name: string }>(panel, 'c-error-panel').name).toBe('relayUnreachable');
    find(panel, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await rendered();
    expect(findAll(panel, 'tbody tr')).toHaveLength(2);
  });

  it('is not there while the quarter runs, nor where nobody has a role', async () => {
    const running = await mountPanel([teamCard({ roleId: WEST, periodEnd: '2026-12-31' })]);
    expect(textOf(running)).toBe('');
    expect(textOf(await mountPanel([teamCard()]))).toBe('');
  });
});

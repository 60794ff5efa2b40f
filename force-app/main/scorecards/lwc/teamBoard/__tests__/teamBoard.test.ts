import { graphql } from 'lightning/graphql';
import userId from '@salesforce/user/Id';
import TeamBoard from 'c/teamBoard';
import { PERIODS_QUERY, ROLES_QUERY, TEAM_QUERY } from 'c/teamRecords';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { periodsAnswer, teamAnswer, teamNode } from '../../../../../test/jest-support/teamAnswer.ts';

type Config = { readonly query?: unknown; readonly variables?: Readonly<Record<string, unknown>> };
type Answer = { readonly data?: unknown; readonly errors?: readonly { message: string }[] };
/** The wires of a component are told apart by what each asks for. */
interface TestAdapter {
  emit(answer: object, filter: (config: Config) => boolean): void;
}

const refresh = jest.fn(() => Promise.resolve());
const online = jest.spyOn(navigator, 'onLine', 'get');
const visibility = jest.spyOn(document, 'visibilityState', 'get');

async function answer(given: Answer, filter: (config: Config) => boolean): Promise<void> {
  (graphql as unknown as TestAdapter).emit({ ...given, refresh }, filter);
  await rendered();
}

const asksFor = (query: unknown) => (config: Config) => config.query === query;
const asksChanges = ({ query, variables }: Config) =>
  query === TEAM_QUERY && `${JSON.stringify(variables)}`.includes('LastModifiedDate');
const asksPage = (config: Config) => config.query === TEAM_QUERY && !asksChanges(config);

const PERIODS = periodsAnswer([
  ['2026-07-01', 'Q3 2026'],
  ['2026-04-01', 'Q2 2026'],
]);

async function mountBoard(...nodes: object[]) {
  const board = await mount('c-team-board', TeamBoard, {});
  await answer({ data: PERIODS }, asksFor(PERIODS_QUERY));
  if (nodes.length > 0) await answer({ data: teamAnswer(nodes) }, asksPage);
  return board;
}

const shown = (board: Parameters<typeof findAll>[0]) =>
  findAll<HTMLElement & { cards: readonly { name: string }[] }>(board, 'c-team-view').flatMap(({ cards }) =>
    cards.map(({ name }) => name),
  );

async function pass(milliseconds: number): Promise<void> {
  jest.advanceTimersByTime(milliseconds);
  await rendered();
}

const ANA = teamNode('005A', 'Ana');
const BEN = teamNode('005B', 'Ben', { LastModifiedDate: '2026-08-20T13:12:00.000Z' });

describe('c-team-board', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    online.mockReturnValue(true);
    visibility.mockReturnValue('visible');
    refresh.mockReset();
    refresh.mockResolvedValue();
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('shows the people of the newest period, but not the user', async () => {
    const board = await mountBoard(ANA, BEN, teamNode(userId, 'Self'));
    expect(shown(board)).toEqual(['Ana', 'Ben']);
    expect(find<HTMLElement & { period: string }>(board, 'c-team-view').period).toBe('2026-07-01');
  });

  it('reads page after page by cursor, and shows meanwhile what it has', async () => {
    const board = await mountBoard();
    await answer({ data: teamAnswer([ANA], 'cursor-1') }, ({ query, variables }) => {
      return query === TEAM_QUERY && variables?.after === null;
    });
    expect(shown(board)).toEqual(['Ana']);
    expect(textOf(board, '.loading')).toBe('1 people so far…');
    await answer({ data: teamAnswer([BEN]) }, ({ variables }) => variables?.after === 'cursor-1');
    expect(shown(board)).toEqual(['Ana', 'Ben']);
    expect(textOf(board, '.loading')).toBe('');
  });

  it('shows the first page at once and the others together, and what it has when one fails', async () => {
    const board = await mountBoard();
    const CY = teamNode('005C', 'Cy');
    const asksAfter = (cursor: string | null) => (config: Config) =>
      asksPage(config) && config.variables?.after === cursor;
    await answer({ data: teamAnswer([ANA], 'cursor-1') }, asksAfter(null));
    await answer({ data: teamAnswer([BEN], 'cursor-2') }, asksAfter('cursor-1'));
    expect(shown(board)).toEqual(['Ana']);
    expect(textOf(board, '.loading')).toBe('2 people so far…');
    await answer({ errors: [{ message: 'gateway' }] }, asksAfter('cursor-2'));
    expect(shown(board)).toEqual(['Ana', 'Ben']);
    await answer({ data: teamAnswer([CY]) }, asksAfter('cursor-2'));
    expect(shown(board)).toEqual(['Ana', 'Ben', 'Cy']);
  });

  it('asks every 15 seconds for what changed, and takes it in', async () => {
    const board = await mountBoard(ANA, BEN);
    await pass(15_000);
    expect(refresh).not.toHaveBeenCalled();
    await answer({ data: teamAnswer([]) }, asksChanges);
    await pass(15_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    const changed = teamNode('005A', 'Ana Ruiz', { LastModifiedDate: '2026-08-20T13:13:00.000Z' });
    await answer({ data: teamAnswer([changed]) }, ({ variables }) => {
      return `${JSON.stringify(variables)}`.includes('"gte":{"value":"2026-08-20T13:12:00.000Z"}');
    });
    expect(shown(board)).toEqual(['Ana Ruiz', 'Ben']);
  });

  it('rests while nobody looks, and asks at once when somebody does', async () => {
    const board = await mountBoard(ANA);
    await answer({ data: teamAnswer([]) }, asksChanges);
    visibility.mockReturnValue('hidden');
    document.dispatchEvent(new CustomEvent('visibilitychange'));
    await pass(60_000);
    expect(refresh).not.toHaveBeenCalled();
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new CustomEvent('visibilitychange'));
    await rendered();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(shown(board)).toEqual(['Ana']);
    unmountAll();
    await pass(60_000);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('begins anew with another period', async () => {
    const board = await mountBoard(ANA);
    find(board, 'c-team-view').dispatchEvent(new CustomEvent('period', { detail: { value: '2026-04-01' } }));
    await rendered();
    expect(shown(board)).toEqual([]);
    await answer({ data: teamAnswer([BEN]) }, ({ variables }) => {
      return `${JSON.stringify(variables)}`.includes('2026-04-01');
    });
    expect(shown(board)).toEqual(['Ben']);
  });

  it('gives the roles to the view', async () => {
    const board = await mountBoard(ANA);
    const roles = [{ node: { Id: '00E1', Name: { value: 'West' } } }];
    await answer({ data: { uiapi: { query: { UserRole: { edges: roles } } } } }, asksFor(ROLES_QUERY));
    expect(find<HTMLElement & { roles: object }>(board, 'c-team-view').roles).toEqual([
      { roleId: '00E1', name: 'West', parentId: undefined },
    ]);
  });

  it('says what to do when nobody reports to the user', async () => {
    const board = await mountBoard(teamNode(userId, 'Self'));
    expect(textOf(board, '.message')).toBe(
      'Nobody reports to you in Salesforce. Ask your admin to check the role hierarchy.',
    );
  });

  it('says so too where there is no card at all', async () => {
    const board = await mount('c-team-board', TeamBoard, {});
    await answer({ data: periodsAnswer([]) }, asksFor(PERIODS_QUERY));
    expect(textOf(board, '.message')).toContain('Nobody reports to you');
  });

  it('names the permission set that is missing', async () => {
    const board = await mount('c-team-board', TeamBoard, {});
    const message = "Field 'Rep_Scorecard__c' in type 'RecordQueryAggregate' is undefined";
    await answer({ errors: [{ message }] }, asksFor(PERIODS_QUERY));
    expect(textOf(board, '.message')).toBe(
      'You need the Scoreline Manager permission set. Ask your Salesforce admin.',
    );
  });

  it('keeps the old figures when a read fails, and tries again when asked', async () => {
    const board = await mountBoard(ANA);
    await answer({ errors: [{ message: 'Service unavailable' }] }, asksChanges);
    expect(shown(board)).toEqual(['Ana']);
    expect(textOf(board, '[role="alert"]')).toBe('Could not load the team.');
    find(board, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await rendered();
    expect(refresh).toHaveBeenCalledTimes(1);
    await answer({ data: teamAnswer([]) }, asksChanges);
    expect(findAll(board, 'c-error-panel')).toHaveLength(0);
  });

  it('says from when the figures are while offline, and reads again afterwards', async () => {
    const board = await mountBoard(ANA);
    await answer({ data: teamAnswer([]) }, asksChanges);
    online.mockReturnValue(false);
    window.dispatchEvent(new CustomEvent('offline'));
    await pass(15_000);
    expect(textOf(board, '.bar')).toBe('You are offline. Figures are from 6:10 AM.');
    expect(refresh).not.toHaveBeenCalled();
    online.mockReturnValue(true);
    window.dispatchEvent(new CustomEvent('online'));
    await rendered();
    expect(findAll(board, '.bar')).toHaveLength(0);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('shows grey boxes only when it takes long, and says so once', async () => {
    const board = await mount('c-team-board', TeamBoard, {});
    await pass(299);
    expect([findAll(board, '.stencil').length, textOf(board, '[role="status"]')]).toEqual([0, '']);
    await pass(1);
    expect([findAll(board, '.stencil').length, textOf(board, '[role="status"]')]).toEqual([
      1,
      'Loading team',
    ]);
  });

  it('opens a scorecard', async () => {
    const board = await mountBoard(ANA);
    const opened = detailsOf(board, 'open');
    const detail = { repId: '005A', name: 'Ana' };
    find(board, 'c-team-view').dispatchEvent(new CustomEvent('open', { detail }));
    expect(opened).toEqual([detail]);
  });
});

import TeamRollup from 'c/teamRollup';
import { detailsOf, find, findAll, mount, unmountAll } from '../../../../../test/jest-support/components.ts';
import { teamCard } from '../../../../../test/jest-support/teamAnswer.ts';

const CARDS = [
  teamCard({ repId: '1', verdict: 'improved', callsContradicted: 1, lastCallOn: '2026-08-19' }),
  teamCard({ repId: '2', dials: 0, score: undefined, quota: undefined, callsLogged: 0, callsPending: 0 }),
];
const team = (name: string, depth: number, ...repIds: string[]) => ({
  key: name,
  name,
  depth,
  repIds: new Set(repIds),
});

const cells = (host: Parameters<typeof findAll>[0]) =>
  findAll(host, 'tbody tr').map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim()),
  );

describe('c-team-rollup', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-08-20T12:00:00Z'), doNotFake: ['queueMicrotask'] });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('rolls the figures up to the company, with who uses it', async () => {
    const rollup = await mount('c-team-rollup', TeamRollup, {
      cards: CARDS,
      teams: [team('Company', 0, '1', '2'), team('West', 1, '1'), team('East', 1, '2')],
    });
    expect(cells(rollup)).toEqual([
      ['Company', '2', '71 (63 to 78)', '40%', '1', '1', '0', '1 of 2', '97%'],
      ['West', '1', '71 (63 to 78)', '40%', '1', '0', '0', '1 of 1', '97%'],
      ['East', '1', '–', '–', '0', '1', '0', '0 of 1', '–'],
    ]);
  });

  it('says nothing of who calls now where the quarter is over', async () => {
    jest.setSystemTime(new Date('2026-10-02T12:00:00Z'));
    const rollup = await mount('c-team-rollup', TeamRollup, {
      cards: CARDS,
      teams: [team('West', 0, '1', '2')],
    });
    expect(cells(rollup)[0]?.[7]).toBe('–');
  });

  it('begins with everybody where no team holds all', async () => {
    const rollup = await mount('c-team-rollup', TeamRollup, {
      cards: CARDS,
      teams: [team('West', 0, '1'), team('East', 0, '2')],
    });
    expect(cells(rollup).map(([name]) => name)).toEqual(['Everybody', 'West', 'East']);
  });

  it('chooses a team to show', async () => {
    const rollup = await mount('c-team-rollup', TeamRollup, { cards: CARDS, teams: [team('West', 0, '1')] });
    const picked = detailsOf(rollup, 'pick');
    find(rollup, '[data-key="West"]').click();
    expect(picked).toEqual([{ value: 'West' }]);
  });
});

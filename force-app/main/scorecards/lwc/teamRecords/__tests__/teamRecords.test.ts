import { isTeamDenied, readCardPage, readPeriods, readRoles, teamsOf } from 'c/teamRecords';
import type { Role } from 'c/teamRecords';
import {
  periodsAnswer,
  teamAnswer,
  teamCard,
  teamNode,
} from '../../../../../test/jest-support/teamAnswer.ts';

const role = (roleId: string, name: string, parentId?: string): Role => ({ roleId, name, parentId });

const lines = (teams: ReturnType<typeof teamsOf>) =>
  teams.map(({ name, depth, repIds }) => `${'-'.repeat(depth)}${name} ${repIds.size}`);

describe('c/teamRecords', () => {
  it('reads a page of cards, and where the next one begins', () => {
    const page = readCardPage(teamAnswer([teamNode('005A', 'Ana Ruiz')], 'cursor'));
    expect(page.nextCursor).toBe('cursor');
    expect(page.cards[0]).toMatchObject({
      repId: '005A',
      name: 'Ana Ruiz',
      roleId: '00E1',
      managerName: 'Ingrid Bauer',
      score: 71,
      standing: 'same',
      verdict: 'noEvidence',
      history: [
        { label: 'Q1 2026', score: 60 },
        { label: 'Q2 2026', score: 64 },
      ],
      modifiedAt: '2026-08-20T13:10:05.000Z',
    });
    expect(readCardPage(teamAnswer([])).nextCursor).toBeUndefined();
  });

  it('reads a card whose fields the user may not see, and no card without a rep', () => {
    const { cards } = readCardPage(
      teamAnswer([{ Id: 'a01', Rep__c: { value: '005A' } }, { Id: 'a02' }, { Rep__c: { value: '005B' } }]),
    );
    expect(cards).toHaveLength(1);
    expect(cards[0]).toMatchObject({ name: '005A', score: undefined, history: [], dials: 0 });
  });

  it('leaves out words that it does not know', () => {
    const node = teamNode('005A', 'Ana', {
      Standing__c: 'ahead',
      Verdict__c: 'better',
      History__c: 'Q1:x;:3;;Q2:7',
    });
    expect(readCardPage(teamAnswer([node])).cards[0]).toMatchObject({
      standing: undefined,
      verdict: undefined,
      history: [{ label: 'Q2', score: 7 }],
    });
  });

  it.each([[undefined], [null], [{}], [{ uiapi: null }], ['text']])('finds nothing in %j', (data) => {
    expect(readCardPage(data)).toEqual({ cards: [], nextCursor: undefined });
    expect(readPeriods(data)).toEqual([]);
    expect(readRoles(data)).toEqual([]);
  });

  it('reads the periods', () => {
    expect(readPeriods(periodsAnswer([['2026-07-01', 'Q3 2026']]))).toEqual([
      { startDay: '2026-07-01', label: 'Q3 2026' },
    ]);
  });

  it('makes teams along the role hierarchy, up to the company', () => {
    const roles = [
      role('top', 'Company'),
      role('west', 'West', 'top'),
      role('east', 'East', 'top'),
      role('reps', 'West reps', 'west'),
      role('scouts', 'West scouts', 'west'),
      role('empty', 'Nobody', 'top'),
    ];
    const cards = [
      teamCard({ repId: '1', roleId: 'reps' }),
      teamCard({ repId: '2', roleId: 'scouts' }),
      teamCard({ repId: '3', roleId: 'east' }),
    ];
    expect(lines(teamsOf(cards, roles))).toEqual([
      'Company 3',
      '-East 1',
      '-West 2',
      '--West reps 1',
      '--West scouts 1',
    ]);
  });

  it('leaves out a role that holds the same people as the only one below', () => {
    const roles = [role('top', 'Company'), role('lead', 'Manager', 'top'), role('reps', 'Reps', 'lead')];
    expect(lines(teamsOf([teamCard({ roleId: 'reps' })], roles))).toEqual(['Reps 1']);
  });

  it('ends where roles stand above each other in a circle', () => {
    const roles = [role('a', 'A', 'b'), role('b', 'B', 'a')];
    expect(teamsOf([teamCard({ roleId: 'a' })], roles)).toEqual([]);
  });

  it('makes teams by manager where roles are not to be seen', () => {
    const cards = [
      teamCard({ repId: '1', managerName: 'Tom' }),
      teamCard({ repId: '2', managerName: 'Ida' }),
      teamCard({ repId: '3' }),
    ];
    expect(lines(teamsOf(cards, []))).toEqual(['Team of Ida 1', 'Team of Tom 1']);
  });

  it('tells missing access from other errors', () => {
    expect(isTeamDenied([{ message: "Field 'Rep_Scorecard__c' in type 'RecordQuery' is undefined" }])).toBe(
      true,
    );
    expect(isTeamDenied([{ message: 'Service unavailable' }])).toBe(false);
  });
});

import { graphql } from 'lightning/graphql';
import ScoreLevers from 'c/scoreLevers';
import { navigated } from '../../../../../test/jest-mocks/lightning/navigation.ts';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  emit,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

const DEAL = {
  kind: 'opportunity',
  metric: 'attainment',
  amount: 9_000,
  recordId: '006A',
  gain: 4.5,
  low: 4.5,
  high: 4.5,
};
const DIALS = { kind: 'count', metric: 'dials', amount: 130, gain: 2.7, low: 1.9, high: 3.4 };
const COMMITMENTS = {
  kind: 'commitments',
  metric: 'commitmentsKept',
  amount: 6,
  gain: 1.8,
  low: 1.1,
  high: 2.5,
};

const mountLevers = (levers: readonly object[], isOwn = true) =>
  mount('c-score-levers', ScoreLevers, { levers, isOwn });

describe('c-score-levers', () => {
  beforeEach(() => {
    navigated.mockReset();
  });
  afterEach(unmountAll);

  it('says what to do and what it gives, with the deal’s name from the org', async () => {
    const levers = await mountLevers([DEAL, DIALS, COMMITMENTS]);
    expect(textOf(levers, '.text')).toContain('Close an open deal ($9K, open)');
    const deal = { Id: '006A', Name: { value: 'Acme renewal' } };
    emit(graphql, { data: { uiapi: { query: { Opportunity: { edges: [{ node: deal }] } } } } });
    await rendered();
    expect(findAll(levers, '.lever').map((lever) => lever.textContent)).toEqual([
      'Close Acme renewal ($9K, open)+4.5 if wonOpen deal',
      'About 130 more dials at your rate+2.7 (1.9 to 3.4)Start list',
      'Finish 6 commitments in time+1.8 (1.1 to 2.5)Open tasks',
    ]);
    await expect(inRealTime(levers)).toBeAccessible();
  });

  it('leads to the deal, the power list and the tasks', async () => {
    const levers = await mountLevers([DEAL, DIALS, COMMITMENTS]);
    findAll(levers, '.action').forEach((button) => button.click());
    expect(navigated.mock.calls).toEqual([
      [
        {
          type: 'standard__recordPage',
          attributes: { recordId: '006A', objectApiName: 'Opportunity', actionName: 'view' },
        },
      ],
      [{ type: 'standard__navItemPage', attributes: { apiName: 'Power_List' } }],
      [{ type: 'standard__objectPage', attributes: { objectApiName: 'Task', actionName: 'home' } }],
    ]);
  });

  it('offers only the deal on another’s card', async () => {
    const levers = await mountLevers([DEAL, DIALS, COMMITMENTS], false);
    expect(findAll(levers, '.action').map((button) => button.textContent)).toEqual(['Open deal']);
  });

  it('names three at most', async () => {
    expect(findAll(await mountLevers([DEAL, DIALS, COMMITMENTS, DIALS]), '.lever')).toHaveLength(3);
  });

  it('says when nothing stands out', async () => {
    expect(textOf(await mountLevers([]), '.none')).toBe('No single change stands out. Keep your pace.');
  });
});

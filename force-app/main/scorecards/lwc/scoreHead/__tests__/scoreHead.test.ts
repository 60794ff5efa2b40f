import ScoreHead from 'c/scoreHead';
import { readScorecard } from 'c/scorecardRecords';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import { find, findAll, mount, textOf, unmountAll } from '../../../../../test/jest-support/components.ts';
import { cardAnswer } from '../../../../../test/jest-support/scorecardAnswer.ts';

const mountHead = (changes: Record<string, unknown> = {}, owner?: string) =>
  mount('c-score-head', ScoreHead, { card: readScorecard(cardAnswer(changes)), owner });
const sentence = (host: { readonly shadowRoot: ShadowRoot }) =>
  find<HTMLElement & { sentence: string }>(host, 'c-verdict-mark').sentence;

describe('c-score-head', () => {
  afterEach(unmountAll);

  it('gives the score with its range, the period, and what it is beside', async () => {
    const head = await mountHead();
    expect(textOf(head, '.score')).toBe('71 of 100 likely 63 to 78');
    expect(textOf(head, '.period')).toBe('Q3 2026, 41 days left');
    expect(textOf(head, '.beside')).toBe('Q2 2026: 64 · team 74');
    expect(find(head, 'c-range-bar')).toMatchObject({ value: 71, low: 63, high: 78, team: 74, previous: 64 });
    await expect(inRealTime(head)).toBeAccessible();
  });

  it('rounds the score, whose range is wide', async () => {
    const head = await mountHead({ Score__c: 74.8, Score_Low__c: 44.5, Score_High__c: 95.3 });
    expect(textOf(head, '.score')).toBe('75 of 100 likely 45 to 95');
  });

  it.each([
    ['noEvidence', 7, -4, 17, 'No evidence of change since Q2 2026: +7, likely −4 to +17.'],
    ['improved', 9, 1.2, 17, 'Improved since Q2 2026: +9, likely +1 to +17.'],
    ['declined', -12, -20, -4, 'Declined since Q2 2026: −12, likely −20 to −4.'],
  ])('says in a sentence whether it %s', async (verdict, change, low, high, words) => {
    const head = await mountHead({
      Verdict__c: verdict,
      Change__c: change,
      Change_Low__c: low,
      Change_High__c: high,
    });
    expect(sentence(head)).toBe(words);
  });

  it('says nothing of a change where there is nothing to compare with', async () => {
    const none = { Verdict__c: null, Change__c: null, Previous_Score__c: null, Team_Score__c: null };
    expect(findAll(await mountHead(none), '.verdict, .beside')).toHaveLength(0);
  });

  it('tells of a new rep which month it is', async () => {
    expect(textOf(await mountHead({ Ramp_Month__c: 2 }), '.ramp')).toBe('Ramping, month 2');
    expect(findAll(await mountHead(), '.ramp')).toHaveLength(0);
  });

  it('shows no score before 20 calls, and how many there are', async () => {
    const noScore = { Score__c: null, Score_Low__c: null, Score_High__c: null, Dials__c: 7 };
    const head = await mountHead(noScore);
    expect(textOf(head, '.no-score')).toBe('Your first score comes after 20 calls. You have 7.');
    expect(findAll(head, '.score, .verdict, c-range-bar')).toHaveLength(0);
    expect(textOf(await mountHead(noScore, 'Maya Lindqvist'), '.no-score')).toBe(
      'The first score comes after 20 calls. Maya Lindqvist has 7.',
    );
  });

  it('names no rank', async () => {
    const head = await mountHead({ Rank_Low__c: 3, Rank_High__c: 10 });
    expect(textOf(head)).not.toMatch(/rank|3 ?[-–] ?10/iu);
  });
});

import { boardCsv, figureWords, needsOf, needWords, rangeWords, summaryOf, verdictWord } from 'c/teamFigures';
import { teamCard } from '../../../../../test/jest-support/teamAnswer.ts';

describe('c/teamFigures', () => {
  it('adds up a team', () => {
    const summary = summaryOf([
      teamCard({ verdict: 'declined', callsContradicted: 1 }),
      teamCard({ verdict: 'improved', quota: 300_000, wonAmount: 200_000, periodShare: 0.7, dials: 0 }),
      teamCard({ quota: undefined, wonAmount: 999, verdict: undefined }),
    ]);
    expect(summary).toMatchObject({
      people: 3,
      quota: 400_000,
      wonAmount: 240_000,
      attainment: 0.6,
      improved: 1,
      declined: 1,
      unchanged: 0,
      contradicted: 1,
      calls: 291,
      callsConfirmed: 284,
    });
    expect(summary.periodShare).toBeCloseTo(0.5667, 4);
  });

  it('counts who called in the last seven days, today included, while the period runs', () => {
    const cards = [
      teamCard({ lastCallOn: '2026-08-20' }),
      teamCard({ lastCallOn: '2026-08-14' }),
      teamCard({ lastCallOn: '2026-08-13' }),
      teamCard({ lastCallOn: undefined }),
    ];
    expect(summaryOf(cards, '2026-08-20').callers).toBe(2);
    expect(summaryOf(cards, '2026-09-30').callers).toBe(0);
    expect(summaryOf(cards, '2026-10-01').callers).toBeUndefined();
  });

  it('gives the average a range that the independent errors of n scores leave it', () => {
    const four = Array.from({ length: 4 }, () => teamCard({ score: 70, scoreLow: 60, scoreHigh: 80 }));
    const { score, scoreLow, scoreHigh } = summaryOf(four);
    // Half of one score's range, over the root of four.
    expect([score, scoreLow, scoreHigh]).toEqual([70, 65, 75]);
  });

  it('knows no score and no attainment where nobody has one', () => {
    const summary = summaryOf([teamCard({ score: undefined, quota: 0 })]);
    expect([summary.score, summary.attainment]).toEqual([undefined, undefined]);
    expect(summaryOf([]).people).toBe(0);
  });

  it('names who needs the manager by name, and says why', () => {
    const cards = [
      teamCard({
        repId: '2',
        name: 'Zoe',
        verdict: 'declined',
        change: -21,
        changeLow: -40,
        changeHigh: -0.6,
      }),
      teamCard({ repId: '1', name: 'Ana', callsContradicted: 2 }),
      teamCard({ repId: '3', name: 'Ben' }),
    ];
    expect(needsOf(cards).map((card) => [card.name, ...needWords(card)])).toEqual([
      ['Ana', '2 calls contradicted by the network'],
      ['Zoe', 'declined: 71 now, 64 in Q2 2026, likely −40 to −0.6 points'],
    ]);
  });

  it('never gives a score, a rank or a change without its range', () => {
    const card = teamCard();
    expect(figureWords.scoreWords(card.score, card.scoreLow, card.scoreHigh)).toBe('71 (63 to 78)');
    expect(figureWords.rankWords(card)).toBe('3 to 10 of 12');
    expect(figureWords.changeWords(card)).toBe('+7 (−4 to +17)');
    expect(figureWords.rankWords(teamCard({ rankLow: undefined }))).toBeUndefined();
    expect(rangeWords(undefined, 3)).toBeUndefined();
  });

  it('sets what was won against the days that have passed', () => {
    expect(figureWords.paceWords(0.4, 0.5)).toBe('80% of pace');
    expect(figureWords.paceWords(0.4, 0)).toBeUndefined();
    expect(figureWords.paceWords(undefined, 0.5)).toBeUndefined();
  });

  it('says an unproven change in words that no one takes for none', () => {
    expect(verdictWord('noEvidence')).toBe('No evidence of change');
  });

  it('exports a line a rep, and no formula', () => {
    const [head, line] = boardCsv([teamCard({ name: '=cmd("x"), y', score: 71.5, quota: undefined })]).split(
      '\r\n',
    );
    expect(head?.startsWith('Rep,Manager,Period,Score,')).toBe(true);
    expect(line?.startsWith(`"'=cmd(""x""), y",,Q3 2026,71.5,63,78,74,same,3,10,12,,40000,`)).toBe(true);
    expect(line?.split(',')).toHaveLength((head?.split(',').length ?? 0) + 1);
  });
});

import TeamHeadline from 'c/teamHeadline';
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

const mountHeadline = (...cards: ReturnType<typeof teamCard>[]) =>
  mount('c-team-headline', TeamHeadline, { cards });

describe('c-team-headline', () => {
  afterEach(unmountAll);

  it('says what the team comes to, and how it keeps up with the days', async () => {
    const headline = await mountHeadline(teamCard(), teamCard({ repId: '2', wonAmount: 60_000 }));
    expect(textOf(headline, '.figures')).toBe(
      'Team average, likely 71 (65 to 76) Attainment 50% $100K won of $200K, $60K open to close in the quarter 50% of the working days have begun: 100% of pace',
    );
    expect(textOf(headline, '.needs')).toBe('Nobody declined, and no call is contradicted.');
  });

  it('shows no attainment where nobody has a quota', async () => {
    const headline = await mountHeadline(teamCard({ quota: undefined, score: undefined }));
    expect(textOf(headline, '.figures')).toBe(
      'Team average, likely no score yet 50% of the working days have begun',
    );
  });

  it('names whom the manager is needed by and why, and opens their card', async () => {
    const headline = await mountHeadline(
      teamCard({ repId: '2', name: 'Zoe', verdict: 'declined', changeLow: -40, changeHigh: -1 }),
      teamCard({ repId: '1', name: 'Ana', callsContradicted: 1 }),
    );
    const opened = detailsOf(headline, 'open');
    expect(textOf(headline, '.needs-title')).toBe('Needs you: 1 declined · 1 contradicted call');
    expect(findAll(headline, 'li').map((item) => item.textContent)).toEqual([
      'Ana1 call contradicted by the network',
      'Zoedeclined: 71 now, 64 in Q2 2026, likely −40 to −1 points',
    ]);
    find(headline, 'li .name').click();
    expect(opened).toEqual([{ repId: '1', name: 'Ana' }]);
  });

  it('names five, and the rest when asked', async () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      teamCard({ repId: `${index}`, name: `Rep ${index}`, callsContradicted: 1 }),
    );
    const headline = await mountHeadline(...many);
    expect(findAll(headline, 'li')).toHaveLength(5);
    const more = find<HTMLElement & { label: string }>(headline, 'lightning-button');
    expect(more.label).toBe('Show 4 more');
    more.click();
    await rendered();
    expect(findAll(headline, 'li')).toHaveLength(9);
  });
});

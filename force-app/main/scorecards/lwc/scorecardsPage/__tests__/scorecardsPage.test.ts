import { graphql } from 'lightning/graphql';
import userId from '@salesforce/user/Id';
import ScorecardsPage from 'c/scorecardsPage';
import {
  emit,
  find,
  findAll,
  mount,
  rendered,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { repsAnswer } from '../../../../../test/jest-support/scorecardAnswer.ts';

const MAYA = { userId: '005M', name: 'Maya Lindqvist' };
const TOMAS = { userId: '005T', name: 'Tomas Okafor' };
const SELF = { userId, name: 'Ana Self' };

async function mountPage(reps: readonly { userId: string; name: string }[]) {
  const page = await mount('c-scorecards-page', ScorecardsPage, {});
  emit(graphql, { data: repsAnswer(reps) });
  await rendered();
  return page;
}

const shownRep = (host: { readonly shadowRoot: ShadowRoot }) =>
  find<HTMLElement & { repId: string }>(host, 'c-scorecard').repId;

describe('c-scorecards-page', () => {
  afterEach(unmountAll);

  it('shows a rep the own card and no choice', async () => {
    const page = await mountPage([SELF]);
    expect(shownRep(page)).toBe(userId);
    expect(findAll(page, 'lightning-combobox')).toHaveLength(0);
  });

  it('shows the own card when there is none yet', async () => {
    expect(shownRep(await mountPage([]))).toBe(userId);
  });

  it('shows the own card, which says what is wrong, when the reps could not be read', async () => {
    const page = await mount('c-scorecards-page', ScorecardsPage, {});
    emit(graphql, { errors: [{ message: 'Service unavailable' }] });
    await rendered();
    expect(shownRep(page)).toBe(userId);
  });

  it('lets a manager choose among the reps whose cards sharing shows', async () => {
    const page = await mountPage([TOMAS, MAYA]);
    const chooser = find<HTMLElement & { options: object }>(page, 'lightning-combobox');
    expect(chooser.options).toEqual([
      { label: 'Maya Lindqvist', value: '005M' },
      { label: 'Tomas Okafor', value: '005T' },
    ]);
    expect(shownRep(page)).toBe('005M');
    const mayasCard = find(page, 'c-scorecard');
    chooser.dispatchEvent(new CustomEvent('change', { detail: { value: '005T' } }));
    await rendered();
    expect(shownRep(page)).toBe('005T');
    expect(find(page, 'c-scorecard')).not.toBe(mayasCard);
  });

  it('begins with the own card where there are others too', async () => {
    const page = await mountPage([MAYA, SELF]);
    expect(shownRep(page)).toBe(userId);
  });
});

import { graphql } from 'lightning/graphql';
import { publish } from 'lightning/messageService';
import type { PageMessages } from 'lightning/messageService';
import Scorecard from 'c/scorecard';
import {
  emit,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { answerWith, cardAnswer } from '../../../../../test/jest-support/scorecardAnswer.ts';

type Answer = { readonly data?: unknown; readonly errors?: readonly { message: string }[] };

/** Longer than the card waits between its looks, so that each step lets it look once. */
const REFRESH_DELAYS = Array<number>(20).fill(20_000);
const refresh = jest.fn(() => Promise.resolve());
const online = jest.spyOn(navigator, 'onLine', 'get');

async function answer(given: Answer): Promise<void> {
  emit(graphql, { ...given, refresh });
  await rendered();
}

async function mountCard(given?: Answer, properties: object = {}) {
  const card = await mount('c-scorecard', Scorecard, properties);
  if (given !== undefined) await answer(given);
  return card;
}

/** What the org answers to the n-th refresh; the last one stays. */
function orgAnswers(...watermarks: number[]): void {
  refresh.mockImplementation(() => {
    const watermark = watermarks.length > 1 ? watermarks.shift() : watermarks[0];
    return answer({ data: cardAnswer({ Watermark__c: watermark, Score__c: watermark }) });
  });
}

async function pass(milliseconds: number): Promise<void> {
  jest.advanceTimersByTime(milliseconds);
  await rendered();
  await rendered();
}

function callSaved(position: number): void {
  publish({} as PageMessages, 'Scoreline_Call__c' as never, {
    kind: 'callSaved',
    callId: 'call-1',
    position,
  });
}

const shownScore = (host: { readonly shadowRoot: ShadowRoot }) =>
  find<HTMLElement & { card: { score: number } }>(host, 'c-score-head').card.score;
const status = (host: { readonly shadowRoot: ShadowRoot }) => textOf(host, '[role="status"]');

describe('c-scorecard', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    online.mockReturnValue(true);
    refresh.mockReset();
    refresh.mockResolvedValue();
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('gives head, levers, table and evidence one card', async () => {
    const card = await mountCard({ data: cardAnswer() });
    type Part = HTMLElement & { card: { score: number } };
    const parts = ['c-score-head', 'c-metric-views', 'c-score-evidence'];
    expect(parts.map((part) => find<Part>(card, part).card.score)).toEqual([71, 71, 71]);
    expect(find<HTMLElement & { isOwn: boolean }>(card, 'c-score-levers').isOwn).toBe(true);
    expect(find<HTMLElement & { isOwn: boolean }>(card, 'c-metric-views').isOwn).toBe(true);
  });

  it('says the same of a rep who has no card yet', async () => {
    const none = { data: answerWith([]) };
    expect(textOf(await mountCard(none), '.message')).toBe(
      'Your first score comes after 20 calls. You have 0.',
    );
    const maya = await mountCard(none, { repId: '005M', repName: 'Maya Lindqvist' });
    await answer(none);
    expect(textOf(maya, '.message')).toBe('The first score comes after 20 calls. Maya Lindqvist has 0.');
  });

  it('shows grey boxes only when it takes long, and says so once', async () => {
    const card = await mountCard();
    await pass(299);
    expect([findAll(card, '.stencil').length, status(card)]).toEqual([0, '']);
    await pass(1);
    expect([findAll(card, '.stencil').length, status(card)]).toEqual([1, 'Loading scorecard']);
    await answer({ data: cardAnswer() });
    expect(findAll(card, '.stencil')).toHaveLength(0);
  });

  it('keeps the old figures when a read fails, and tries again when asked', async () => {
    const card = await mountCard({ data: cardAnswer() });
    await answer({ errors: [{ message: 'Service unavailable' }] });
    expect(shownScore(card)).toBe(71);
    expect(textOf(card, '[role="alert"]')).toBe('Could not load the scorecard.');
    find(card, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    expect(refresh).toHaveBeenCalledTimes(1);
    await answer({ data: cardAnswer() });
    expect(findAll(card, 'c-error-panel')).toHaveLength(0);
    expect(textOf(card, '[role="alert"]')).toBe('');
  });

  it('names the permission set that is missing', async () => {
    const card = await mountCard({
      errors: [{ message: "Field 'Rep_Scorecard__c' in type 'RecordQuery' is undefined" }],
    });
    expect(textOf(card, '.message')).toBe(
      'You need the Scoreline Rep permission set. Ask your Salesforce admin.',
    );
    expect(findAll(card, 'c-error-panel')).toHaveLength(0);
  });

  it('says from when the figures are while offline, and reads again afterwards', async () => {
    const card = await mountCard({ data: cardAnswer() });
    online.mockReturnValue(false);
    window.dispatchEvent(new CustomEvent('offline'));
    await rendered();
    expect(textOf(card, '.bar')).toBe(
      'You are offline. Figures are from 6:10 AM. Finished calls are kept here and sent when you are back.',
    );
    online.mockReturnValue(true);
    window.dispatchEvent(new CustomEvent('online'));
    await rendered();
    expect(findAll(card, '.bar')).toHaveLength(0);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('reads until the figures include the saved call, and shows the old ones meanwhile', async () => {
    const card = await mountCard({ data: cardAnswer({ Watermark__c: 50, Score__c: 50 }) });
    orgAnswers(50, 50, 51);
    callSaved(51);
    await pass(0);
    expect(textOf(card, '.counting')).toBe('Counting your last call…');
    expect(shownScore(card)).toBe(50);
    await pass(300);
    await pass(500);
    expect(shownScore(card)).toBe(51);
    expect([textOf(card, '.counting'), status(card)]).toEqual(['', 'Scorecard updated']);
    // From here on only the look for changes elsewhere, every 15 s.
    await pass(14_000);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  it('waits for the newest of several calls', async () => {
    const card = await mountCard({ data: cardAnswer({ Watermark__c: 50 }) });
    orgAnswers(51, 51, 52);
    callSaved(52);
    callSaved(51);
    await pass(0);
    expect(textOf(card, '.counting')).toBe('Counting your last call…');
    await pass(300);
    await pass(500);
    expect(textOf(card, '.counting')).toBe('');
  });

  it('says when the last call is still missing after a minute', async () => {
    const card = await mountCard({ data: cardAnswer({ Watermark__c: 50 }) });
    orgAnswers(50);
    callSaved(51);
    await REFRESH_DELAYS.reduce((before, delay) => before.then(() => pass(delay)), Promise.resolve());
    expect(textOf(card, '.counting')).toContain('Your last call is not in these figures yet.');
    const reads = refresh.mock.calls.length;
    await pass(60_000);
    expect(refresh).toHaveBeenCalledTimes(reads + 4);
  });

  it('looks every 15 seconds for what changed elsewhere, while it can be seen', async () => {
    const card = await mountCard({ data: cardAnswer({ Score__c: 50 }) });
    orgAnswers(51);
    await pass(15_000);
    expect([refresh.mock.calls.length, shownScore(card)]).toEqual([1, 51]);
    const hidden = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await pass(60_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    hidden.mockRestore();
    card.remove();
    await pass(60_000);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('does not wait for the user’s calls on another rep’s card', async () => {
    const card = await mountCard({ data: cardAnswer() }, { repId: '005M', repName: 'Maya Lindqvist' });
    callSaved(999);
    await pass(1_000);
    expect(refresh).not.toHaveBeenCalled();
    expect(textOf(card, '.counting')).toBe('');
  });

  it('announces what the metrics show', async () => {
    const card = await mountCard({ data: cardAnswer() });
    find(card, 'c-metric-views').dispatchEvent(new CustomEvent('viewchange', { detail: { label: 'Weeks' } }));
    await rendered();
    expect(status(card)).toBe('Showing figures: weeks');
  });

  it('opens every row while it is printed', async () => {
    const card = await mountCard({ data: cardAnswer() });
    const isPrinting = () => find<HTMLElement & { isPrinting: boolean }>(card, 'c-metric-views').isPrinting;
    window.dispatchEvent(new CustomEvent('beforeprint'));
    await rendered();
    expect(isPrinting()).toBe(true);
    window.dispatchEvent(new CustomEvent('afterprint'));
    await rendered();
    expect(isPrinting()).toBe(false);
  });
});

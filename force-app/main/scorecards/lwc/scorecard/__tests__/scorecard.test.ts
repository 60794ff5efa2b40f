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

  it('gives the score with its range, the period and the evidence', async () => {
    const card = await mountCard({ data: cardAnswer() });
    expect(textOf(card, '.score')).toBe('71 of 100 likely 63 to 78');
    expect(textOf(card, '.period')).toBe('Q3 2026, 41 days left');
    expect(textOf(card, '.sum')).toBe('Points add up to 71 of 100.');
    expect(textOf(card, '.evidence')).toBe('Evidence: 97 of 100 calls logged, 2 pending, 1 contradicted.');
    // 13:10 UTC in the zone of the test platform's user, Los Angeles.
    expect(textOf(card, '.basis')).toBe('Score uses verified calls only. Updated 6:10 AM.');
  });

  it('rounds the score, whose range is wide, but not the points that add up to it', async () => {
    const scores = { Score__c: 74.8, Score_Low__c: 44.5, Score_High__c: 95.3 };
    const card = await mountCard({ data: cardAnswer(scores) });
    expect(textOf(card, '.score')).toBe('75 of 100 likely 45 to 95');
    expect(textOf(card, '.sum')).toBe('Points add up to 74.8 of 100.');
  });

  it('explains the marks of the scales, in words alone to who cannot see them', async () => {
    const card = await mountCard({ data: cardAnswer() });
    expect(findAll(card, '.mark').map((mark) => mark.textContent?.trim())).toEqual([
      'now',
      'likely range (95%)',
      'target',
    ]);
    expect(findAll(card, '.mark svg:not([aria-hidden="true"])')).toHaveLength(0);
  });

  it('says when no switch or carrier reports', async () => {
    const card = await mountCard({ data: cardAnswer({ Evidence_Basis__c: 'reported' }) });
    expect(textOf(card, '.basis')).toContain('the phone’s own figures');
  });

  it('shows no score before 20 calls, and how many there are', async () => {
    const noScore = { Score__c: null, Score_Low__c: null, Score_High__c: null, Dials__c: 7 };
    const card = await mountCard({ data: cardAnswer(noScore) });
    expect(textOf(card, '.no-score')).toBe('Your first score comes after 20 calls. You have 7.');
    expect(findAll(card, '.score, .sum')).toHaveLength(0);
    expect(findAll(card, 'c-metric-table')).toHaveLength(1);
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
    expect(textOf(card, '.score')).toContain('71 of 100');
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
    expect(textOf(card, '.score')).toContain('50 of 100');
    await pass(300);
    await pass(500);
    expect(textOf(card, '.score')).toContain('51 of 100');
    expect([textOf(card, '.counting'), status(card)]).toEqual(['', 'Scorecard updated']);
    await pass(60_000);
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
    expect(refresh).toHaveBeenCalledTimes(reads);
  });

  it('does not wait for the user’s calls on another rep’s card', async () => {
    const card = await mountCard({ data: cardAnswer() }, { repId: '005M', repName: 'Maya Lindqvist' });
    callSaved(999);
    await pass(1_000);
    expect(refresh).not.toHaveBeenCalled();
    expect(textOf(card, '.counting')).toBe('');
  });
});

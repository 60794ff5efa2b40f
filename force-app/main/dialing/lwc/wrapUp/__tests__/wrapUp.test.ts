import WrapUp from 'c/wrapUp';
import { OUTCOMES } from 'c/callContract';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { callWith, LEO, PEOPLE } from '../../../../../test/jest-support/phone.ts';

type Host = { readonly shadowRoot: ShadowRoot };

const CALL = callWith({ state: 'ended', startedAtMs: 0, answeredAtMs: 0, endedAtMs: 252_000 });
const mountWrapUp = (draft?: object) =>
  mount('c-wrap-up', WrapUp, { call: CALL, outcomes: OUTCOMES, isOutcomeOptional: false, draft });

function choose(host: Host, group: 'outcomes' | 'follow-ups', value: string): void {
  find(host, `.${group}`).dispatchEvent(new CustomEvent('choose', { detail: { value } }));
}

function writeNote(host: Host, note: string): void {
  const area = find<HTMLTextAreaElement>(host, 'lightning-textarea');
  area.value = note;
  area.dispatchEvent(new CustomEvent('change', { detail: { value: note } }));
}

describe('c-wrap-up', () => {
  beforeEach(() => {
    // jsdom lacks it.
    Element.prototype.scrollIntoView = jest.fn();
    // 03:30 UTC on the 2nd is still the 1st in the test platform's zone, Los Angeles.
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'], now: new Date('2026-03-02T03:30:00Z') });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('says which call it is about', async () => {
    expect(textOf(await mountWrapUp(), 'h2')).toBe('Ended 4:12 · Ana Ruiz');
  });

  it('says what to do about a call that nobody took, and nothing of one that was', async () => {
    const wrapUp = await mountWrapUp();
    expect(findAll(wrapUp, '.advice')).toEqual([]);
    wrapUp.call = callWith({
      state: 'ended',
      answeredAtMs: undefined,
      endCause: 'noAnswer',
      advice: 'nobodyAnswered',
    });
    await rendered();
    expect(textOf(wrapUp, '.advice')).toBe('Call again at another time of day, or leave a message.');
  });

  it('saves outcome, note and follow-up', async () => {
    const wrapUp = await mountWrapUp();
    const saved = detailsOf(wrapUp, 'save');
    choose(wrapUp, 'outcomes', 'callBack');
    writeNote(wrapUp, ' Wants the new tent \n');
    choose(wrapUp, 'follow-ups', 'week');
    find(wrapUp, '.save').click();
    expect(saved).toEqual([{ outcome: 'callBack', note: 'Wants the new tent', followUpOn: '2026-03-08' }]);
  });

  it('saves and asks for the next one, where somebody is next', async () => {
    const wrapUp = await mountWrapUp();
    const next = () => findAll(wrapUp, 'button').find(({ textContent }) => textContent === 'Save and next');
    expect(next()).toBeUndefined();
    wrapUp.call = { ...CALL, request: { ...CALL.request, hasNext: true } };
    await rendered();
    const [saved, wanted] = [detailsOf(wrapUp, 'save'), detailsOf(wrapUp, 'next')];
    next()?.click();
    expect([saved, wanted]).toEqual([[], []]);
    choose(wrapUp, 'outcomes', 'meeting');
    next()?.click();
    expect(saved).toEqual([{ outcome: 'meeting', note: '' }]);
    expect(wanted).toEqual([{ call: wrapUp.call }]);
  });

  it('goes on without an outcome where the admin allows it, and there alone', async () => {
    const wrapUp = await mountWrapUp();
    const button = () => findAll(wrapUp, 'button').find(({ textContent }) => textContent === 'No outcome');
    expect(button()).toBeUndefined();
    wrapUp.isOutcomeOptional = true;
    await rendered();
    const [left, saved] = [detailsOf(wrapUp, 'leaveout'), detailsOf(wrapUp, 'save')];
    button()?.click();
    expect([left, saved]).toEqual([[{ callId: CALL.callId }], []]);
    find(wrapUp, '.save').click();
    await rendered();
    expect(find<HTMLElement & { error: string }>(wrapUp, '.outcomes').error).toBe(
      'Choose an outcome to save.',
    );
  });

  it('counts tomorrow in the zone of the rep', async () => {
    const wrapUp = await mountWrapUp();
    const saved = detailsOf(wrapUp, 'save');
    choose(wrapUp, 'outcomes', 'meeting');
    choose(wrapUp, 'follow-ups', 'tomorrow');
    find(wrapUp, '.save').click();
    expect(saved).toEqual([{ outcome: 'meeting', note: '', followUpOn: '2026-03-02' }]);
  });

  it('takes any day', async () => {
    const wrapUp = await mountWrapUp();
    const saved = detailsOf(wrapUp, 'save');
    choose(wrapUp, 'outcomes', 'meeting');
    choose(wrapUp, 'follow-ups', 'date');
    await rendered();
    find(wrapUp, 'lightning-input').dispatchEvent(
      new CustomEvent('change', { detail: { value: '2026-04-01' } }),
    );
    find(wrapUp, '.save').click();
    expect(saved).toEqual([{ outcome: 'meeting', note: '', followUpOn: '2026-04-01' }]);
  });

  it('is not saved without an outcome, and says so', async () => {
    const wrapUp = await mountWrapUp();
    const saved = detailsOf(wrapUp, 'save');
    const missing = detailsOf(wrapUp, 'outcomemissing');
    writeNote(wrapUp, 'kept');
    find(wrapUp, '.save').click();
    await rendered();
    expect(saved).toHaveLength(0);
    expect(missing).toHaveLength(1);
    expect(textOf(find(wrapUp, '.outcomes'), '.error')).toBe('Choose an outcome before the next call.');
    choose(wrapUp, 'outcomes', 'busy');
    await rendered();
    expect(findAll(find(wrapUp, '.outcomes'), '.error')).toHaveLength(0);
  });

  it('is saved by Ctrl+Enter from the note', async () => {
    const wrapUp = await mountWrapUp();
    const saved = detailsOf(wrapUp, 'save');
    choose(wrapUp, 'outcomes', 'noAnswer');
    find(wrapUp, 'lightning-textarea').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }),
    );
    expect(saved).toEqual([{ outcome: 'noAnswer', note: '' }]);
  });

  it('brings a field that gets the focus out from behind Save', async () => {
    const wrapUp = await mountWrapUp();
    const note = find(wrapUp, 'lightning-textarea');
    note.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    expect(jest.mocked(Element.prototype.scrollIntoView).mock.contexts).toEqual([note]);
  });

  it('tells every change, and starts from what was entered before', async () => {
    const draft = { outcome: 'meeting', note: 'half a no', followUpOn: '2026-04-01' };
    const wrapUp = await mountWrapUp(draft);
    const drafts = detailsOf(wrapUp, 'draft');
    writeNote(wrapUp, 'half a note');
    expect(drafts).toEqual([{ ...draft, note: 'half a note' }]);
  });

  it('asks whose call it was where several have the number, and remembers', async () => {
    const call = {
      ...CALL,
      request: { requestId: 'r', number: '+1 303 555 0113' },
      matchedRecordIds: ['003A', '003B'],
    };
    const wrapUp = await mount('c-wrap-up', WrapUp, { call, outcomes: OUTCOMES, people: PEOPLE });
    const choices = detailsOf(wrapUp, 'choose');
    const records = find<HTMLElement & { label: string; options: { label: string }[] }>(wrapUp, '.records');
    expect(records.label).toBe('2 people have this number. Choose once; we remember.');
    expect(records.options.map(({ label }) => label)).toEqual([
      'Ana Ruiz, Acme Ltd',
      'Leo Sand, Brightwater',
      'None of these',
    ]);
    records.dispatchEvent(new CustomEvent('choose', { detail: { value: '003B' } }));
    records.dispatchEvent(new CustomEvent('choose', { detail: { value: 'none' } }));
    expect(choices).toEqual([
      { callId: 'call-1', person: LEO },
      { callId: 'call-1', person: undefined },
    ]);
  });

  it('changes whose call it was on demand, and takes the focus there', async () => {
    const call = { ...CALL, matchedRecordIds: ['003A', '003B'] };
    const wrapUp = await mount('c-wrap-up', WrapUp, { call, outcomes: OUTCOMES, people: PEOPLE });
    expect(findAll(wrapUp, '.records')).toHaveLength(0);
    find(wrapUp, '.change').click();
    await rendered();
    expect(wrapUp.shadowRoot.activeElement).toBe(find(wrapUp, '.records'));
    find(wrapUp, '.records').dispatchEvent(new CustomEvent('choose', { detail: { value: '003B' } }));
    await rendered();
    expect(findAll(wrapUp, '.records')).toHaveLength(0);
    expect(wrapUp.shadowRoot.activeElement).toBe(find(wrapUp, '.outcomes'));
  });

  it('offers no change where nobody else has the number', async () => {
    expect(findAll(await mountWrapUp(), '.change')).toHaveLength(0);
  });

  it('says how many calls wait for their outcome', async () => {
    const wrapUp = await mount('c-wrap-up', WrapUp, { call: CALL, outcomes: OUTCOMES, owedCount: 2 });
    expect(textOf(wrapUp, '.owed')).toBe('1 of 2');
  });

  it('shows the first five of many outcomes', async () => {
    const many = [...OUTCOMES, { ...OUTCOMES[0], code: 'referral' as never, label: 'Referral', key: '8' }];
    const wrapUp = await mount('c-wrap-up', WrapUp, { call: CALL, outcomes: many as typeof OUTCOMES });
    const outcomes = find<HTMLElement & { shownCount: number }>(wrapUp, '.outcomes');
    expect(outcomes.shownCount).toBe(5);
    expect(findAll(outcomes, 'input')).toHaveLength(5);
  });

  it('is accessible', async () => {
    const host = await mountWrapUp();
    await expect(inRealTime(host)).toBeAccessible();
  });
});

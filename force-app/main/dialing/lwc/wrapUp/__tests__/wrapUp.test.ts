import WrapUp from 'c/wrapUp';
import { OUTCOMES } from 'c/callContract';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { callWith } from '../../../../../test/jest-support/phone.ts';

type Host = { readonly shadowRoot: ShadowRoot };

const CALL = callWith({ state: 'ended', startedAtMs: 0, answeredAtMs: 0, endedAtMs: 252_000 });
const mountWrapUp = (draft?: object) => mount('c-wrap-up', WrapUp, { call: CALL, outcomes: OUTCOMES, draft });

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

  it('saves outcome, note and follow-up', async () => {
    const wrapUp = await mountWrapUp();
    const saved = detailsOf(wrapUp, 'save');
    choose(wrapUp, 'outcomes', 'callBack');
    writeNote(wrapUp, ' Wants the new tent \n');
    choose(wrapUp, 'follow-ups', 'week');
    find(wrapUp, '.save').click();
    expect(saved).toEqual([{ outcome: 'callBack', note: 'Wants the new tent', followUpOn: '2026-03-08' }]);
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
});

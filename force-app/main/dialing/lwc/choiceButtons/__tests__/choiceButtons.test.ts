import ChoiceButtons from 'c/choiceButtons';
import {
  detailsOf,
  find,
  findAll,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';

const OPTIONS = [
  { value: 'meeting', label: 'Meeting', key: '1' },
  { value: 'callBack', label: 'Call back', key: '2' },
];

function typed(key: string, changes: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...changes });
}

describe('c-choice-buttons', () => {
  afterEach(unmountAll);

  const mountGroup = (value?: string) =>
    mount('c-choice-buttons', ChoiceButtons, { label: 'Outcome', name: 'outcome', options: OPTIONS, value });

  it('is a group of radios under its legend, with the digits shown', async () => {
    const group = await mountGroup('callBack');
    expect(textOf(group, 'legend')).toBe('Outcome');
    expect(textOf(group, '.face')).toBe('1 Meeting 2 Call back');
    expect(findAll<HTMLInputElement>(group, 'input').map((radio) => radio.checked)).toEqual([false, true]);
  });

  it('is answered by a click', async () => {
    const group = await mountGroup();
    const chosen = detailsOf(group, 'choose');
    find(group, 'input[value="callBack"]').click();
    expect(chosen).toEqual([{ value: 'callBack' }]);
  });

  it('is answered by a digit while it has the focus', async () => {
    const group = await mountGroup();
    const chosen = detailsOf(group, 'choose');
    (group as unknown as HTMLElement).focus();
    const digit = typed('2');
    group.shadowRoot.activeElement?.dispatchEvent(digit);
    expect(chosen).toEqual([{ value: 'callBack' }]);
    expect(digit.defaultPrevented).toBe(true);
    expect(group.shadowRoot.activeElement).toBe(find(group, 'input[value="callBack"]'));
  });

  it('says what is wrong with the answer, in the description of the group', async () => {
    const group = await mountGroup();
    const describedBy = find(group, 'fieldset').getAttribute('aria-describedby') ?? '';
    expect(textOf(group, `[id="${describedBy}"]`)).toBe('');
    Object.assign(group, { error: 'Choose an outcome.' });
    await rendered();
    expect(textOf(group, `[id="${describedBy}"]`)).toBe('Choose an outcome.');
  });

  it('keeps room for each text in bold', async () => {
    const group = await mountGroup('callBack');
    expect(findAll(group, '.face').map((face) => face.getAttribute('data-text'))).toEqual([
      '1 Meeting',
      '2 Call back',
    ]);
  });

  it('leaves other keys alone', async () => {
    const group = await mountGroup();
    const chosen = detailsOf(group, 'choose');
    find(group, 'input').dispatchEvent(typed('9'));
    find(group, 'input').dispatchEvent(typed('1', { ctrlKey: true }));
    expect(chosen).toHaveLength(0);
  });

  it('hides what is beyond the first few until it is asked for, typed or chosen', async () => {
    const options = [...OPTIONS, { value: 'busy', label: 'Busy', key: '3' }];
    const properties = { label: 'Outcome', name: 'outcome', options, shownCount: 2 };
    const group = await mount('c-choice-buttons', ChoiceButtons, properties);
    const values = (host: { readonly shadowRoot: ShadowRoot }) =>
      findAll<HTMLInputElement>(host, 'input').map(({ value }) => value);
    expect(values(group)).toEqual(['meeting', 'callBack']);
    find(group, '.more').click();
    await rendered();
    expect(values(group)).toHaveLength(3);
    expect(group.shadowRoot.activeElement).toBe(find(group, 'input[value="busy"]'));
    const typedGroup = await mount('c-choice-buttons', ChoiceButtons, properties);
    const chosen = detailsOf(typedGroup, 'choose');
    find(typedGroup, 'input').dispatchEvent(typed('3'));
    expect(chosen).toEqual([{ value: 'busy' }]);
    const chosenGroup = await mount('c-choice-buttons', ChoiceButtons, { ...properties, value: 'busy' });
    expect(values(chosenGroup)).toHaveLength(3);
  });
});

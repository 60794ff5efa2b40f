import { createRecord } from 'lightning/uiRecordApi';
import DriveEditor from 'c/driveEditor';
import { inRealTime } from '../../../../../test/jest-support/accessibility.ts';
import {
  detailsOf,
  find,
  mount,
  rendered,
  textOf,
  unmountAll,
} from '../../../../../test/jest-support/components.ts';
import { teamCard } from '../../../../../test/jest-support/teamAnswer.ts';

const created = jest.mocked(createRecord);
const CARDS = [teamCard({ repId: '005B', name: 'Ben' }), teamCard({ repId: '005A', name: 'Ana' })];

const mountEditor = (repId = '005A') => mount('c-drive-editor', DriveEditor, { cards: CARDS, repId });

async function enter(host: Parameters<typeof find>[0], selector: string, value: unknown): Promise<void> {
  find(host, selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await rendered();
}

async function start(host: Parameters<typeof find>[0]): Promise<void> {
  find(host, '.start').click();
  await rendered();
}

describe('c-drive-editor', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-08-20T12:00:00Z'), doNotFake: ['queueMicrotask'] });
    jest.clearAllMocks();
    created.mockResolvedValue({ id: 'drive-1' } as never);
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('begins with the rep it was asked for, tomorrow, for six weeks', async () => {
    const editor = await mountEditor();
    const group = find<HTMLElement & { options: object; value: object }>(editor, 'lightning-checkbox-group');
    expect(group.options).toEqual([
      { label: 'Ana', value: '005A' },
      { label: 'Ben', value: '005B' },
    ]);
    expect(group.value).toEqual(['005A']);
    const days = ['.first-day', '.last-day'].map(
      (selector) => find<HTMLElement & { value: string }>(editor, selector).value,
    );
    expect(days).toEqual(['2026-08-21', '2026-10-01']);
  });

  it('saves the drive and each of its people', async () => {
    const editor = await mountEditor();
    const started = detailsOf(editor, 'started');
    await enter(editor, '.metric', 'dials');
    await enter(editor, '.uplift', '15');
    await enter(editor, '.practice', 'Call before ten.');
    await enter(editor, 'lightning-checkbox-group', ['005A', '005B']);
    await start(editor);
    expect(created.mock.calls.map(([input]) => input)).toEqual([
      {
        apiName: 'Sales_Drive__c',
        fields: {
          Metric__c: 'dials',
          Uplift__c: 15,
          First_Day__c: '2026-08-21',
          Last_Day__c: '2026-10-01',
          Practice__c: 'Call before ten.',
        },
      },
      ...['005A', '005B'].map((repId) => ({
        apiName: 'Sales_Drive_Member__c',
        fields: { Drive__c: 'drive-1', Rep__c: repId, Member_Key__c: `drive-1:${repId}` },
      })),
    ]);
    expect(started).toEqual([{ text: 'Drive started for 2 people' }]);
  });

  it.each([
    ['.uplift', '0', 'Give a percentage above 0 and up to 100.'],
    ['.last-day', '2026-08-01', 'The last day lies before the first.'],
    ['.first-day', '', 'Give the first and the last day.'],
    ['lightning-checkbox-group', [], 'Choose at least one person.'],
  ])('says what is missing in %s', async (selector, value, problem) => {
    const editor = await mountEditor();
    await enter(editor, selector, value);
    await start(editor);
    expect(textOf(editor, '.problem')).toBe(problem);
    expect(created).not.toHaveBeenCalled();
  });

  it('says when Salesforce saved nothing, and when it saved a part', async () => {
    const editor = await mountEditor();
    const started = detailsOf(editor, 'started');
    created.mockRejectedValueOnce(new Error('Locked'));
    await start(editor);
    expect(textOf(editor, '.problem')).toBe(
      'Salesforce did not save the drive. Nothing was changed. Try again.',
    );
    created.mockResolvedValueOnce({ id: 'drive-1' } as never).mockRejectedValueOnce(new Error('Locked'));
    await start(editor);
    expect(started).toEqual([{ text: 'Drive started; 1 people could not be added' }]);
  });

  it('is accessible', async () => {
    await expect(inRealTime(await mountEditor())).toBeAccessible();
  });
});

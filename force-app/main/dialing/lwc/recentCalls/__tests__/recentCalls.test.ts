import RecentCalls from 'c/recentCalls';
import type { RecentCall } from 'c/callContract';
import type { SelectOption } from 'c/selectField';
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
import { PEOPLE } from '../../../../../test/jest-support/phone.ts';

// 12:00 UTC is 4 in the morning in the test platform's zone, Los Angeles.
const NOW = Date.parse('2026-03-02T12:00:00Z');
const HOUR_MS = 3_600_000;

function recent(callId: string, hoursAgo: number, changes: Partial<RecentCall> = {}): RecentCall {
  const startedAtMs = NOW - hoursAgo * HOUR_MS;
  return { callId, direction: 'outbound', startedAtMs, talkSeconds: 0, isMissed: false, ...changes };
}

const missed = { direction: 'inbound', isMissed: true } as const;
const CALLS = [
  recent('talked', 1, { number: '+1 303 555 0142', recordId: '003A', talkSeconds: 252 }),
  recent('left', 2, { ...missed, number: '+1 303 555 0113', recordId: '003B', voicemailSeconds: 42 }),
  recent('withheld', 30, missed),
  recent('calledBack', 40, { ...missed, number: '+1 303 555 0142', recordId: '003A' }),
  recent('older', 400, { direction: 'inbound', number: '+44 20 7946 0116' }),
];

const mountCalls = (calls: readonly RecentCall[] | undefined, more: object = {}) =>
  mount('c-recent-calls', RecentCalls, { calls, people: PEOPLE, ...more });

describe('c-recent-calls', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'], now: NOW });
  });
  afterEach(() => {
    unmountAll();
    jest.useRealTimers();
  });

  it('puts first who was missed and not spoken to since, each with glyph and word, in the zone of the rep', async () => {
    const list = await mountCalls(CALLS);
    expect(findAll(list, '.row').map((row) => row.dataset.callId)).toEqual([
      'left',
      'withheld',
      'talked',
      'calledBack',
      'older',
    ]);
    expect(findAll(list, '.words').map((words) => words.textContent)).toEqual([
      'Missed · 2:00 AM',
      'Missed · Sat 10:00 PM',
      'Outbound 4:12 · 3:00 AM',
      'Missed · Sat 12:00 PM',
      'Inbound, rejected · Feb 13, 12:00 PM',
    ]);
    const icons = findAll<HTMLElement & { iconName: string }>(list, '.glyph').map(({ iconName }) => iconName);
    expect(icons.slice(0, 3)).toEqual([
      'utility:missed_call',
      'utility:missed_call',
      'utility:outbound_call',
    ]);
  });

  it('asks whose call it was where several people have the number', async () => {
    const shared = recent('shared', 1, { number: '+1 303 555 0100', matchedRecordIds: ['003A', '003B'] });
    const list = await mountCalls([shared, ...CALLS]);
    const [field, ...others] = findAll<HTMLElement & { options: SelectOption[] }>(list, 'c-select-field');
    expect(others).toHaveLength(0);
    expect(field?.options.map(({ label }) => label)).toEqual([
      '2 people have this number',
      ...['003A', '003B'].map((id) => [PEOPLE[id]?.name, PEOPLE[id]?.company].filter(Boolean).join(', ')),
    ]);
    const chosen = detailsOf(list, 'choose');
    field?.dispatchEvent(new CustomEvent('pick', { detail: { value: '' } }));
    field?.dispatchEvent(new CustomEvent('pick', { detail: { value: '003B' } }));
    expect(chosen).toEqual([{ callId: 'shared', person: PEOPLE['003B'] }]);
  });

  it('calls back and calls again, but not a number that was withheld', async () => {
    const list = await mountCalls(CALLS);
    const calls = detailsOf(list, 'callback');
    const buttons = findAll(list, '.call');
    expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual([
      'Call back: Leo Sand',
      'Redial: Ana Ruiz',
      'Call back: Ana Ruiz',
      'Call back: +44 20 7946 0116',
    ]);
    buttons[1]?.click();
    expect(calls).toEqual([CALLS[0]]);
  });

  it('plays a message on demand, the player in the place of the button', async () => {
    const list = await mountCalls(CALLS);
    const plays = detailsOf(list, 'play');
    expect(textOf(list, '.play')).toBe('Message 0:42');
    find(list, '.play').click();
    expect(plays).toEqual([{ callId: 'left' }]);
    Object.assign(list, { voicemail: { callId: 'left', url: 'https://switch.example/left' } });
    await rendered();
    const player = find<HTMLAudioElement>(list, 'audio');
    expect([player.src, player.getAttribute('aria-label')]).toEqual([
      'https://switch.example/left',
      'Message from Leo Sand',
    ]);
    expect(findAll(list, '.play')).toHaveLength(0);
  });

  it('says why a message can’t be played, and lets it be tried again', async () => {
    const voicemail = { callId: 'left', trouble: 'This message can’t be played now.' };
    const list = await mountCalls(CALLS, { voicemail });
    expect(textOf(list, '.trouble')).toBe('This message can’t be played now.');
    expect(findAll(list, '.play')).toHaveLength(1);
  });

  it.each([
    [undefined, 'Reading your last calls.'],
    [[], 'No calls yet. Type a number on the keypad.'],
  ])('says so while there are none: %j', async (calls, words) => {
    expect(textOf(await mountCalls(calls), '.empty')).toBe(words);
  });

  it('is accessible', async () => {
    const list = await mountCalls(CALLS);
    await expect(inRealTime(list)).toBeAccessible();
  });
});

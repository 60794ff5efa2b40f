import type { Locator } from '@playwright/test';
import type { AudioChoices, PhoneCall, PhoneSnapshot, RecentCall } from '@scoreline/contract';

/** A state of the phone's screen, and what is pressed in it before the picture. */
export interface PhoneScreen {
  readonly name: string;
  readonly snapshot: PhoneSnapshot;
  readonly press?: (phone: Locator) => Promise<void>;
  /** As an admin may set it; else an outcome is required. */
  readonly isOutcomeOptional?: boolean;
}

/** Whose records the calls belong to. */
export interface CalledPeople {
  readonly ana: string;
  readonly lena: string;
  readonly samuel: string;
}

const HOUR_MS = 3_600_000;

const AUDIO: AudioChoices = {
  inputs: [
    { deviceId: 'laptop', label: 'Laptop microphone (built in)' },
    { deviceId: 'jabra', label: 'Jabra Evolve2 65 Mono Bluetooth headset' },
  ],
  outputs: [
    { deviceId: 'laptop', label: 'Laptop speakers' },
    { deviceId: 'jabra', label: 'Jabra Evolve2 65 Mono Bluetooth headset' },
  ],
  inputId: 'jabra',
  outputId: 'jabra',
  ringerId: 'laptop',
};

/** Every state of screens 1 and 3. Times count back from `now`, epoch milliseconds. */
export function phoneScreens(people: CalledPeople, now: number): PhoneScreen[] {
  const snapshot = (changes: Partial<PhoneSnapshot> = {}): PhoneSnapshot => ({
    phoneState: 'ready',
    otherCalls: [],
    unsent: 0,
    inputLevel: 0.4,
    runsElsewhere: false,
    audio: AUDIO,
    recent: recentCalls(people, now),
    missedUnseen: 0,
    ...changes,
  });
  const ana = (changes: Partial<PhoneCall> = {}): PhoneCall => ({
    callId: 'ana',
    direction: 'outbound',
    request: {
      requestId: 'ana',
      number: '+1 303 555 0142',
      recordId: people.ana,
      recordName: 'Ana Ruiz',
      numberLabel: 'Mobile',
    },
    state: 'talking',
    startedAtMs: now - 140_000,
    answeredAtMs: now - 134_000,
    muted: false,
    holdPending: false,
    holdRefused: false,
    isInConference: false,
    isRejoining: false,
    ...changes,
  });
  const lena = (changes: Partial<PhoneCall> = {}): PhoneCall => ({
    ...ana({ answeredAtMs: undefined }),
    callId: 'lena',
    direction: 'inbound',
    request: { requestId: 'lena', number: '+1 303 555 0113', recordId: people.lena },
    state: 'ringing',
    ...changes,
  });
  const shared = {
    request: { requestId: 'shared', number: '+1 303 555 0100' },
    matchedRecordIds: [people.ana, people.lena, people.samuel],
  };
  const sharedCall: RecentCall = {
    callId: 'shared',
    direction: 'outbound',
    number: shared.request.number,
    matchedRecordIds: shared.matchedRecordIds,
    startedAtMs: now - HOUR_MS,
    talkSeconds: 95,
    isMissed: false,
  };
  const tomas = (changes: Partial<PhoneCall> = {}): PhoneCall =>
    ana({
      callId: 'tomas',
      request: { requestId: 'tomas', number: '+1 303 555 0201', recordName: 'Tomas Okafor' },
      answeredAtMs: now - 20_000,
      consultsFor: 'ana',
      ...changes,
    });
  const held = ana({ state: 'held' });
  const ended = { state: 'ended', endedAtMs: now, endedBy: 'prospect', endCause: 'completed' } as const;
  return [
    ...idleScreens(snapshot, now),
    {
      name: 'recent-several-matches',
      snapshot: snapshot({ recent: [sharedCall, ...recentCalls(people, now).slice(0, 1)] }),
      press: (phone) => openTab(phone, 'Recent'),
    },
    { name: 'dialing', snapshot: snapshot({ call: ana({ state: 'dialing', answeredAtMs: undefined }) }) },
    { name: 'talking', snapshot: snapshot({ call: ana({ quality: line({}) }) }) },
    { name: 'muted', snapshot: snapshot({ inputLevel: 0, call: ana({ muted: true }) }) },
    { name: 'holding', snapshot: snapshot({ call: ana({ holdPending: true }) }) },
    { name: 'held', snapshot: snapshot({ call: held }) },
    { name: 'hold-refused', snapshot: snapshot({ call: ana({ holdRefused: true }) }) },
    {
      name: 'poor-line',
      snapshot: snapshot({
        call: ana({ quality: line({ lossPercent: 6, mos: 3, warnings: ['highLoss'] }) }),
      }),
    },
    {
      name: 'reconnecting',
      snapshot: snapshot({ phoneState: 'reconnecting', error: 'switchUnreachable', call: ana() }),
    },
    { name: 'rejoining', snapshot: snapshot({ call: ana({ isRejoining: true }) }) },
    { name: 'call-in-another-tab', snapshot: snapshot({ runsElsewhere: true, call: ana() }) },
    {
      name: 'device-replaced',
      snapshot: snapshot({
        audio: {
          ...AUDIO,
          inputId: 'laptop',
          replaced: { lost: 'Jabra Evolve2 65', used: 'Laptop microphone' },
        },
        call: ana(),
      }),
    },
    { name: 'keypad-in-call', snapshot: snapshot({ call: ana() }), press: (phone) => press(phone, 'Keypad') },
    { name: 'inbound', snapshot: snapshot({ call: lena() }) },
    {
      name: 'inbound-unknown',
      snapshot: snapshot({ call: lena({ request: { requestId: 'x', number: '+44 20 7946 0199' } }) }),
    },
    { name: 'inbound-several-matches', snapshot: snapshot({ call: lena(shared) }) },
    {
      name: 'talking-several-matches',
      snapshot: snapshot({ call: lena({ ...shared, state: 'talking', answeredAtMs: now - 5_000 }) }),
    },
    { name: 'second-call', snapshot: snapshot({ call: ana({ quality: line({}) }), otherCalls: [lena()] }) },
    {
      name: 'other-call-held',
      snapshot: snapshot({ call: lena({ state: 'talking', answeredAtMs: now - 9_000 }), otherCalls: [held] }),
    },
    {
      name: 'devices-in-call',
      snapshot: snapshot({
        call: ana({ quality: { mos: 4.31, rttMs: 38, jitterMs: 4, lossPercent: 0.2, warnings: [] } }),
      }),
      press: (phone) => openDevices(phone),
    },
    { name: 'transfer', snapshot: snapshot({ call: ana() }), press: (phone) => press(phone, 'Transfer') },
    {
      name: 'transfer-colleague-chosen',
      snapshot: snapshot({ call: ana() }),
      press: async (phone) => {
        await press(phone, 'Transfer');
        await phone.getByRole('list', { name: 'Colleagues' }).getByRole('button').first().click();
      },
    },
    { name: 'transferring', snapshot: snapshot({ call: ana({ transfer: 'asked' }) }) },
    {
      name: 'transfer-refused',
      snapshot: snapshot({ call: ana({ transfer: 'refused', refusal: 'transferRefused' }) }),
    },
    {
      name: 'consulting',
      snapshot: snapshot({ call: tomas(), otherCalls: [{ ...held, transfer: 'consulting' }] }),
    },
    { name: 'add-call', snapshot: snapshot({ call: ana() }), press: (phone) => press(phone, 'Add') },
    {
      name: 'conference',
      snapshot: snapshot({
        call: lena({ state: 'talking', answeredAtMs: now - 9_000, isInConference: true }),
        otherCalls: [{ ...held, isInConference: true }],
      }),
    },
    {
      name: 'conference-refused',
      snapshot: snapshot({
        call: lena({ state: 'talking', answeredAtMs: now - 9_000, refusal: 'conferenceRefused' }),
        otherCalls: [held],
      }),
    },
    {
      name: 'not-called',
      snapshot: snapshot({ call: ana({ state: 'ended', answeredAtMs: undefined, error: 'numberBlocked' }) }),
    },
    { name: 'wrap-up', snapshot: snapshot({ call: ana(ended) }) },
    { name: 'wrap-up-optional', snapshot: snapshot({ call: ana(ended) }), isOutcomeOptional: true },
    {
      name: 'wrap-up-two-owed',
      snapshot: snapshot({ call: ana(ended), otherCalls: [lena({ ...ended, answeredAtMs: now - 60_000 })] }),
    },
    {
      name: 'wrap-up-several-matches',
      snapshot: snapshot({ call: lena({ ...shared, ...ended, answeredAtMs: now - 60_000 }) }),
    },
    {
      name: 'wrap-up-change-record',
      snapshot: snapshot({ call: ana({ ...ended, matchedRecordIds: shared.matchedRecordIds }) }),
      press: (phone) => press(phone, 'Change whose call it was'),
    },
    { name: 'wrap-up-while-ringing', snapshot: snapshot({ call: ana(ended), otherCalls: [lena()] }) },
    {
      name: 'wrap-up-offline',
      snapshot: snapshot({ phoneState: 'reconnecting', error: 'relayUnreachable', call: ana(ended) }),
    },
  ];
}

function idleScreens(
  snapshot: (changes?: Partial<PhoneSnapshot>) => PhoneSnapshot,
  now: number,
): PhoneScreen[] {
  const saved = { callId: 'ana', savedAtMs: now } as const;
  return [
    { name: 'ready', snapshot: snapshot() },
    { name: 'starting', snapshot: snapshot({ phoneState: 'starting' }) },
    { name: 'not-ready', snapshot: snapshot({ phoneState: 'notReady', error: 'microphoneBlocked' }) },
    { name: 'in-another-tab', snapshot: snapshot({ runsElsewhere: true }) },
    { name: 'saved', snapshot: snapshot({ lastSaved: { ...saved, place: 'relay' } }) },
    {
      name: 'saved-offline',
      snapshot: snapshot({ phoneState: 'reconnecting', lastSaved: { ...saved, place: 'outbox' } }),
    },
    {
      name: 'outcome-refused',
      snapshot: snapshot({ lastSaved: { ...saved, place: 'outbox', refusal: 'callNotFound' } }),
    },
    { name: 'recent', snapshot: snapshot({ missedUnseen: 2 }), press: (phone) => openTab(phone, 'Recent') },
    { name: 'recent-empty', snapshot: snapshot({ recent: [] }), press: (phone) => openTab(phone, 'Recent') },
    {
      name: 'recent-voicemail',
      snapshot: snapshot(),
      press: async (phone) => {
        await openTab(phone, 'Recent');
        await phone.getByRole('button', { name: /^Message/u }).click();
      },
    },
    { name: 'devices', snapshot: snapshot(), press: (phone) => openDevices(phone) },
    {
      name: 'echo-test',
      snapshot: snapshot({ echoTest: 'running', inputLevel: 0.6 }),
      press: (phone) => openDevices(phone),
    },
    {
      name: 'preflight-running',
      snapshot: snapshot({
        preflight: [
          { check: 'microphone', result: 'passed' },
          { check: 'socket', result: 'running' },
        ],
      }),
      press: (phone) => openDevices(phone),
    },
    {
      name: 'preflight-done',
      snapshot: snapshot({
        preflight: [
          { check: 'microphone', result: 'passed' },
          { check: 'socket', result: 'passed' },
          { check: 'turn', result: 'failed', error: 'turnUnreachable' },
          { check: 'codec', result: 'passed' },
          { check: 'mos', result: 'failed', error: 'linePoor', mos: 2.9 },
        ],
      }),
      press: (phone) => openDevices(phone),
    },
  ];
}

function recentCalls(people: CalledPeople, now: number): RecentCall[] {
  const call = (callId: string, hoursAgo: number, changes: Partial<RecentCall>): RecentCall => ({
    callId,
    direction: 'outbound',
    startedAtMs: now - hoursAgo * HOUR_MS,
    talkSeconds: 0,
    isMissed: false,
    ...changes,
  });
  const missed = { direction: 'inbound', isMissed: true } as const;
  return [
    call('r1', 0.2, { number: '+1 303 555 0142', recordId: people.ana, talkSeconds: 252 }),
    call('r2', 1, { ...missed, number: '+1 303 555 0113', recordId: people.lena, voicemailSeconds: 42 }),
    call('r3', 2, { ...missed, number: undefined }),
    call('r4', 26, { direction: 'inbound', number: '+44 20 7946 0116', talkSeconds: 65 }),
    call('r5', 400, { number: '+1 303 555 0115', recordId: people.samuel }),
  ];
}

function line(changes: Partial<NonNullable<PhoneCall['quality']>>): NonNullable<PhoneCall['quality']> {
  return { mos: 4.3, rttMs: 42, jitterMs: 4, lossPercent: 0, warnings: [], ...changes };
}

async function press(phone: Locator, name: string): Promise<void> {
  await phone.getByRole('button', { name, exact: true }).click();
}

async function openTab(phone: Locator, name: string): Promise<void> {
  await phone.getByRole('tab', { name: new RegExp(`^${name}`, 'u') }).click();
}

async function openDevices(phone: Locator): Promise<void> {
  await phone.getByRole('button', { name: /^Devices/u }).click();
}

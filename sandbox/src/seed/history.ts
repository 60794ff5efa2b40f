import { createHmac, randomBytes } from 'node:crypto';
import {
  type NetworkEvent,
  type OutcomeCode,
  SWITCH_SIGNATURE_HEADER,
  switchSignatureText,
} from '@scoreline/contract';
import { DateTime } from 'luxon';
import { seededRandom } from './seededRandom.ts';

const CALLS_PER_REP = [34, 26] as const;
/** In the quarter before, so that there is something to compare with. */
const CALLS_BEFORE = 24;
const SEED = 20_261;
/** Where a rep's day, and so a rep's quarter, begins and ends. */
const REPS_TIME_ZONE = 'America/Denver';
const RETRY_AFTER_MS = 250;
const TRIES = 80;

export interface HistoryOptions {
  readonly orgUrl: string;
  readonly relayUrl: string;
  readonly orgId: string;
  readonly switchKey: string;
  readonly onProgress: (text: string) => void;
}

/** One past call, as it will be told to the relay. */
interface PastCall {
  readonly recordId: string;
  readonly number: string;
  readonly startedAt: DateTime;
  readonly ringSeconds: number;
  /** 0 when nobody answered. */
  readonly talkSeconds: number;
  readonly outcome: OutcomeCode;
}

interface Contact {
  readonly Id: string;
  readonly Phone: string | null;
  readonly MobilePhone: string | null;
}

/**
 * Gives the reps a quarter so far and the one before it, through the front door: permits, the switch's signed detail, events and outcomes
 * are posted to the relay just as a phone and a switch post them, so that nothing in the org is made up elsewhere.
 */
export async function seedHistory(options: HistoryOptions): Promise<void> {
  const users = await requestJson<{ userId: string; title: string }[]>(`${options.orgUrl}/sandbox/users`);
  const reps = users.filter(({ title }) => title === 'Account Executive');
  const random = seededRandom(SEED);
  for (const [index, rep] of reps.entries()) {
    const login = await requestJson<{ accessToken: string }>(`${options.orgUrl}/sandbox/login`, {
      body: { userId: rep.userId },
    });
    const contacts = await readContacts(options.orgUrl, login.accessToken);
    const relayToken = await openSession(options, login.accessToken);
    const now = DateTime.now().setZone(REPS_TIME_ZONE).minus({ minutes: 20 });
    const quarter = now.startOf('quarter');
    const today = now.startOf('day');
    // Today is left to whoever tries the demo, unless the quarter begins with it.
    const until = today > quarter ? today : now;
    const before = { from: quarter.minus({ quarters: 1 }), until: quarter.minus({ days: 1 }) };
    const calls = [
      ...pastCalls(CALLS_BEFORE, contacts, random, before),
      ...pastCalls(CALLS_PER_REP[index] ?? 0, contacts, random, { from: quarter, until }),
    ];
    let position = 0;
    for (const call of calls) position = await tellCall(options, relayToken, rep.userId, call);
    await scorecardReaches(options.orgUrl, login.accessToken, rep.userId, position);
    options.onProgress(`  ${calls.length} calls of rep ${index + 1} of ${reps.length}`);
  }
}

async function readContacts(orgUrl: string, accessToken: string): Promise<Contact[]> {
  const query = encodeURIComponent(
    'SELECT Id, Phone, MobilePhone FROM Contact WHERE DoNotCall = false ORDER BY LastName',
  );
  const { records } = await requestJson<{ records: Contact[] }>(
    `${orgUrl}/services/data/v66.0/query?q=${query}`,
    {
      token: accessToken,
    },
  );
  return records.filter(({ Phone, MobilePhone }) => (Phone ?? MobilePhone) !== null);
}

async function openSession({ orgUrl, relayUrl }: HistoryOptions, accessToken: string): Promise<string> {
  const orgToken = await requestJson<string>(`${orgUrl}/lightning/apex/RelaySession/createToken`, {
    token: accessToken,
    body: {},
  });
  const session = await requestJson<{ relayToken: string }>(`${relayUrl}/v1/sessions`, {
    body: { orgToken },
  });
  return session.relayToken;
}

function pastCalls(
  count: number,
  contacts: readonly Contact[],
  random: () => number,
  { from, until }: { readonly from: DateTime; readonly until: DateTime },
): PastCall[] {
  const spanSeconds = Math.max(until.diff(from).as('seconds'), 3_600);
  return Array.from({ length: count }, (_, index) => {
    const contact = contacts[Math.floor(random() * contacts.length)];
    const share = (index + random()) / count;
    return {
      recordId: contact?.Id ?? '',
      number: contact?.MobilePhone ?? contact?.Phone ?? '',
      startedAt: duringWorkingHours(from.plus({ seconds: share * spanSeconds }), until),
      ...whatHappened(random),
    };
  });
}

/** Moves a moment to the nearest working day's hours in the reps' zone, unless that would lie in the future. */
function duringWorkingHours(moment: DateTime, latest: DateTime): DateTime {
  const workday = moment.weekday > 5 ? moment.minus({ days: moment.weekday - 5 }) : moment;
  const moved = workday.set({ hour: 9 + (moment.hour % 8) });
  return moved < latest && moved.quarter === moment.quarter ? moved : moment;
}

function whatHappened(random: () => number): Pick<PastCall, 'ringSeconds' | 'talkSeconds' | 'outcome'> {
  const chance = random();
  if (chance < 0.42) return { ringSeconds: 25, talkSeconds: 0, outcome: 'noAnswer' };
  if (chance < 0.5) return { ringSeconds: 0, talkSeconds: 0, outcome: 'busy' };
  if (chance < 0.64)
    return { ringSeconds: 18, talkSeconds: 12 + Math.round(random() * 20), outcome: 'voicemail' };
  const outcomes: readonly OutcomeCode[] = ['meeting', 'callBack', 'callBack', 'noInterest', 'noInterest'];
  return {
    ringSeconds: 4 + Math.round(random() * 10),
    talkSeconds: 20 + Math.round(random() * random() * 500),
    outcome: outcomes[Math.floor(random() * outcomes.length)] ?? 'callBack',
  };
}

async function tellCall(
  { relayUrl, orgId, switchKey }: HistoryOptions,
  relayToken: string,
  userId: string,
  call: PastCall,
): Promise<number> {
  const callId = uuidV7(call.startedAt.toMillis());
  await requestJson(`${relayUrl}/v1/calls`, {
    token: relayToken,
    body: { callId, number: call.number, recordId: call.recordId },
  });
  const events = networkEvents(call);
  const detail = JSON.stringify({
    orgId,
    witness: 'switch',
    events: events.map((event) => ({ callId, userId, event })),
  });
  const epochSeconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', switchKey)
    .update(switchSignatureText(epochSeconds, detail))
    .digest('hex');
  await requestJson(`${relayUrl}/v1/switch/events`, {
    text: detail,
    headers: { [SWITCH_SIGNATURE_HEADER]: `t=${epochSeconds},v1=${signature}` },
  });
  await requestJson(`${relayUrl}/v1/calls/${callId}/events`, { token: relayToken, body: { events } });
  const last = events.at(-1);
  const { position } = await requestJson<{ position: number }>(`${relayUrl}/v1/calls/${callId}/outcome`, {
    token: relayToken,
    body: {
      ...momentOf(call.startedAt, (last?.elapsedMs ?? 0) / 1000 + 9, events.length + 1),
      kind: 'outcome',
      outcome: call.outcome,
      note: '',
    },
  });
  return position;
}

/** Waits until the rep's scorecard includes everything up to this ledger position, so that "ready" means complete. */
async function scorecardReaches(
  orgUrl: string,
  accessToken: string,
  userId: string,
  position: number,
): Promise<void> {
  const query = encodeURIComponent(
    `SELECT Watermark__c FROM Rep_Scorecard__c WHERE Rep__c = '${userId}' ORDER BY Period_Start__c DESC LIMIT 1`,
  );
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { records } = await requestJson<{ records: { Watermark__c: number }[] }>(
      `${orgUrl}/services/data/v66.0/query?q=${query}`,
      { token: accessToken },
    );
    if ((records[0]?.Watermark__c ?? 0) >= position) return;
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  }
  throw new Error('The scorecards of the sample quarter did not appear');
}

function networkEvents({ startedAt, ringSeconds, talkSeconds, outcome }: PastCall): NetworkEvent[] {
  const events: NetworkEvent[] = [{ ...momentOf(startedAt, 0, 1), kind: 'dialed' }];
  if (ringSeconds > 0) events.push({ ...momentOf(startedAt, 1, 2), kind: 'ringing' });
  if (talkSeconds > 0) events.push({ ...momentOf(startedAt, 1 + ringSeconds, 3), kind: 'answered' });
  const endedAfter = 1 + ringSeconds + talkSeconds;
  const sequence = events.length + 1;
  if (talkSeconds > 0)
    events.push({
      ...momentOf(startedAt, endedAfter, sequence),
      kind: 'ended',
      endedBy: 'rep',
      cause: 'completed',
    });
  else
    events.push({
      ...momentOf(startedAt, endedAfter, sequence),
      kind: 'ended',
      endedBy: 'prospect',
      cause: outcome === 'busy' ? 'busy' : 'noAnswer',
      sipStatus: outcome === 'busy' ? 486 : 480,
    });
  return events;
}

function momentOf(
  startedAt: DateTime,
  afterSeconds: number,
  sequence: number,
): { sequence: number; at: string; elapsedMs: number } {
  const at = startedAt.plus({ seconds: afterSeconds }).toUTC().toISO() ?? '';
  return { sequence, at, elapsedMs: Math.round(afterSeconds * 1000) };
}

/** RFC 9562, version 7: 48 bits of epoch milliseconds, then random. */
function uuidV7(epochMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(epochMs, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

interface RequestOptions {
  readonly token?: string;
  readonly body?: object;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GET, or POST when there is a body. Answers that say "later" are tried again: the relay may still read its rules. */
async function requestJson<Answer = unknown>(url: string, options: RequestOptions = {}): Promise<Answer> {
  const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method: text === undefined ? 'GET' : 'POST',
      headers: {
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    if (response.ok) return (await response.json()) as Answer;
    const mayComeLater = response.status === 503 || response.status === 429;
    if (!mayComeLater || attempt >= TRIES)
      throw new Error(`${new URL(url).pathname} answered ${response.status}: ${await response.text()}`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  }
}

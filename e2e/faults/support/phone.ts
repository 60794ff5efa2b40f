import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallEvent, NetworkEvent, OutcomeCode } from '@scoreline/contract';
import type { Acknowledgement, SessionResponse } from '@scoreline/contract/wire';
import { momentAt, newCallId, signOrgToken, signatureOf, talkedFor } from '../../support/relayClient.ts';
import type { SandboxUser } from '../../support/sandbox.ts';
import type { Chain } from './chain.ts';

const RETRY_AFTER_MS = 100;
const ANSWER_WITHIN_MS = 15_000;
const GIVE_UP_AFTER_MS = 180_000;
/** Said of a moment, not of the message: the same message again is right. Whatever else is refused is a defect. */
const TRY_AGAIN_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** What one attempt to hand a message over came to: a status, or null when no answer came. */
export type Attempt = number | null;

/** A call of which the relay has acknowledged everything. */
export interface AcknowledgedCall {
  readonly callId: string;
  readonly userId: string;
  readonly outcome: OutcomeCode;
  readonly talkSeconds: number;
  /** How the outcome was handed over, the acknowledged attempt last. */
  readonly attempts: readonly Attempt[];
  readonly acknowledgement: Acknowledgement;
}

export interface CallPlan {
  readonly number?: string;
  readonly recordId?: string;
  readonly talkSeconds?: number;
  readonly outcome?: OutcomeCode;
  /** What phone and switch saw, when it is not a plain talk of these seconds. */
  readonly events?: readonly NetworkEvent[];
}

type PhoneChain = Pick<Chain, 'secrets' | 'orgId' | 'relayUrl' | 'webUrls'>;

interface Message {
  readonly path: string;
  readonly body: string;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
}

/**
 * A rep's phone with its outbox, and the switch beside it: every message is sent again, the same to the letter, to
 * one web relay after another until it is acknowledged.
 */
export class Phone {
  readonly user: SandboxUser;
  /** Every answer so far, refusals included. */
  readonly statuses: Attempt[] = [];
  readonly #chain: PhoneChain;
  readonly #address = `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 255)).join('.')}`;
  readonly #onAttempt: () => void;
  #session: SessionResponse | undefined;
  #nextRelay = 0;

  /** @param onAttempt told of every request before it is sent */
  constructor(chain: PhoneChain, user: SandboxUser, onAttempt: () => void = () => undefined) {
    this.#chain = chain;
    this.user = user;
    this.#onAttempt = onAttempt;
  }

  /** A whole call: permit, the switch's detail, the phone's events, the outcome, each until acknowledged. */
  async placeCall(plan: CallPlan = {}): Promise<AcknowledgedCall> {
    const callId = await this.dial(plan);
    return await this.chooseOutcome(callId, plan);
  }

  /** The call up to its end, without an outcome. */
  async dial(plan: CallPlan = {}): Promise<string> {
    const { number = nextNumber(), recordId, talkSeconds = 65, events = talkedFor(talkSeconds) } = plan;
    const callId = newCallId();
    await this.#handOver('/v1/calls', { callId, number, ...(recordId === undefined ? {} : { recordId }) });
    await this.reportDetail(callId, events);
    await this.#handOver(`/v1/calls/${callId}/events`, { events });
    return callId;
  }

  /** The same sequence with the same content is the same message; a correction has a higher one. */
  async chooseOutcome(callId: string, plan: CallPlan = {}, sequence = 5): Promise<AcknowledgedCall> {
    const { outcome = 'meeting', talkSeconds = 65 } = plan;
    const event: CallEvent = { ...momentAt(talkSeconds + 20, sequence), kind: 'outcome', outcome, note: '' };
    const { attempts, body } = await this.#handOver<Acknowledgement>(`/v1/calls/${callId}/outcome`, event);
    return { callId, userId: this.user.userId, outcome, talkSeconds, attempts, acknowledgement: body };
  }

  /** What the switch saw, signed with its key. */
  async reportDetail(callId: string, events: readonly NetworkEvent[]): Promise<readonly Attempt[]> {
    const { orgId, secrets } = this.#chain;
    const body = JSON.stringify({
      orgId,
      witness: 'switch',
      events: events.map((event) => ({ callId, userId: this.user.userId, event })),
    });
    const { attempts } = await this.#send({
      path: '/v1/switch/events',
      body,
      headers: async () => signatureOf(secrets.switchKey, body),
    });
    return attempts;
  }

  /** The status of one message as it is, once: for what is refused. */
  async statusOf(path: string, message: object): Promise<Attempt> {
    const { status } = await this.#attempt({
      path,
      body: JSON.stringify(message),
      headers: async () => ({ Authorization: `Bearer ${(await this.#signedIn()).relayToken}` }),
    });
    return status;
  }

  async #handOver<Body>(path: string, message: object): Promise<{ attempts: Attempt[]; body: Body }> {
    return await this.#send<Body>({
      path,
      body: JSON.stringify(message),
      headers: async () => ({ Authorization: `Bearer ${(await this.#signedIn()).relayToken}` }),
    });
  }

  async #signedIn(): Promise<SessionResponse> {
    if (this.#session !== undefined) return this.#session;
    const { orgId, relayUrl, secrets } = this.#chain;
    // Signed anew at each attempt: a token whose answer was lost has been used.
    const sign = (): Promise<string> =>
      signOrgToken({ relayUrl, secrets }, orgId, this.user, { nonce: randomUUID() });
    for (const endsAt = performance.now() + GIVE_UP_AFTER_MS; ;) {
      const answer = await this.#attempt<SessionResponse>({
        path: '/v1/sessions',
        body: JSON.stringify({ orgToken: await sign() }),
        headers: async () => ({}),
      });
      if (answer.status === 200) return (this.#session = answer.body);
      if (performance.now() > endsAt) throw new Error(`No session: ${answer.status}`);
      await pause(RETRY_AFTER_MS);
    }
  }

  async #send<Body>(message: Message): Promise<{ attempts: Attempt[]; body: Body }> {
    const attempts: Attempt[] = [];
    for (const endsAt = performance.now() + GIVE_UP_AFTER_MS; ;) {
      const answer = await this.#attempt<Body>(message);
      attempts.push(answer.status);
      if (answer.status === 200) return { attempts, body: answer.body };
      if (answer.status === 401) this.#session = undefined;
      else if (answer.status !== null && !TRY_AGAIN_STATUSES.has(answer.status))
        throw new Error(`${message.path} was refused: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (performance.now() > endsAt) throw new Error(`${message.path} was not acknowledged`);
      await pause(RETRY_AFTER_MS);
    }
  }

  async #attempt<Body>(message: Message): Promise<{ status: Attempt; body: Body }> {
    const answer = await this.#ask<Body>(message);
    this.statuses.push(answer.status);
    return answer;
  }

  async #ask<Body>({ path, body, headers }: Message): Promise<{ status: Attempt; body: Body }> {
    const own = await headers();
    const { webUrls } = this.#chain;
    const relayUrl = webUrls[this.#nextRelay++ % webUrls.length] ?? '';
    this.#onAttempt();
    try {
      const response = await fetch(`${relayUrl}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': this.#address, ...own },
        body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return { status: response.status, body: (await response.json()) as Body };
    } catch {
      return { status: null, body: undefined as Body };
    }
  }
}

let dialed = 0;

/** A number for each call: of several calls to one number on a day not every second counts. */
function nextNumber(): string {
  dialed += 1;
  return `+1303${2_000_000 + dialed}`;
}

/** The phone of the sample company's rep at this place. */
export function phoneOf(chain: Chain, index: number): Phone {
  const rep = chain.people.reps[index];
  if (rep === undefined) throw new Error(`The sample company has no rep ${index}`);
  return new Phone(chain, rep);
}

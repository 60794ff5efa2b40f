import { createHmac } from 'node:crypto';
import {
  type ErrorName,
  type NetworkEvent,
  SWITCH_SIGNATURE_HEADER,
  switchSignatureText,
} from '@scoreline/contract';
import type { SwitchEventsRequest } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import type { CallIdentity } from './switchCall.ts';

const MOST_EVENTS_AT_ONCE = 100;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;
/** The refusals that say of the events themselves that they can never be stored. All others may pass. */
const FINAL_ERRORS: readonly ErrorName[] = [
  'malformedJson',
  'invalidRequest',
  'unknownField',
  'bodyTooLarge',
  'eventConflict',
  'callNotFound',
  'callIdReused',
];

const errorAnswerSchema = z.object({ error: z.object({ name: z.string() }) });

export interface CallReporterOptions {
  readonly relayUrl: string;
  readonly orgId: string;
  readonly signingKey: string;
  readonly log: (text: string) => void;
}

export interface CallReporter {
  /** Keeps an event until the relay has it. */
  report(call: CallIdentity, event: NetworkEvent): void;
  readonly unsent: number;
  /** Waits until all are sent, at most this long, then stops trying. */
  close(withinMs: number): Promise<void>;
}

type ReportedEvent = SwitchEventsRequest['events'][number];
interface Delivery {
  readonly kind: 'stored' | 'later' | 'never';
  /** Why not, in the relay's words: its status and the error's name. */
  readonly refusal?: string;
}

/**
 * Posts call detail to the relay, signed, in the order it happened: one request at a time, tried again until the relay
 * acknowledges. Events that the relay says can never be stored are found by halving the batch, and dropped.
 */
export function createCallReporter(options: CallReporterOptions): CallReporter {
  const queue: ReportedEvent[] = [];
  const closing = new AbortController();
  let batchSize = MOST_EVENTS_AT_ONCE;
  let sending: Promise<void> | undefined;
  let lastRefusal: string | undefined;

  const noteRefusal = (refusal: string | undefined): void => {
    if (refusal !== undefined && refusal !== lastRefusal) options.log(`the relay refuses events: ${refusal}`);
    lastRefusal = refusal;
  };

  const sendAll = async (): Promise<void> => {
    let retryMs = FIRST_RETRY_MS;
    while (queue.length > 0 && !closing.signal.aborted) {
      const batch = queue.slice(0, batchSize);
      const delivery = await post(batch, options, closing.signal);
      noteRefusal(delivery.refusal);
      if (delivery.kind === 'later') {
        await pause(retryMs, closing.signal);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
        continue;
      }
      retryMs = FIRST_RETRY_MS;
      if (delivery.kind === 'never' && batch.length > 1) {
        batchSize = Math.ceil(batch.length / 2);
        continue;
      }
      if (delivery.kind === 'stored') batchSize = Math.min(MOST_EVENTS_AT_ONCE, batchSize * 2);
      queue.splice(0, batch.length);
    }
  };

  const start = (): void => {
    sending ??= sendAll().finally(() => {
      sending = undefined;
      if (queue.length > 0 && !closing.signal.aborted) start();
    });
  };

  return {
    report({ callId, direction, numberE164, userId }, event) {
      const inbound = numberE164 === undefined ? {} : { numberE164 };
      queue.push({ callId, userId, event, ...(direction === 'inbound' ? { inbound } : {}) });
      start();
    },
    get unsent() {
      return queue.length;
    },
    async close(withinMs) {
      const timer = setTimeout(() => closing.abort(), withinMs);
      while (sending !== undefined) await sending;
      clearTimeout(timer);
      if (queue.length > 0) options.log(`${queue.length} events did not reach the relay`);
    },
  };
}

async function post(
  events: readonly ReportedEvent[],
  { orgId, relayUrl, signingKey }: CallReporterOptions,
  closing: AbortSignal,
): Promise<Delivery> {
  const body = JSON.stringify({ orgId, witness: 'switch', events } satisfies SwitchEventsBody);
  const epochSeconds = Math.floor(Date.now() / 1_000);
  const mac = createHmac('sha256', signingKey).update(switchSignatureText(epochSeconds, body)).digest('hex');
  try {
    const response = await fetch(`${relayUrl}/v1/switch/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [SWITCH_SIGNATURE_HEADER]: `t=${epochSeconds},v1=${mac}`,
      },
      body,
      signal: AbortSignal.any([closing, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    const answer = await response.text();
    if (response.ok) return { kind: 'stored' };
    const name = errorName(answer);
    const isFinal = response.status < 500 && FINAL_ERRORS.some((final) => final === name);
    return { kind: isFinal ? 'never' : 'later', refusal: `${response.status} ${name ?? ''}`.trimEnd() };
  } catch {
    // The relay can't be reached, or did not answer in time.
    return { kind: 'later' };
  }
}

type SwitchEventsBody = Omit<SwitchEventsRequest, 'events'> & { readonly events: readonly ReportedEvent[] };

function errorName(answer: string): string | undefined {
  try {
    const parsed = errorAnswerSchema.safeParse(JSON.parse(answer));
    return parsed.success ? parsed.data.error.name : undefined;
  } catch {
    return undefined;
  }
}

async function pause(durationMs: number, closing: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      closing.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    if (closing.aborted) done();
    else closing.addEventListener('abort', done);
  });
}

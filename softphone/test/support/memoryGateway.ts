import type { ErrorName } from '@scoreline/contract';
import { PhoneError } from '../../src/domain/phoneError.ts';
import type { LineReading } from '../../src/domain/lineQuality.ts';
import type {
  CallGateway,
  CallOrder,
  InboundOffer,
  Line,
  LineEvent,
  SipAccount,
} from '../../src/ports/callGateway.ts';

export interface MemoryLine {
  /** What the phone asked of the line, in order: `answer`, `hangUp`, `hold`, `resume`, a digit, `transfer +…`, … */
  readonly asked: string[];
  isTransmitting: boolean;
  /** What the line has counted; the test counts. */
  reading?: LineReading | undefined;
  report: (event: LineEvent) => void;
}

export interface PlacedCall extends MemoryLine {
  readonly order: CallOrder;
}

export interface MemoryGateway extends CallGateway {
  readonly accounts: SipAccount[];
  readonly placed: PlacedCall[];
  /** Lets a call come in; undefined when the phone refused it as busy. */
  offer(callId: string, numberE164?: string): MemoryLine | undefined;
  /** The call whose far end is heard. */
  heard: string | undefined;
  /** Refuses the next connections with this error; undefined accepts again. */
  refusal: ErrorName | undefined;
  /** Drops the registration, as a closed socket does. */
  lose(error: ErrorName): void;
  isClosed: boolean;
}

/** A switch in memory: it does what the test says, and remembers what the phone asked. */
export function createMemoryGateway(): MemoryGateway {
  let isRegistered = false;
  let tellLost: (error: ErrorName) => void = () => undefined;
  let tellOffered: (offer: InboundOffer) => void = () => undefined;

  function lineOf(callId: string, call: MemoryLine, isInbound: boolean): Line {
    let isAnswered = false;
    let isEnded = false;
    const { report } = call;
    call.report = (event) => {
      if (isEnded) return;
      isAnswered ||= event.kind === 'answered';
      isEnded = event.kind === 'ended';
      report(event);
    };
    return {
      answer: () => call.asked.push('answer'),
      hangUp() {
        call.asked.push('hangUp');
        const cause = isAnswered ? 'completed' : isInbound ? 'declined' : 'cancelled';
        call.report({ kind: 'ended', endedBy: 'rep', cause });
      },
      setHeld: (held) => call.asked.push(held ? 'hold' : 'resume'),
      sendDigit: (digit) => call.asked.push(digit),
      measure: () => Promise.resolve(call.reading),
      setTransmitting(transmitting) {
        call.isTransmitting = transmitting;
      },
      listen() {
        gateway.heard = callId;
      },
      takeMicrophone: () => call.asked.push('takeMicrophone'),
      transfer: ({ numberE164 }) => call.asked.push(`transfer ${numberE164}`),
      transferTo: (other) => call.asked.push(`transferTo ${other}`),
      join: (other) => call.asked.push(`join ${other}`),
    };
  }
  const gateway: MemoryGateway = {
    accounts: [],
    placed: [],
    refusal: undefined,
    isClosed: false,
    connect(account) {
      gateway.accounts.push(account);
      isRegistered = gateway.refusal === undefined;
      return gateway.refusal === undefined
        ? Promise.resolve()
        : Promise.reject(new PhoneError(gateway.refusal));
    },
    isRegistered: () => isRegistered,
    prepare: () => ({ discard: () => undefined }),
    onLost(listener) {
      tellLost = listener;
    },
    lose(error) {
      isRegistered = false;
      tellLost(error);
    },
    place(order, report) {
      const call: PlacedCall = { order, asked: [], isTransmitting: false, report };
      gateway.placed.push(call);
      return lineOf(order.callId, call, false);
    },
    onOffered(listener) {
      tellOffered = listener;
    },
    heard: undefined,
    offer(callId, numberE164) {
      const taken: MemoryLine[] = [];
      tellOffered({
        callId,
        numberE164,
        refuse: () => undefined,
        take(report) {
          const call: MemoryLine = { asked: [], isTransmitting: false, report };
          taken.push(call);
          return lineOf(callId, call, true);
        },
      });
      return taken[0];
    },
    verify: () => undefined,
    abandon() {
      isRegistered = false;
    },
    close() {
      gateway.isClosed = true;
      isRegistered = false;
      return Promise.resolve();
    },
  };
  return gateway;
}

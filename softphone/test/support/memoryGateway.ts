import type { ErrorName } from '@scoreline/contract';
import { PhoneError } from '../../src/domain/phoneError.ts';
import type { CallGateway, CallOrder, LineEvent, SipAccount } from '../../src/ports/callGateway.ts';

export interface PlacedCall {
  readonly order: CallOrder;
  /** What the phone asked of the line, in order: `hangUp`, `hold`, `resume` or a digit. */
  readonly asked: string[];
  report: (event: LineEvent) => void;
}

export interface MemoryGateway extends CallGateway {
  readonly accounts: SipAccount[];
  readonly placed: PlacedCall[];
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
    onLost(listener) {
      tellLost = listener;
    },
    lose(error) {
      isRegistered = false;
      tellLost(error);
    },
    place(order, report) {
      const call: PlacedCall = { order, asked: [], report };
      gateway.placed.push(call);
      let isAnswered = false;
      let isEnded = false;
      call.report = (event) => {
        if (isEnded) return;
        isAnswered ||= event.kind === 'answered';
        isEnded = event.kind === 'ended';
        report(event);
      };
      return {
        hangUp() {
          call.asked.push('hangUp');
          call.report({ kind: 'ended', endedBy: 'rep', cause: isAnswered ? 'completed' : 'cancelled' });
        },
        setHeld: (held) => call.asked.push(held ? 'hold' : 'resume'),
        sendDigit: (digit) => call.asked.push(digit),
      };
    },
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

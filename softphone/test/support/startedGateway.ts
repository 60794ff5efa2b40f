import type { TestContext } from 'node:test';
import type {
  CallGateway,
  CallOrder,
  InboundOffer,
  Line,
  LineEvent,
  PreparedOffer,
  SipAccount,
} from '../../src/ports/callGateway.ts';
import { createSipGateway } from '../../src/sip/sipGateway.ts';
import type { ManualClock } from './manualClock.ts';
import { createManualClock } from './manualClock.ts';
import type { MemoryStreams } from './memoryMedia.ts';
import { createMemoryStreams, installMemoryMedia } from './memoryMedia.ts';
import { callIdOf, USER_ID } from './samples.ts';
import type { SipPeer } from './sipPeer.ts';
import { startSipPeer } from './sipPeer.ts';

export const ORDER = { callId: callIdOf(1), numberE164: '+13035550142', permit: 'v1.1800000000.mac' };

installMemoryMedia();

export interface StartedGateway {
  readonly peer: SipPeer;
  readonly gateway: CallGateway;
  readonly streams: MemoryStreams;
  readonly clock: ManualClock;
  readonly account: SipAccount;
  readonly lost: string[];
  readonly faults: unknown[];
  /** Resolves when the registration is lost. */
  readonly whenLost: Promise<string>;
}

/** The SIP adapter before it is connected, with the peer that it will connect to. Both end with the test. */
export async function startGateway(context: TestContext): Promise<StartedGateway> {
  const peer = await startSipPeer();
  peer.passwords.set('user 1', 'password 1');
  const clock = createManualClock();
  const lost: string[] = [];
  const faults: unknown[] = [];
  const streams = createMemoryStreams();
  const gateway = createSipGateway({
    audio: streams,
    clock,
    isAddressRefused: () => Promise.resolve(false),
    reportFault: (error) => faults.push(error),
  });
  const whenLost = new Promise<string>((resolve) => {
    gateway.onLost((error) => {
      lost.push(error);
      resolve(error);
    });
  });
  context.after(async () => {
    await gateway.close();
    await peer.close();
  });
  const account: SipAccount = {
    addressOfRecord: `sip:${USER_ID}@phone.example`,
    domain: 'phone.example',
    webSocketUrl: peer.url,
    authorizationUsername: 'user 1',
    authorizationPassword: 'password 1',
    iceServers: [],
  };
  return { peer, gateway, streams, clock, account, lost, faults, whenLost };
}

export interface PlacedLine {
  readonly line: Line;
  readonly events: LineEvent[];
  /** Resolves with the event of this kind, past or next. */
  until(kind: LineEvent['kind']): Promise<LineEvent>;
}

/** Places a call and keeps what the line reports. */
export function place(gateway: CallGateway, order: CallOrder = ORDER, prepared?: PreparedOffer): PlacedLine {
  return kept((listener) => gateway.place(order, listener, prepared));
}

export interface RingingLine extends PlacedLine {
  readonly offer: InboundOffer;
}

/** Lets the next call that comes in ring, and keeps what its line reports. */
export function nextOffer(gateway: CallGateway): Promise<RingingLine> {
  return new Promise((resolve) => {
    gateway.onOffered((offer) => resolve({ offer, ...kept((listener) => offer.take(listener)) }));
  });
}

function kept(open: (listener: (event: LineEvent) => void) => Line): PlacedLine {
  const events: LineEvent[] = [];
  const waiting: { kind: string; resolve: (event: LineEvent) => void }[] = [];
  const line = open((event) => {
    events.push(event);
    for (const { kind, resolve } of waiting) if (kind === event.kind) resolve(event);
  });
  return {
    line,
    events,
    until: (kind) =>
      new Promise((resolve) => {
        const past = events.find((event) => event.kind === kind);
        if (past === undefined) waiting.push({ kind, resolve });
        else resolve(past);
      }),
  };
}

export function kindsOf(events: readonly LineEvent[]): string[] {
  return events.map(({ kind }) => kind);
}

import { type Inviter, SessionState } from 'sip.js';
import type { CallerBehaviour, InboundRequest } from './callers.ts';
import type { CallDirectory } from './callDirectory.ts';
import { type PhoneLink, RepLeg } from './repLeg.ts';
import type { SwitchCall } from './switchCall.ts';
import { newCallId } from './newCallId.ts';

/** How long a phone rings before the voicemail answers. */
const RINGS_FOR_SECONDS = 20;

/** A phone of a user that can be called. */
export interface CallablePhone {
  /** What names the phone through its reconnections. */
  readonly contactKey: string;
  readonly link: PhoneLink;
  /** Prepares an INVITE to it; `from` is a number, or undefined where it is withheld. */
  invite(callId: string, from: string | undefined): Inviter;
}

export interface InboundCallsOptions {
  readonly calls: CallDirectory;
  readonly timeScale: number;
  readonly phonesOf: (userId: string) => readonly CallablePhone[];
  /** Notes the call's id as used: no INVITE may begin another call by it. */
  readonly onMinted: (callId: string) => void;
  /** Takes a message of a caller whom nobody answered. */
  readonly takeMessage: (call: SwitchCall, behaviour: CallerBehaviour) => void;
}

export interface InboundCalls {
  /** Has a simulated caller ring every phone of a user; without one the voicemail answers at once. */
  begin(request: InboundRequest): SwitchCall;
  /** Rings a phone that has just registered with what rings its user already. */
  joinRinging(userId: string): void;
}

export function createInboundCalls(options: InboundCallsOptions): InboundCalls {
  const ringing = new Map<string, Set<RingingCall>>();
  return {
    begin(request) {
      const callId = newCallId();
      options.onMinted(callId);
      const { from, userId } = request;
      const call = options.calls.open({
        callId,
        userId,
        direction: 'inbound',
        ...(from === undefined ? {} : { numberE164: from }),
      });
      const ring = new RingingCall(call, request, options, () => {
        const others = ringing.get(userId);
        others?.delete(ring);
        if (others?.size === 0) ringing.delete(userId);
      });
      ringing.set(userId, (ringing.get(userId) ?? new Set()).add(ring));
      ring.start();
      return call;
    },
    joinRinging(userId) {
      for (const ring of ringing.get(userId) ?? []) ring.ringPhones();
    },
  };
}

/** An inbound call until one phone has it, the voicemail has it, or nobody has. */
class RingingCall {
  readonly #call: SwitchCall;
  readonly #request: InboundRequest;
  readonly #options: InboundCallsOptions;
  readonly #onOver: () => void;
  readonly #legs = new Map<string, RepLeg>();
  #timers: NodeJS.Timeout[] = [];
  #isOver = false;

  constructor(call: SwitchCall, request: InboundRequest, options: InboundCallsOptions, onOver: () => void) {
    this.#call = call;
    this.#request = request;
    this.#options = options;
    this.#onOver = onOver;
  }

  start(): void {
    const { behaviour, ringSeconds } = this.#request;
    this.#call.untilEnd(() => this.#stop(false));
    this.ringPhones();
    if (this.#isOver) return;
    if (this.#legs.size === 0) {
      this.#goToVoicemail();
      return;
    }
    const ringMs =
      ringSeconds === undefined ? RINGS_FOR_SECONDS * 1_000 * this.#options.timeScale : ringSeconds * 1_000;
    this.#timers.push(setTimeout(() => this.#goToVoicemail(), ringMs));
    if (behaviour.kind === 'givesUp')
      this.#timers.push(
        setTimeout(() => this.#call.end('prospect', 'cancelled', 487), behaviour.afterSeconds * 1_000),
      );
  }

  /** Rings each phone that does not ring yet. */
  ringPhones(): void {
    const { callId, numberE164, userId } = this.#call.identity;
    for (const phone of this.#options.phonesOf(userId))
      if (!this.#legs.has(phone.contactKey)) this.#ring(phone, phone.invite(callId, numberE164));
  }

  #ring({ contactKey, link }: CallablePhone, inviter: Inviter): void {
    const leg: RepLeg = new RepLeg(
      inviter,
      link,
      this.#call.listen(() => leg),
    );
    this.#legs.set(contactKey, leg);
    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Established) this.#answered(leg);
    });
    const invited = inviter.invite({
      requestDelegate: {
        onProgress: ({ message }) => {
          if (message.statusCode === 180 && !this.#isOver) this.#call.progress.ring();
        },
        onReject: ({ message }) => this.#refused(contactKey, message.statusCode ?? 0),
      },
    });
    invited.catch(() => this.#refused(contactKey, 0));
  }

  #answered(leg: RepLeg): void {
    if (this.#isOver) {
      void leg.endElsewhere();
      return;
    }
    this.#stop(true, leg);
    this.#call.seat(leg);
    this.#call.progress.answer();
    this.#call.far.say('talk');
    const { behaviour } = this.#request;
    if (behaviour.kind !== 'hangsUp') return;
    const timer = setTimeout(
      () => void this.#call.hangUp('prospect', 'completed'),
      behaviour.afterSeconds * 1_000,
    );
    this.#call.untilEnd(() => clearTimeout(timer));
  }

  /** A decline (6xx) speaks for the rep; any other refusal for this phone alone. */
  #refused(contactKey: string, statusCode: number): void {
    this.#legs.delete(contactKey);
    if (this.#isOver) return;
    if (statusCode >= 600) {
      this.#stop(true);
      this.#call.end('rep', 'declined', statusCode);
    } else if (this.#legs.size === 0) this.#goToVoicemail();
  }

  #goToVoicemail(): void {
    this.#stop(false);
    this.#options.takeMessage(this.#call, this.#request.behaviour);
  }

  /** Stops the ringing everywhere else: because the call is taken, or given up. */
  #stop(isTaken: boolean, by?: RepLeg): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onOver();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const leg of this.#legs.values()) if (leg !== by) void (isTaken ? leg.endElsewhere() : leg.end());
  }
}

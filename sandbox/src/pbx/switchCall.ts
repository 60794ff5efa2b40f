import {
  ANONYMOUS_USER,
  type CallDirection,
  type EndCause,
  type EndedBy,
  type NetworkEvent,
} from '@scoreline/contract';
import type { Referral } from 'sip.js';
import type { FrameClock } from './audio/frameClock.ts';
import { createRoom, type Room } from './audio/room.ts';
import { type CallProgress, type CallProgressFacts, createCallProgress } from './callProgress.ts';
import type { FarEnd, FarEndView } from './farEnd.ts';
import type { LegListener, RepLeg } from './repLeg.ts';

/** Which call it is, between whom. */
export interface CallIdentity {
  readonly callId: string;
  readonly userId: string;
  readonly direction: CallDirection;
  /** The far end's number; absent where it is withheld. */
  readonly numberE164?: string;
}

/** A call as the switch sees it, for tests and the curious. Sound levels are root mean squares, 0 to 1. */
export interface SwitchCallView extends CallIdentity, CallProgressFacts {
  /** Of the phone's present leg: after a rejoin they begin anew. */
  readonly receivedPackets: number;
  readonly sentPackets: number;
  /** The sound received from the phone, and that of the last second that arrived. */
  readonly receivedRms: number;
  readonly recentReceivedRms: number;
  /** The keys the rep pressed, by RTP or INFO. */
  readonly receivedKeys: string;
  /** Everybody the call was ever connected with, the first one first. */
  readonly farEnds: readonly FarEndView[];
  /** Whether phone or connection is gone, so that the far end waits for a rejoin. */
  readonly isPhoneGone: boolean;
  readonly rejoins: number;
  /** Where the call was handed to. */
  readonly transferredTo?: string;
  /** The call whose room this call's far end is in now. */
  readonly mixedInto?: string;
}

export interface SwitchCallOptions {
  readonly identity: CallIdentity;
  readonly far: FarEnd;
  readonly clock: FrameClock;
  readonly onEvent: (call: CallIdentity, event: NetworkEvent) => void;
  readonly onRefer: (call: SwitchCall, referral: Referral) => void;
  /** Called once, when the rep's part is over. */
  readonly onEnded: (call: SwitchCall) => void;
}

/**
 * A rep's call: one numbering of events, one room, the far end in it, and the leg of the phone that the rep talks
 * through now, which another may take the place of.
 */
export class SwitchCall {
  readonly identity: CallIdentity;
  readonly far: FarEnd;
  readonly room: Room;
  readonly progress: CallProgress;
  readonly #options: SwitchCallOptions;
  readonly #farEnds: FarEnd[];
  readonly #mixed = new Set<SwitchCall>();
  #mixedInto: SwitchCall | undefined;
  #leg: RepLeg | undefined;
  #keys = '';
  #rejoins = 0;
  #transferredTo: string | undefined;
  /** What still waits for its time: the next act of the far end, a transfer under way. */
  readonly #stopWaiting: (() => void)[] = [];
  readonly #stopBridge: (() => void)[] = [];

  constructor(options: SwitchCallOptions) {
    this.#options = options;
    this.identity = options.identity;
    this.far = options.far;
    this.#farEnds = [options.far];
    this.room = createRoom(options.clock);
    this.progress = createCallProgress(
      (event) => options.onEvent(options.identity, event),
      options.identity.direction,
    );
    this.room.enter(this.far);
  }

  get leg(): RepLeg | undefined {
    return this.#leg;
  }

  get isUp(): boolean {
    const { state } = this.progress.facts;
    return (state === 'talking' || state === 'held') && this.#leg !== undefined;
  }

  get hasEnded(): boolean {
    return this.progress.facts.state === 'ended';
  }

  get transferredTo(): string | undefined {
    return this.#transferredTo;
  }

  /** Since when nobody is at the phone's side, in milliseconds of the monotonic clock. */
  get goneSinceMs(): number | undefined {
    return this.#leg?.goneSinceMs;
  }

  /** What a leg of this call tells is told to the call, as long as it is the call's leg. */
  listen(leg: () => RepLeg | undefined): LegListener {
    const ifCurrent = (act: () => void): void => {
      if (leg() !== undefined && leg() === this.#leg) act();
    };
    return {
      onHold: (isHeld) => ifCurrent(() => this.progress.hold(isHeld)),
      onKey: (key) =>
        ifCurrent(() => {
          this.#keys += key;
          this.far.pressKey(key);
        }),
      onRefer: (referral) => ifCurrent(() => this.#options.onRefer(this, referral)),
      onCancel: () => ifCurrent(() => this.end('rep', 'cancelled', 487)),
      onBye: () => ifCurrent(() => this.end('rep', 'completed')),
      // Whatever else ends the session: no ACK came, or the INVITE expired.
      onEnded: () => ifCurrent(() => this.end('network', 'failed')),
    };
  }

  /** The rep talks through this leg from now on; an earlier one is let go. */
  seat(leg: RepLeg): void {
    const earlier = this.#leg;
    this.#leg = leg;
    if (earlier !== undefined) {
      this.room.leave(earlier);
      void earlier.endElsewhere();
      this.#rejoins += 1;
    }
    leg.lossPercent = this.far.lossPercent;
    this.room.enter(leg);
  }

  /** Has this stopped when the call ends. */
  untilEnd(stop: () => void): void {
    this.#stopWaiting.push(stop);
  }

  /**
   * Whether this was the end: only the first one counts. The leg is left to the caller. However the leg of a call that
   * was handed over ends, it was handed over.
   */
  end(endedBy: EndedBy, cause: EndCause, sipStatus?: number): boolean {
    const isEnd =
      this.#transferredTo === undefined
        ? this.progress.end(endedBy, cause, sipStatus)
        : this.progress.end('rep', 'transferred');
    if (!isEnd) return false;
    for (const stop of this.#stopWaiting.splice(0)) stop();
    for (const other of [...this.#mixed]) other.unmix();
    this.unmix();
    if (this.#leg !== undefined) this.room.leave(this.#leg);
    if (this.#transferredTo === undefined) this.room.leave(this.far);
    this.#options.onEnded(this);
    return true;
  }

  /** Ends the call from the far side or the network: BYE, or a refusal when it was not answered yet. */
  async hangUp(endedBy: EndedBy, cause: EndCause, sipStatus?: number): Promise<void> {
    const leg = this.#leg;
    if (this.end(endedBy, cause, sipStatus)) await leg?.end(sipStatus);
  }

  /** Another far end takes the rep's place for this long; the leg is still to be ended. */
  bridge(target: FarEnd, bridgeMs: number): void {
    this.unmix();
    this.#transferredTo = target.numberE164 ?? ANONYMOUS_USER;
    this.#farEnds.push(target);
    if (this.#leg !== undefined) this.room.leave(this.#leg);
    this.room.enter(target);
    const timer = setTimeout(() => this.closeBridge(), bridgeMs);
    this.#stopBridge.push(() => clearTimeout(timer));
  }

  /** Gives the far end to another call of the rep, in the place of the rep; both legs are still to be ended. */
  giveFarTo(other: SwitchCall, bridgeMs: number): void {
    this.unmix();
    this.#transferredTo = other.identity.numberE164 ?? ANONYMOUS_USER;
    this.room.leave(this.far);
    other.bridge(this.far, bridgeMs);
  }

  /** Has this stopped when the far ends have parted. */
  untilBridgeEnds(stop: () => void): void {
    this.#stopBridge.push(stop);
  }

  /** Ends what two far ends still say to each other. */
  closeBridge(): void {
    for (const stop of this.#stopBridge.splice(0)) stop();
    for (const farEnd of this.#farEnds) this.room.leave(farEnd);
  }

  /** Takes another call's far end into this room; that call's leg stays as it is. */
  mix(other: SwitchCall): void {
    other.room.leave(other.far);
    this.room.enter(other.far);
    this.#mixed.add(other);
    other.#mixedInto = this;
    if (!this.#farEnds.includes(other.far)) this.#farEnds.push(other.far);
  }

  /** Takes this call's far end back out of the other call's room. */
  unmix(): void {
    const host = this.#mixedInto;
    if (host === undefined) return;
    this.#mixedInto = undefined;
    host.#mixed.delete(this);
    host.room.leave(this.far);
    this.room.enter(this.far);
  }

  get view(): SwitchCallView {
    const media = this.#leg?.media;
    return {
      ...this.identity,
      ...this.progress.facts,
      receivedPackets: media?.received.packets ?? 0,
      sentPackets: media?.sentPackets ?? 0,
      receivedRms: media?.received.rms ?? 0,
      recentReceivedRms: media?.received.recentRms ?? 0,
      receivedKeys: this.#keys,
      farEnds: this.#farEnds.map(({ view }) => view),
      isPhoneGone: this.goneSinceMs !== undefined && !this.hasEnded,
      rejoins: this.#rejoins,
      ...(this.#transferredTo === undefined ? {} : { transferredTo: this.#transferredTo }),
      ...(this.#mixedInto === undefined ? {} : { mixedInto: this.#mixedInto.identity.callId }),
    };
  }
}

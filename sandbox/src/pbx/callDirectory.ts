import { type NetworkEvent, REJOIN_WITHIN_SECONDS } from '@scoreline/contract';
import type { Referral } from 'sip.js';
import type { FrameClock } from './audio/frameClock.ts';
import { createVoices } from './audio/prompts.ts';
import { FarEnd } from './farEnd.ts';
import { type CallIdentity, SwitchCall, type SwitchCallView } from './switchCall.ts';

const REMEMBERED_CALLS = 50;
const ABSENCE_CHECK_MS = 500;

export interface CallDirectoryOptions {
  readonly clock: FrameClock;
  readonly onEvent: (call: CallIdentity, event: NetworkEvent) => void;
  readonly onRefer: (call: SwitchCall, referral: Referral) => void;
}

/** The calls of a switch: those in progress and the last that ended. */
export interface CallDirectory {
  open(identity: CallIdentity): SwitchCall;
  /** A far end that no call has yet. */
  createFarEnd(numberE164: string | undefined): FarEnd;
  /** A call that has not ended. */
  find(callId: string): SwitchCall | undefined;
  /** The calls of a user that have not ended, oldest first. */
  ofUser(userId: string): readonly SwitchCall[];
  /** Whether a call was answered and is over. */
  isOver(callId: string): boolean;
  /** Oldest first. */
  views(): readonly SwitchCallView[];
  /** Ends every call. Resolves when the phones have answered. */
  close(): Promise<void>;
}

/** A call whose phone is gone, its connection or its sound, waits for it {@link REJOIN_WITHIN_SECONDS}, then ends. */
export function createCallDirectory({ clock, onEvent, onRefer }: CallDirectoryOptions): CallDirectory {
  const live = new Map<string, SwitchCall>();
  const ended: SwitchCall[] = [];
  const voices = createVoices();
  const createFarEnd = (numberE164: string | undefined): FarEnd => new FarEnd(numberE164, voices);

  const endAbandoned = (): void => {
    for (const call of live.values()) {
      const { goneSinceMs } = call;
      if (goneSinceMs !== undefined && performance.now() - goneSinceMs > REJOIN_WITHIN_SECONDS * 1_000)
        void call.hangUp('network', 'failed', 503);
    }
  };
  const absenceCheck = setInterval(endAbandoned, ABSENCE_CHECK_MS);

  return {
    open(identity) {
      const call = new SwitchCall({
        identity,
        far: createFarEnd(identity.numberE164),
        clock,
        onEvent,
        onRefer,
        onEnded: () => {
          live.delete(identity.callId);
          ended.push(call);
          if (ended.length > REMEMBERED_CALLS) ended.shift();
        },
      });
      live.set(identity.callId, call);
      return call;
    },
    createFarEnd,
    find: (callId) => live.get(callId),
    ofUser: (userId) => [...live.values()].filter(({ identity }) => identity.userId === userId),
    isOver: (callId) =>
      ended.some(
        ({ identity, progress }) => identity.callId === callId && progress.facts.answeredAt !== undefined,
      ),
    views: () => [...ended, ...live.values()].map(({ view }) => view),
    async close() {
      clearInterval(absenceCheck);
      const all = [...live.values()];
      await Promise.all(all.map((call) => call.hangUp('network', 'failed', 503)));
      for (const call of [...ended, ...all]) call.closeBridge();
    },
  };
}

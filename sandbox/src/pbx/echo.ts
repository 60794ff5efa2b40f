import { REJOIN_WITHIN_SECONDS } from '@scoreline/contract';
import type { Invitation } from 'sip.js';
import type { FrameClock } from './audio/frameClock.ts';
import { SILENT_FRAME } from './audio/room.ts';
import { type PhoneLink, RepLeg } from './repLeg.ts';

/** Sends a phone its own sound back until it hangs up. Such a call is in no ledger and in no list. */
export function runEcho(invitation: Invitation, link: PhoneLink, clock: FrameClock): void {
  const nothing = (): void => undefined;
  const leg = new RepLeg(invitation, link, {
    onHold: nothing,
    onKey: nothing,
    onRefer: (referral) => void referral.reject(),
    onCancel: nothing,
    onBye: nothing,
    onEnded: () => stop(),
  });
  const stop = clock.onFrame(() => {
    leg.hear(leg.speak() ?? SILENT_FRAME);
    if (leg.goneSinceMs !== undefined && performance.now() - leg.goneSinceMs > REJOIN_WITHIN_SECONDS * 1_000)
      void leg.end();
  });
  leg.accept().catch(() => void leg.end());
}

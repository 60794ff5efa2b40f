import type { Invitation } from 'sip.js';
import { type PhoneLink, RepLeg } from './repLeg.ts';
import type { SwitchCall } from './switchCall.ts';

/**
 * Connects a phone with a call that it, or an earlier one of the same user, had before. The far end stays, the events
 * are numbered on, and the earlier leg is let go. A call that still rings goes on ringing at the new leg.
 */
export async function rejoinCall(call: SwitchCall, invitation: Invitation, link: PhoneLink): Promise<void> {
  const leg: RepLeg = new RepLeg(
    invitation,
    link,
    call.listen(() => leg),
  );
  if (!call.isUp) {
    call.seat(leg);
    if (call.progress.facts.state === 'ringing') leg.ring();
    return;
  }
  const isConnected = await leg.accept().catch(() => false);
  if (!isConnected) return;
  if (call.hasEnded) {
    await leg.end();
    return;
  }
  call.seat(leg);
  call.progress.hold(leg.isHeld);
}

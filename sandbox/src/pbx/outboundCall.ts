import type { Invitation } from 'sip.js';
import { type PhoneLink, RepLeg } from './repLeg.ts';
import { playProspect } from './prospectScript.ts';
import type { Prospect } from './prospects.ts';
import type { SwitchCall } from './switchCall.ts';

/** Connects a rep who dialed with the prospect at the number. */
export function placeCall(
  call: SwitchCall,
  invitation: Invitation,
  link: PhoneLink,
  prospect: Prospect,
): void {
  const leg: RepLeg = new RepLeg(
    invitation,
    link,
    call.listen(() => leg),
  );
  if (prospect.kind === 'answers') call.far.lossPercent = prospect.lossPercent ?? 0;
  call.seat(leg);
  call.untilEnd(
    playProspect(prospect, call.far, {
      ring() {
        call.leg?.ring();
        call.progress.ring();
      },
      announce() {
        call.leg?.openEarly().catch(() => undefined);
      },
      async answer() {
        if ((await call.leg?.accept()) !== true) return false;
        call.progress.answer();
        return true;
      },
      refuse: (endedBy, cause, sipStatus) => void call.hangUp(endedBy, cause, sipStatus),
      hangUp: () => void call.hangUp('prospect', 'completed'),
      fail: () => void call.hangUp('network', 'failed'),
    }),
  );
}

import {
  CONFERENCE_USER,
  ERROR_HEADER,
  type ErrorName,
  JOIN_HEADER,
  PERMIT_HEADER,
} from '@scoreline/contract';
import type { Referral } from 'sip.js';
import type { CallDirectory } from './callDirectory.ts';
import { playProspect } from './prospectScript.ts';
import type { Prospect } from './prospects.ts';
import { notifyOf } from './signalling/referNotify.ts';
import type { PermitCheck } from './signalling/permitCheck.ts';
import type { SwitchCall } from './switchCall.ts';

export interface ReferralOptions {
  readonly calls: CallDirectory;
  readonly permits: PermitCheck;
  readonly prospectAt: (numberE164: string) => Prospect;
  /** How long two far ends talk to each other before they hang up. */
  readonly bridgeMs: number;
}

/**
 * What a phone asks of the switch by a REFER within a call, each told by NOTIFY how it goes:
 *
 * - `Refer-To: <sip:+E164@domain>` with a permit for this call and that number hands the call over (blind). The rep's
 *   leg ends once the number answers; a number that does not leaves the call with the rep.
 * - `Refer-To: <…?Replaces=…>` names another call of the rep: both far ends are connected, both legs end (attended).
 * - `Refer-To: <sip:conference@domain>` with `X-Scoreline-Join` has that other call's far end mixed with this one.
 */
export function followReferral(call: SwitchCall, referral: Referral, options: ReferralOptions): void {
  const { user } = referral.referTo.uri;
  if (referral.replaces !== undefined) attendedTransfer(call, referral, options);
  else if (user === CONFERENCE_USER) conference(call, referral, options);
  else blindTransfer(call, referral, user ?? '', options);
}

function blindTransfer(
  call: SwitchCall,
  referral: Referral,
  numberE164: string,
  { bridgeMs, calls, permits, prospectAt }: ReferralOptions,
): void {
  const { callId, userId } = call.identity;
  const permit = referral.request.getHeader(PERMIT_HEADER);
  const verdict = permits.judgeRunning({ callId, userId, numberE164, permit });
  if (verdict !== 'granted') {
    refuse(referral, 403, verdict);
    return;
  }
  const notify = accept(call, referral);
  const prospect = prospectAt(numberE164);
  const target = calls.createFarEnd(numberE164);
  const stop = playProspect(prospect, target, {
    ring: () => void notify(180),
    announce: () => void notify(183),
    async answer() {
      if (!call.isUp) return false;
      call.bridge(target, bridgeMs);
      call.untilBridgeEnds(stop);
      await notify(200);
      await call.hangUp('rep', 'transferred');
      return true;
    },
    refuse: (_endedBy, _cause, sipStatus) => void notify(sipStatus),
    hangUp: () => call.closeBridge(),
    fail: () => void notify(503),
  });
  call.untilEnd(() => {
    if (call.transferredTo === undefined) stop();
  });
}

function attendedTransfer(call: SwitchCall, referral: Referral, { bridgeMs, calls }: ReferralOptions): void {
  const other = calls
    .ofUser(call.identity.userId)
    .find(({ leg }) => leg?.isNamedBy(referral.replaces ?? '') === true);
  if (other === undefined || other === call || !other.isUp) {
    refuse(referral, 481);
    return;
  }
  const notify = accept(call, referral);
  other.giveFarTo(call, bridgeMs);
  void notify(200).then(() =>
    Promise.all([call.hangUp('rep', 'transferred'), other.hangUp('rep', 'transferred')]),
  );
}

function conference(call: SwitchCall, referral: Referral, { calls }: ReferralOptions): void {
  const other = calls.find(referral.request.getHeader(JOIN_HEADER) ?? '');
  if (other === undefined || other === call || !other.isUp || !isSameUser(call, other)) {
    refuse(referral, 481);
    return;
  }
  const notify = accept(call, referral);
  call.mix(other);
  void notify(200);
}

function isSameUser(call: SwitchCall, other: SwitchCall): boolean {
  return call.identity.userId === other.identity.userId;
}

/** Accepts with 202 and tells that it is tried; returns what tells more, final with the first status from 200 on. */
function accept(call: SwitchCall, referral: Referral): (statusCode: number) => Promise<void> {
  referral.accept().catch(() => undefined);
  const notify = notifyOf(() => call.leg?.session);
  void notify(100);
  return notify;
}

function refuse(referral: Referral, statusCode: number, error?: ErrorName): void {
  const extraHeaders = error === undefined ? [] : [`${ERROR_HEADER}: ${error}`];
  referral.reject({ statusCode, extraHeaders }).catch(() => undefined);
}

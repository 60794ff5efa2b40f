import { createHmac } from 'node:crypto';
import { permitClaimText, type PermitClaim } from '@scoreline/contract';
import type { PermitResponse } from '@scoreline/contract/wire';
import type { Organization } from '../config.ts';

const PERMIT_SECONDS = 60;

/** What the INVITE or REFER carries: proof for the switch that the relay allowed this very call. */
function signPermit(claim: PermitClaim, permitSecret: string): string {
  const mac = createHmac('sha256', permitSecret).update(permitClaimText(claim)).digest('base64url');
  return `v1.${claim.expiresAtEpochSeconds}.${mac}`;
}

/**
 * A permit of one minute.
 *
 * @param now epoch milliseconds
 */
export function permitFor(
  { orgId, sip }: Organization,
  allowed: Pick<PermitClaim, 'userId' | 'callId' | 'numberE164'>,
  now: number,
): PermitResponse {
  const expiresAtEpochSeconds = Math.floor(now / 1_000) + PERMIT_SECONDS;
  const { callId, numberE164 } = allowed;
  return {
    callId,
    permit: signPermit({ orgId, ...allowed, expiresAtEpochSeconds }, sip.permitSecret),
    numberE164,
    expiresAtEpochSeconds,
    callerIdE164: sip.callerIdE164,
  };
}

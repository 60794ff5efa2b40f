import { createHmac } from 'node:crypto';
import { permitClaimText, type PermitClaim } from '@scoreline/contract';

/** What the INVITE carries: proof for the switch that the relay allowed this very call. */
export function signPermit(claim: PermitClaim, permitSecret: string): string {
  const mac = createHmac('sha256', permitSecret).update(permitClaimText(claim)).digest('base64url');
  return `v1.${claim.expiresAtEpochSeconds}.${mac}`;
}

/** SIP header that carries the call's id (UUIDv7) from the softphone to the switch and the carrier. */
export const CALL_ID_HEADER = 'X-Scoreline-Call';
/** SIP header that carries the permit of {@link permitClaimText}, as the relay's permit answer gave it. */
export const PERMIT_HEADER = 'X-Scoreline-Permit';
/** SIP header of a REFER to `sip:conference@<domain>`: the id of the rep's other call that is mixed with this one. */
export const JOIN_HEADER = 'X-Scoreline-Join';
/** The user part of the address that sends every sound back; a call there needs no permit and is in no ledger. */
export const ECHO_USER = 'echo';
/** The user part of the address a REFER names to have two calls mixed. */
export const CONFERENCE_USER = 'conference';
/** The user part an INVITE rejoins with, and calls come from, where the other side withholds its number. */
export const ANONYMOUS_USER = 'anonymous';
/** How long the switch keeps the other side of a call whose phone is gone, before it ends the call. */
export const REJOIN_WITHIN_SECONDS = 20;
/** SIP header in which the switch names the row of the error table when it refuses. */
export const ERROR_HEADER = 'X-Scoreline-Error';
/** HTTP header that signs what a switch posts: `t=<epoch seconds>,v1=<hex HMAC-SHA256>`. */
export const SWITCH_SIGNATURE_HEADER = 'X-Scoreline-Signature';
/** How far a switch's signature time may lie from the relay's clock. */
export const SWITCH_SIGNATURE_TOLERANCE_SECONDS = 300;

export interface PermitClaim {
  readonly orgId: string;
  readonly userId: string;
  readonly callId: string;
  /** The destination in E.164, `+` included: the INVITE's user part. */
  readonly numberE164: string;
  readonly expiresAtEpochSeconds: number;
}

/**
 * The text whose HMAC-SHA256 (base64url, no padding) a permit carries. The permit itself is
 * `v1.<expiresAtEpochSeconds>.<mac>`: everything else a switch already has from the INVITE.
 */
export function permitClaimText(claim: PermitClaim): string {
  return ['v1', claim.orgId, claim.userId, claim.callId, claim.numberE164, claim.expiresAtEpochSeconds].join(
    '|',
  );
}

/**
 * The text whose HMAC-SHA256 by the permit secret (base64url, no padding) the address of a message carries:
 * `/voicemails/<call id>?expires=<epoch seconds>&mac=<mac>` at the switch's HTTP side.
 */
export function voicemailClaimText(callId: string, expiresAtEpochSeconds: number): string {
  return ['voicemail', callId, expiresAtEpochSeconds].join('|');
}

/** The text a switch signs: its clock and the raw body, so that neither can be exchanged. */
export function switchSignatureText(epochSeconds: number, rawBody: string): string {
  return `${epochSeconds}.${rawBody}`;
}

/** The user name of short-lived SIP credentials: `<expiry>:<user>@<org>`; its HMAC-SHA1 in base64 is the password. */
export function sipCredentialUsername(expiresAtEpochSeconds: number, userId: string, orgId: string): string {
  return `${expiresAtEpochSeconds}:${userId}@${orgId}`;
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { type PermitClaim, permitClaimText } from '@scoreline/contract';
import { callIdSchema } from '@scoreline/contract/wire';

/** Calls remembered at least this many, so that a second permit for a call that was placed places no second one. */
const REMEMBERED_CALLS = 10_000;
/** Longer than any permit lives: until then a call is remembered however many there are. */
const LONGEST_PERMIT_SECONDS = 600;

type PermitVerdict = 'granted' | 'permitMissing' | 'permitInvalid';

interface PermitRequest {
  readonly userId: string;
  readonly numberE164: string;
  /** The headers of the INVITE, as they came. */
  readonly callId: string | undefined;
  readonly permit: string | undefined;
}

export interface PermitCheck {
  /** Whether a call may begin. */
  judge(request: PermitRequest): PermitVerdict;
  /** Whether the permit is right, for a call that has begun: to rejoin it, or to hand it to this number. */
  judgeRunning(request: PermitRequest): PermitVerdict;
  /** Uses up a call's permit, and any other that was made for the call: one call is one INVITE. */
  spend(callId: string): void;
}

/** Verifies the relay's permits offline, by the secret that switch and relay share. */
export function createPermitCheck(options: {
  readonly orgId: string;
  readonly permitSecret: string;
  readonly nowEpochSeconds: () => number;
}): PermitCheck {
  /** When each call was placed, oldest first. */
  const spentAtEpochSeconds = new Map<string, number>();

  const judgeRunning = ({ callId, numberE164, permit, userId }: PermitRequest): PermitVerdict => {
    if (permit === undefined || callId === undefined) return 'permitMissing';
    const [, expiry, mac] = /^v1\.(\d{9,11})\.([A-Za-z0-9_-]{43})$/u.exec(permit) ?? [];
    if (expiry === undefined || mac === undefined || !callIdSchema.safeParse(callId).success)
      return 'permitInvalid';
    const expiresAtEpochSeconds = Number(expiry);
    const claim = { orgId: options.orgId, userId, callId, numberE164, expiresAtEpochSeconds };
    const isCurrent = expiresAtEpochSeconds > options.nowEpochSeconds();
    return isCurrent && macIsRight(options.permitSecret, claim, mac) ? 'granted' : 'permitInvalid';
  };

  return {
    judge(request) {
      const isSpent = request.callId !== undefined && spentAtEpochSeconds.has(request.callId);
      return isSpent ? 'permitInvalid' : judgeRunning(request);
    },
    judgeRunning,
    spend(callId) {
      const now = options.nowEpochSeconds();
      spentAtEpochSeconds.set(callId, now);
      for (const [oldest, spentAt] of spentAtEpochSeconds) {
        if (spentAtEpochSeconds.size <= REMEMBERED_CALLS || now - spentAt < LONGEST_PERMIT_SECONDS) return;
        spentAtEpochSeconds.delete(oldest);
      }
    },
  };
}

function macIsRight(permitSecret: string, claim: PermitClaim, mac: string): boolean {
  const expected = createHmac('sha256', permitSecret).update(permitClaimText(claim)).digest();
  const given = Buffer.from(mac, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

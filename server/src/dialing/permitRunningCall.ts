import { ANONYMOUS_USER } from '@scoreline/contract';
import type { PermitResponse } from '@scoreline/contract/wire';
import { liveCallOfRep } from '../calls/index.ts';
import type { Organization } from '../config.ts';
import { Refusal } from '../refusal.ts';
import { permitFor } from './permit.ts';
import { allowedNumber, type PermitOptions } from './permitCall.ts';

/**
 * Decides whether a rep's call may be handed to another number, by the rules for dialing it. Refuses as `permitCall`
 * does, and with `callNotFound` or `callEnded` where there is no such call to hand over.
 *
 * @param number as a rep types it or a record shows it; an extension is left out, nobody could key it
 */
export async function permitTransfer(
  organization: Organization,
  userId: string,
  callId: string,
  number: string,
  options: PermitOptions,
): Promise<PermitResponse> {
  const { orgId } = organization;
  const call = await liveCallOfRep(options.database, { orgId, userId }, callId);
  const { numberE164 } = await allowedNumber(organization, userId, number, options);
  return permitFor(organization, { userId, callId: call.callId, numberE164 }, options.now());
}

/**
 * Lets a rep's phone join its own running call again. No rule for dialing is asked: nobody new is called. A withheld
 * number is named {@link ANONYMOUS_USER}. Refuses with `userInactive`, `callNotFound` or `callEnded`.
 */
export async function permitRejoin(
  organization: Organization,
  userId: string,
  callId: string,
  { database, rules, now }: PermitOptions,
): Promise<PermitResponse> {
  const { orgId } = organization;
  if ((await rules.isUserActive(orgId, userId)) === false) throw new Refusal('userInactive');
  const call = await liveCallOfRep(database, { orgId, userId }, callId);
  const numberE164 = call.numberE164 || ANONYMOUS_USER;
  return permitFor(organization, { userId, callId: call.callId, numberE164 }, now());
}

import type { PermitRequest, PermitResponse } from '@scoreline/contract/wire';
import { hashNumber, openCall } from '../calls/index.ts';
import type { Organization } from '../config.ts';
import type { Database } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import { classifyNumber, homeCountryOf } from './classifyNumber.ts';
import { signPermit } from './permit.ts';

/** What the relay's copy of the org says about dialing. */
export interface DialingRules {
  /** ISO 3166 codes; null when the rules were never read from the org. */
  allowedCountries(orgId: string): Promise<readonly string[] | null>;
  /** @param numberHash as `hashNumber` of the calls makes it */
  isDoNotCall(orgId: string, numberHash: string): Promise<boolean>;
  /** Null when the relay has no copy of the user. */
  isUserActive(orgId: string, userId: string): Promise<boolean | null>;
}

export interface PermitOptions {
  readonly database: Database;
  readonly personalDataKey: Buffer;
  readonly rules: DialingRules;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const PERMIT_SECONDS = 60;

/**
 * Decides whether a rep may place a call, and opens its ledger before it says yes. The same request again gets a
 * fresh permit. Throws a {@link Refusal} of the error table's rows 302 and 304 to 312.
 */
export async function permitCall(
  organization: Organization,
  userId: string,
  request: PermitRequest,
  options: PermitOptions,
): Promise<PermitResponse> {
  const { orgId, sip } = organization;
  const { rules, database, personalDataKey } = options;
  if ((await rules.isUserActive(orgId, userId)) === false) throw new Refusal('userInactive');
  const dialed = classifyNumber(request.number, homeCountryOf(sip.callerIdE164));
  const { numberE164, countryCode, extension } = dialed;
  await checkRules(orgId, numberE164, countryCode, options);
  const { callId, recordId } = request;
  await database.transaction((connection) =>
    openCall(connection, personalDataKey, { orgId, callId, userId, numberE164, extension, recordId }),
  );
  const expiresAtEpochSeconds = Math.floor(options.now() / 1_000) + PERMIT_SECONDS;
  const claim = { orgId, userId, callId, numberE164, expiresAtEpochSeconds };
  return {
    callId,
    permit: signPermit(claim, sip.permitSecret),
    numberE164,
    expiresAtEpochSeconds,
    callerIdE164: sip.callerIdE164,
  };
}

async function checkRules(
  orgId: string,
  numberE164: string,
  countryCode: string | undefined,
  { rules, personalDataKey }: PermitOptions,
): Promise<void> {
  const allowedCountries = await rules.allowedCountries(orgId);
  if (allowedCountries === null) throw new Refusal('dialingRulesUnknown');
  if (countryCode === undefined || !allowedCountries.includes(countryCode))
    throw new Refusal('countryNotAllowed', 'number');
  if (await rules.isDoNotCall(orgId, hashNumber(personalDataKey, orgId, numberE164)))
    throw new Refusal('doNotCall', 'number');
}

import type { PermitRequest, PermitResponse } from '@scoreline/contract/wire';
import { hashNumber, liveCallOfRep, openCall } from '../calls/index.ts';
import type { Organization } from '../config.ts';
import type { Connection, Database } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import { classifyNumber, homeCountryOf, type ClassifiedNumber } from './classifyNumber.ts';
import { permitFor } from './permit.ts';

/** What the relay's copy of the org says about dialing. */
export interface DialingRules {
  /** ISO 3166 codes; null when the rules were never read from the org. */
  allowedCountries(orgId: string): Promise<readonly string[] | null>;
  /** @param numberHash as `hashNumber` of the calls makes it */
  isDoNotCall(orgId: string, numberHash: string): Promise<boolean>;
  /** Null when the relay has no copy of the user. */
  isUserActive(orgId: string, userId: string): Promise<boolean | null>;
}

/**
 * Keeps a number from the lists of colleagues while it is dialed; answers false when a colleague's list has it.
 */
export type HoldNumber = (
  connection: Connection,
  rep: { readonly orgId: string; readonly userId: string },
  number: { readonly numberHash: string; readonly extension?: string | undefined },
) => Promise<boolean>;

export interface PermitOptions {
  readonly database: Database;
  readonly personalDataKey: Buffer;
  readonly rules: DialingRules;
  readonly holdNumber: HoldNumber;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Decides whether a rep may place a call, and opens its ledger before it says yes. The same request again gets a
 * fresh permit. A consultation must be about a call of the rep that is up. Throws a {@link Refusal} of the error
 * table's rows 301, 302, 304 to 313 and 334: nobody dials whom a colleague's list has on the screen.
 */
export async function permitCall(
  organization: Organization,
  userId: string,
  request: PermitRequest,
  options: PermitOptions,
): Promise<PermitResponse> {
  const { orgId } = organization;
  const { database, personalDataKey } = options;
  const { numberE164, extension } = await allowedNumber(organization, userId, request.number, options);
  const { callId, recordId, consultsFor } = request;
  if (consultsFor !== undefined) await liveCallOfRep(database, { orgId, userId }, consultsFor, 'consultsFor');
  const opening = { orgId, callId, userId, numberE164, extension, recordId, consultsFor };
  const numberHash = hashNumber(personalDataKey, orgId, numberE164);
  await database.transaction(async (connection) => {
    await openCall(connection, personalDataKey, opening);
    if (
      consultsFor === undefined &&
      !(await options.holdNumber(connection, { orgId, userId }, { numberHash, extension }))
    )
      throw new Refusal('prospectReserved', 'number');
  });
  return permitFor(organization, { userId, callId, numberE164 }, options.now());
}

/** The number that a rep wants to reach, where the rules allow it. Throws a {@link Refusal} of the rows 304 to 312. */
export async function allowedNumber(
  { orgId, sip }: Organization,
  userId: string,
  text: string,
  options: PermitOptions,
): Promise<ClassifiedNumber> {
  const { rules, personalDataKey } = options;
  const number = classifyNumber(text, homeCountryOf(sip.callerIdE164));
  const { numberE164, countryCode } = number;
  const [isUserActive, allowedCountries, isDoNotCall] = await Promise.all([
    rules.isUserActive(orgId, userId),
    rules.allowedCountries(orgId),
    rules.isDoNotCall(orgId, hashNumber(personalDataKey, orgId, numberE164)),
  ]);
  if (isUserActive === false) throw new Refusal('userInactive');
  if (allowedCountries === null) throw new Refusal('dialingRulesUnknown');
  if (countryCode === undefined || !allowedCountries.includes(countryCode))
    throw new Refusal('countryNotAllowed', 'number');
  if (isDoNotCall) throw new Refusal('doNotCall', 'number');
  return number;
}

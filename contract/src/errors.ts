import { CALL_ERRORS } from './callErrors.ts';
import type { ErrorEntry } from './errorEntry.ts';
import { entry } from './errorEntry.ts';
import { LIST_ERRORS } from './listErrors.ts';
import { SOUND_ERRORS } from './soundErrors.ts';

/**
 * Every error the product can report, by name. 1xx input, 2xx identity, 3xx calls and permits,
 * 4xx figures in the org, 5xx the service, 6xx the phone.
 */
export const ERRORS = {
  malformedJson: entry(
    'SC-101',
    400,
    'The request is not valid JSON.',
    'Nothing was stored. This is a fault in the sender; report it.',
    false,
  ),
  invalidRequest: entry(
    'SC-102',
    400,
    'The request has a missing or wrong value.',
    'Nothing was stored. Correct the named value and send it again.',
    false,
  ),
  unknownField: entry(
    'SC-103',
    400,
    'The request has a field that is not known here.',
    'Nothing was stored. The phone and the relay may be of different versions; reload the page.',
    false,
  ),
  bodyTooLarge: entry(
    'SC-104',
    413,
    'The request is larger than 100 kB.',
    'Nothing was stored. Send fewer events at once.',
    false,
  ),
  unsupportedMediaType: entry(
    'SC-105',
    415,
    'The request is not sent as JSON.',
    'Nothing was stored. Send it with the content type application/json.',
    false,
  ),
  routeNotFound: entry(
    'SC-106',
    404,
    'There is nothing at this address.',
    'Check the relay address in the settings.',
    false,
  ),
  tokenMissing: entry(
    'SC-201',
    401,
    'The request carries no token.',
    'Reload the page to sign in to the phone again.',
    false,
  ),
  tokenInvalid: entry(
    'SC-202',
    401,
    'The token is not signed by a known key.',
    'Reload the page. If it stays, ask your admin to check the certificate.',
    false,
  ),
  tokenAlgorithm: entry(
    'SC-203',
    401,
    'The token uses a signing algorithm that is not accepted.',
    'Reload the page. If it stays, ask your admin to check the certificate.',
    false,
  ),
  tokenAudience: entry(
    'SC-204',
    401,
    'The token was made for another service.',
    'Ask your admin to check the relay address in the settings.',
    false,
  ),
  tokenExpired: entry(
    'SC-205',
    401,
    'The token has expired.',
    'The phone asks for a new one by itself. If this stays, check the clock of this computer.',
    false,
  ),
  tokenReplayed: entry(
    'SC-206',
    401,
    'The token was used before.',
    'Reload the page to sign in to the phone again.',
    false,
  ),
  organizationUnknown: entry(
    'SC-207',
    401,
    'This org is not connected to the relay.',
    'Ask your admin to connect the org.',
    false,
  ),
  originRefused: entry(
    'SC-208',
    403,
    'This page may not use the relay.',
    'Ask your admin to add this page’s address to the relay.',
    false,
  ),
  signatureInvalid: entry(
    'SC-209',
    403,
    'The signature does not match the message.',
    'Nothing was stored. Check the key of the switch or carrier.',
    false,
  ),
  callNotFound: entry(
    'SC-301',
    404,
    'No such call in this org.',
    'Nothing was stored. Dial again from the record.',
    false,
  ),
  callIdReused: entry(
    'SC-302',
    409,
    'This call id belongs to a call with another number or record.',
    'Nothing was stored. Dial again.',
    false,
  ),
  eventConflict: entry(
    'SC-303',
    409,
    'An event with this sequence was stored before, with other content.',
    'The stored event stands. This is a fault in the sender; report it.',
    false,
  ),
  numberInvalid: entry(
    'SC-304',
    422,
    'This is not a phone number that can be called.',
    'Correct the number on the record, with its country code.',
    false,
  ),
  countryNotAllowed: entry(
    'SC-305',
    403,
    'Calls to this country are not allowed.',
    'Ask your admin to allow the country.',
    false,
  ),
  doNotCall: entry(
    'SC-306',
    403,
    'This person asked not to be called.',
    'Choose another way to reach them.',
    false,
  ),
  numberBlocked: entry(
    'SC-307',
    403,
    'Premium and satellite numbers are blocked.',
    'Ask your admin if you need this number.',
    false,
  ),
  emergencyNumber: entry(
    'SC-308',
    403,
    'This phone cannot place emergency calls.',
    'Use a mobile or desk phone now.',
    false,
  ),
  permitMissing: entry(
    'SC-309',
    403,
    'The call carries no permit.',
    'Dial from the phone in Salesforce.',
    false,
  ),
  permitInvalid: entry(
    'SC-310',
    403,
    'The permit is not for this call, or has expired.',
    'Dial again.',
    false,
  ),
  dialingRulesUnknown: entry(
    'SC-311',
    503,
    'The dialing rules have not been read from Salesforce yet.',
    'Try again in a few seconds.',
    true,
  ),
  userInactive: entry(
    'SC-312',
    403,
    'This user is not active in the org.',
    'Ask your admin to activate the user.',
    false,
  ),
  callEnded: entry('SC-313', 409, 'The call has ended.', 'Choose an outcome, then call again.', false),
  correctionNeedsReason: entry(
    'SC-321',
    422,
    'An outcome that was given more than an hour ago is corrected without a reason.',
    'Nothing was stored. Say why the outcome changes, in a few words.',
    false,
  ),
  recordNotSuitable: entry(
    'SC-320',
    422,
    'This record cannot stand for the number of the call.',
    'Nothing was stored. Choose one of the records shown, or a contact or lead.',
    false,
  ),
  scorecardUnavailable: entry(
    'SC-401',
    503,
    'Could not load the scorecard.',
    'Nothing is lost. Try again.',
    true,
  ),
  phoneListUnavailable: entry('SC-402', 503, 'Could not load the phone numbers.', 'Try again.', true),
  unexpected: entry(
    'SC-501',
    500,
    'Something went wrong at the relay.',
    'Nothing was acknowledged. Try again; what you entered is kept.',
    true,
  ),
  databaseUnavailable: entry(
    'SC-502',
    503,
    'The relay cannot reach its database.',
    'Nothing was acknowledged. It is sent again by itself.',
    true,
  ),
  tooManyRequests: entry(
    'SC-503',
    429,
    'Too many requests in a short time.',
    'Wait a moment; it is sent again by itself.',
    true,
  ),
  addressNotTrusted: entry(
    'SC-633',
    0,
    'Salesforce does not let this page reach the phone service.',
    'Ask your admin to add the addresses of relay and phone service to the Trusted URLs, then reload.',
    false,
  ),
  relayUnreachable: entry(
    'SC-603',
    0,
    'The relay does not answer.',
    'Calls wait. The phone tries again by itself.',
    true,
  ),
  switchUnreachable: entry(
    'SC-604',
    0,
    'Connection to the phone service lost.',
    'The phone reconnects by itself. A call in progress stays up.',
    true,
  ),
  registrationRefused: entry(
    'SC-605',
    0,
    'The phone service refused to sign you in.',
    'Reload the page. If it stays, ask your admin.',
    true,
  ),
  callFailed: entry(
    'SC-606',
    0,
    'The call could not be completed.',
    'Try again, or choose another number.',
    true,
  ),
  transferRefused: entry(
    'SC-608',
    0,
    'Could not transfer.',
    'You are still connected. Check the number.',
    true,
  ),
  conferenceRefused: entry(
    'SC-609',
    0,
    'Could not join the calls.',
    'Both calls are still up; one is on hold.',
    true,
  ),
  callLost: entry(
    'SC-610',
    0,
    'The call ended before the phone was back.',
    'Choose an outcome, then call again.',
    false,
  ),
  voicemailUnavailable: entry(
    'SC-614',
    503,
    'This message can’t be played now.',
    'It is kept with the phone service. Try again.',
    true,
  ),
  ...CALL_ERRORS,
  ...LIST_ERRORS,
  ...SOUND_ERRORS,
  phoneNotPermitted: entry(
    'SC-635',
    0,
    'You need the Scoreline Rep permission set to use the phone.',
    'Ask your Salesforce admin for it, then reload.',
    false,
  ),
  phoneNotSetUp: entry(
    'SC-607',
    0,
    'The phone is not set up in this org.',
    'Ask your admin to complete the Scoreline settings.',
    false,
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorName = keyof typeof ERRORS;

/** The body of every error answer. */
export interface ErrorBody {
  readonly error: {
    readonly name: ErrorName;
    readonly code: string;
    readonly message: string;
    readonly meaning: string;
    readonly retryable: boolean;
    /** Where the input was wrong, e.g. `events.0.at`; never the value itself. */
    readonly path?: string;
  };
}

/** The answer's body for an error, with the place in the input where there is one. */
export function errorBody(name: ErrorName, path?: string): ErrorBody {
  const { code, message, meaning, retryable } = ERRORS[name];
  return { error: { name, code, message, meaning, retryable, ...(path === undefined ? {} : { path }) } };
}

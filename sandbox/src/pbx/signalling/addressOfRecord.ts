import type { URI } from 'sip.js';

/** The one SIP domain a switch serves. */
export interface AddressBook {
  readonly domain: string;
}

/** Whether a URI is the user's own address of record, `sip:<userId>@<domain>`. */
export function isAddressOfRecord(uri: URI, userId: string, { domain }: AddressBook): boolean {
  return uri.scheme === 'sip' && uri.user === userId && uri.host === domain.toLowerCase();
}

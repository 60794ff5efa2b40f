import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { hashNumber } from '../../calls/index.ts';

/** A number as the index knows it. Two extensions of one line are two numbers; '' is the line itself. */
export interface IndexedNumber {
  readonly numberHash: string;
  readonly extension: string;
}

export interface NumberReading {
  readonly orgId: string;
  readonly personalDataKey: Buffer;
  /** The country of numbers that are written without a country code. */
  readonly homeCountry: CountryCode;
}

/**
 * The numbers that stand in the phone fields of a record, each once. A text that is no number is left out.
 *
 * @param extensionOfFirst an extension that the record keeps apart from its first number
 */
export function readNumbers(
  texts: readonly (string | null | undefined)[],
  { orgId, personalDataKey, homeCountry }: NumberReading,
  extensionOfFirst?: string | null,
): IndexedNumber[] {
  const numbers = new Map<string, IndexedNumber>();
  for (const [index, text] of texts.entries()) {
    const parsed = parsePhoneNumberFromString(text ?? '', homeCountry);
    if (parsed === undefined) continue;
    const separate = index === 0 ? (extensionOfFirst ?? '').replace(/\D/gu, '') : '';
    const extension = parsed.ext ?? separate;
    const numberHash = hashNumber(personalDataKey, orgId, parsed.number);
    numbers.set(`${numberHash} ${extension}`, { numberHash, extension });
  }
  return [...numbers.values()];
}

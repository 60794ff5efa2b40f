import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { Refusal } from '../refusal.ts';

/** A number that the plan of its country knows, with the ISO 3166 country it belongs to (none for freephone +800). */
export interface ClassifiedNumber {
  readonly numberE164: string;
  readonly countryCode: string | undefined;
  /** Digits that are keyed once the line answers. */
  readonly extension: string | undefined;
}

/** ASCII digits with the marks people write between them; a non-breaking space and typographic hyphens are pasted. */
const DIALABLE = /^\s*\+?[\d\s().\-/\u00a0\u2010-\u2015]+$/u;
const MAXIMUM_DIGITS = 20;
/** An extension as records have it: `… ext. 7`, `… x7`, `… #7`. */
const EXTENSION = /^(?<line>.*?\d)[\s,;]*(?:ext(?:ension|n)?\.?|x|#)[\s.:=]*(?<extension>\d{1,7})\s*$/iu;

/**
 * Emergency numbers of the countries that people call from, and the North American crisis line. Any of them counts
 * also behind a prefix for an outside line, or behind a country's calling code.
 */
const EMERGENCY_NUMBERS = new Set(
  '911 112 999 000 988 100 101 102 103 108 110 113 115 117 118 119 120 133 144 155 158 190 192 193 995 997 998 15 17 18'.split(
    ' ',
  ),
);

/** Satellite networks and global services beyond every country's plan (ITU-T E.164, list of assigned codes). */
const BLOCKED_CALLING_CODES = /^\+?(?:00|011)?(?:808|870|878|881|882|883|888|979)/u;
const BLOCKED_TYPES = new Set(['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'PAGER']);

/**
 * Reads a number as a record shows it or a rep types it. Throws a {@link Refusal}: `numberInvalid`,
 * `emergencyNumber` or `numberBlocked`.
 *
 * @param defaultCountry ISO 3166 code of the country whose national numbers are meant when no `+` leads
 */
export function classifyNumber(text: string, defaultCountry: string): ClassifiedNumber {
  const { line = text, extension } = EXTENSION.exec(text)?.groups ?? {};
  if (!DIALABLE.test(line)) throw invalid();
  const digits = line.replace(/\D/gu, '');
  const isInternational = line.trimStart().startsWith('+');
  const dialed = isInternational ? `+${digits}` : digits;
  if (EMERGENCY_NUMBERS.has(digits) || EMERGENCY_NUMBERS.has(digits.replace(/^[019]/u, '')))
    throw new Refusal('emergencyNumber', 'number');
  if (digits.length > MAXIMUM_DIGITS) throw invalid();
  if (isInternational && BLOCKED_CALLING_CODES.test(dialed)) throw blocked();
  const number = parsePhoneNumberFromString(dialed, { defaultCountry: defaultCountry as CountryCode });
  if (number === undefined) throw invalid();
  return { ...checked(number), extension };
}

/** The country an org calls from, by its caller id; the United States when it has none. */
export function homeCountryOf(callerIdE164: string | undefined): CountryCode {
  const callerId = callerIdE164 === undefined ? undefined : parsePhoneNumberFromString(callerIdE164);
  return callerId?.country ?? 'US';
}

function checked(number: PhoneNumber): Omit<ClassifiedNumber, 'extension'> {
  if (BLOCKED_CALLING_CODES.test(number.number)) throw blocked();
  if (EMERGENCY_NUMBERS.has(number.nationalNumber)) throw new Refusal('emergencyNumber', 'number');
  if (!number.isValid()) throw invalid();
  const type = number.getType();
  if (type !== undefined && BLOCKED_TYPES.has(type)) throw blocked();
  return { numberE164: number.number, countryCode: number.country };
}

function invalid(): Refusal {
  return new Refusal('numberInvalid', 'number');
}

function blocked(): Refusal {
  return new Refusal('numberBlocked', 'number');
}

import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import * as z from 'zod/mini';
import { hashNumber } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { apiInstantSchema, copyChanges, type CopyContext } from './changedRecords.ts';

const PHONE_FIELDS = {
  Contact: ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'AssistantPhone'],
  Lead: ['Phone', 'MobilePhone'],
} as const;

const phoneSchema = z.optional(z.nullable(z.string()));
const personSchema = z.object({
  Id: z.string(),
  DoNotCall: z.boolean(),
  SystemModstamp: apiInstantSchema,
  Phone: phoneSchema,
  MobilePhone: phoneSchema,
  HomePhone: phoneSchema,
  OtherPhone: phoneSchema,
  AssistantPhone: phoneSchema,
});
type Person = z.infer<typeof personSchema>;

/** How the numbers of an org's records are read and hashed. */
interface NumberReading {
  readonly personalDataKey: Buffer;
  /** The country of numbers that are written without a country code. */
  readonly homeCountry: CountryCode;
}

/**
 * Keeps, as keyed hashes, the numbers of everybody who asked not to be called. The wish ends when it is taken back
 * in the org; deleting the record does not end it.
 */
export async function copyDoNotCall(
  context: CopyContext,
  objectName: keyof typeof PHONE_FIELDS,
  reading: NumberReading,
): Promise<void> {
  await copyChanges(context, {
    objectName,
    fields: ['Id', 'DoNotCall', ...PHONE_FIELDS[objectName]],
    schema: personSchema,
    firstCondition: 'DoNotCall = true',
    store: (connection, people) => storePeople(connection, context.orgId, people, reading),
  });
}

async function storePeople(
  connection: Connection,
  orgId: string,
  people: readonly Person[],
  { personalDataKey, homeCountry }: NumberReading,
): Promise<void> {
  const entries = people
    .filter((person) => person.DoNotCall)
    .flatMap((person) =>
      numbersOf(person, homeCountry).map((numberE164) => ({
        recordId: person.Id,
        numberHash: hashNumber(personalDataKey, orgId, numberE164),
      })),
    );
  await connection.query('delete from crm_do_not_call where org_id = $1 and record_id = any($2::text[])', [
    orgId,
    people.map(({ Id }) => Id),
  ]);
  await connection.query(
    `insert into crm_do_not_call (org_id, record_id, number_hash)
     select $1, each.* from unnest($2::text[], $3::text[]) as each on conflict do nothing`,
    [orgId, entries.map(({ recordId }) => recordId), entries.map(({ numberHash }) => numberHash)],
  );
}

function numbersOf(person: Person, homeCountry: CountryCode): string[] {
  const texts = [
    person.Phone,
    person.MobilePhone,
    person.HomePhone,
    person.OtherPhone,
    person.AssistantPhone,
  ];
  return texts
    .map((text) => parsePhoneNumberFromString(text ?? '', homeCountry)?.number)
    .filter((number) => number !== undefined);
}

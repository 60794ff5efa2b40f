import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import * as z from 'zod/mini';
import { hashNumber } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { apiInstantSchema, copyChanges, type CopyContext } from './changedRecords.ts';

/** Numbers without a country code are read as this country's, as the permit reads what a rep dials. */
const DEFAULT_COUNTRY: CountryCode = 'US';

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

/**
 * Keeps, as keyed hashes, the numbers of everybody who asked not to be called. The wish ends when it is taken back
 * in the org; deleting the record does not end it.
 */
export async function copyDoNotCall(
  context: CopyContext,
  objectName: keyof typeof PHONE_FIELDS,
  personalDataKey: Buffer,
): Promise<void> {
  await copyChanges(context, {
    objectName,
    fields: ['Id', 'DoNotCall', ...PHONE_FIELDS[objectName]],
    schema: personSchema,
    firstCondition: 'DoNotCall = true',
    store: (connection, people) => storePeople(connection, context.orgId, people, personalDataKey),
  });
}

async function storePeople(
  connection: Connection,
  orgId: string,
  people: readonly Person[],
  personalDataKey: Buffer,
): Promise<void> {
  const entries = people
    .filter((person) => person.DoNotCall)
    .flatMap((person) =>
      numbersOf(person).map((numberE164) => ({
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

function numbersOf(person: Person): string[] {
  const texts = [
    person.Phone,
    person.MobilePhone,
    person.HomePhone,
    person.OtherPhone,
    person.AssistantPhone,
  ];
  return texts
    .map((text) => parsePhoneNumberFromString(text ?? '', DEFAULT_COUNTRY)?.number)
    .filter((number) => number !== undefined);
}

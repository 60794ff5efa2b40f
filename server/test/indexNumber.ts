import { hashNumber, type Ledger } from '../src/calls/index.ts';
import { indexRecords } from '../src/crm/matching/indexRecords.ts';
import { ORG_ID } from './testOrganizations.ts';

export const ACCOUNT_ID = '001000000000001AAA';

/** Puts a number on records of one account: its people, or the account itself. */
export async function indexNumber(
  { database, personalDataKey }: Ledger,
  numberE164: string,
  recordIds: readonly string[],
): Promise<void> {
  const numberHash = hashNumber(personalDataKey, ORG_ID, numberE164);
  await indexRecords(
    database,
    ORG_ID,
    personalDataKey,
    recordIds.map((recordId) => ({
      recordId,
      objectName: recordId.startsWith('001') ? 'Account' : 'Contact',
      accountId: ACCOUNT_ID,
      convertedTo: null,
      emailHash: null,
      numbers: [{ numberHash, extension: '' }],
      doNotCall: false,
      isDeleted: false,
      modifiedAt: new Date(),
    })),
  );
}

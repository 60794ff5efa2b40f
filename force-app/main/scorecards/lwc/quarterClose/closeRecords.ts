import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { gql } from 'lightning/graphql';
import userId from '@salesforce/user/Id';
import { at, nodesOf, numberOf, textOf } from 'c/teamRecords';
import type { TeamCard } from 'c/teamRecords';

/** One rep's quarter as it was signed off, or opened again. */
export interface QuarterClose {
  readonly closeId: string;
  readonly repId: string;
  readonly isSignedOff: boolean;
  readonly lateFacts: number;
  readonly lateFactsList: string;
}

/** The closes of the period that starts on a day. */
export const CLOSES_QUERY = gql`
  query quarterCloses($startDay: Date) {
    uiapi {
      query {
        Quarter_Close__c(first: 2000, where: { Period_Start__c: { eq: { value: $startDay } } }) {
          edges {
            node {
              Id
              Rep__c @optional {
                value
              }
              Signed_Off__c @optional {
                value
              }
              Late_Facts__c @optional {
                value
              }
              Late_Facts_List__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The closes in an answer to {@link CLOSES_QUERY}. */
export function readCloses(data: unknown): QuarterClose[] {
  return nodesOf(at(data, 'uiapi', 'query', 'Quarter_Close__c')).flatMap((node) => {
    const closeId = at(node, 'Id');
    const repId = textOf(node, 'Rep__c');
    if (typeof closeId !== 'string' || repId === undefined) return [];
    return [
      {
        closeId,
        repId,
        isSignedOff: at(node, 'Signed_Off__c', 'value') === true,
        lateFacts: numberOf(node, 'Late_Facts__c') ?? 0,
        lateFactsList: textOf(node, 'Late_Facts_List__c') ?? '',
      },
    ];
  });
}

/** Signs off the quarter of a card, by a close that is there already or by a new one. */
export async function signOff(card: TeamCard, known: QuarterClose | undefined): Promise<void> {
  const signature = {
    Signed_Off__c: true,
    Signed_Off_By__c: userId,
    Signed_Off_At__c: new Date().toISOString(),
  };
  if (known !== undefined) {
    await updateRecord({ fields: { Id: known.closeId, ...signature } });
    return;
  }
  await createRecord({
    apiName: 'Quarter_Close__c',
    fields: {
      Close_Key__c: `${card.repId}:${card.periodStart}`,
      // The rep's own, so that the rep and everybody above see it.
      OwnerId: card.repId,
      Rep__c: card.repId,
      Period_Start__c: card.periodStart,
      Period_End__c: card.periodEnd,
      Period_Label__c: card.periodLabel,
      ...signature,
    },
  });
}

/** Opens a quarter again, for a reason. */
export async function reopen({ closeId }: QuarterClose, reason: string): Promise<void> {
  await updateRecord({ fields: { Id: closeId, Signed_Off__c: false, Reopen_Reason__c: reason } });
}

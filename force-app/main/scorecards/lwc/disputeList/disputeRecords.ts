import { updateRecord } from 'lightning/uiRecordApi';
import { gql } from 'lightning/graphql';
import { METRIC_NAMES, METRICS } from 'c/callContract';
import { at, nodesOf, textOf } from 'c/teamRecords';

/** What a rep says is wrong with a figure, not answered yet. */
export interface Dispute {
  readonly disputeId: string;
  readonly repId: string;
  readonly repName: string;
  readonly periodLabel: string;
  readonly metricLabel: string;
  readonly reason: string;
}

export const DISPUTES_QUERY = gql`
  query openDisputes {
    uiapi {
      query {
        Score_Dispute__c(first: 200, where: { Status__c: { eq: "open" } }) {
          edges {
            node {
              Id
              Metric__c @optional {
                value
              }
              Reason__c @optional {
                value
              }
              Scorecard__r @optional {
                Period_Label__c @optional {
                  value
                }
                Rep__c @optional {
                  value
                }
                Rep__r @optional {
                  Name @optional {
                    value
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** The disputes in an answer to {@link DISPUTES_QUERY}, by the rep's name. */
export function readDisputes(data: unknown): Dispute[] {
  return nodesOf(at(data, 'uiapi', 'query', 'Score_Dispute__c'))
    .flatMap((node) => {
      const disputeId = at(node, 'Id');
      if (typeof disputeId !== 'string') return [];
      const card = at(node, 'Scorecard__r');
      const metric = METRIC_NAMES.find((name) => name === textOf(node, 'Metric__c'));
      return [
        {
          disputeId,
          repId: textOf(card, 'Rep__c') ?? '',
          repName: textOf(at(card, 'Rep__r'), 'Name') ?? 'A rep',
          periodLabel: textOf(card, 'Period_Label__c') ?? '',
          metricLabel: metric === undefined ? 'Scorecard' : METRICS[metric].label,
          reason: textOf(node, 'Reason__c') ?? '',
        },
      ];
    })
    .sort((left, right) => left.repName.localeCompare(right.repName));
}

/** Answers a dispute, in the manager's words. */
export async function answerDispute(
  disputeId: string,
  status: 'accepted' | 'rejected',
  answer: string,
): Promise<void> {
  await updateRecord({ fields: { Id: disputeId, Status__c: status, Answer__c: answer } });
}

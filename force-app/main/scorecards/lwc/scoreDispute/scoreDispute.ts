import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { createRecord } from 'lightning/uiRecordApi';
import type { MetricName } from 'c/callContract';
import { at, nodesOf, textOf } from 'c/scorecardRecords';

const DISPUTES_QUERY = gql`
  query metricDisputes($scorecardId: ID, $metric: String) {
    uiapi {
      query {
        Score_Dispute__c(
          first: 20
          where: { Scorecard__c: { eq: $scorecardId }, Metric__c: { eq: $metric } }
          orderBy: { CreatedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Reason__c @optional {
                value
              }
              Status__c @optional {
                value
              }
              Answer__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

const STATUS_WORDS: Readonly<Record<string, string>> = { accepted: 'Accepted', rejected: 'Rejected' };

/** What a rep says is wrong with a figure, and what the manager answered. */
export default class ScoreDispute extends LightningElement {
  @api scorecardId!: string;
  @api metric!: MetricName;
  /** Whether the user may object: it is their own card. */
  @api isOwn = false;

  isAsking = false;
  isSending = false;
  hasError = false;
  isReasonMissing = false;
  status = '';
  disputes: readonly { key: string; reason: string; answer: string }[] = [];
  private refresh?: (() => Promise<void>) | undefined;

  /** An error leaves the list empty: nobody can have objected who may not see objections. */
  @wire(graphql, { query: DISPUTES_QUERY, variables: '$variables' })
  receiveDisputes({ data, refresh }: GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.disputes = nodesOf(at(data, 'uiapi', 'query', 'Score_Dispute__c')).map((node) => ({
      key: String(at(node, 'Id')),
      reason: textOf(node, 'Reason__c') ?? '',
      answer: answerWords(textOf(node, 'Status__c'), textOf(node, 'Answer__c')),
    }));
  }

  get variables(): { scorecardId: string; metric: string } {
    return { scorecardId: this.scorecardId, metric: this.metric };
  }

  get isButtonShown(): boolean {
    return this.isOwn && !this.isAsking;
  }

  handleAsk(): void {
    this.isAsking = true;
    this.status = '';
  }

  handleCancel(): void {
    this.isAsking = false;
    this.hasError = false;
    this.isReasonMissing = false;
  }

  async handleSend(): Promise<void> {
    const reason = this.template?.querySelector<HTMLTextAreaElement>('textarea')?.value.trim() ?? '';
    this.isReasonMissing = reason === '';
    if (this.isReasonMissing || this.isSending) return;
    this.isSending = true;
    this.hasError = false;
    try {
      await createRecord({
        apiName: 'Score_Dispute__c',
        fields: { Scorecard__c: this.scorecardId, Metric__c: this.metric, Reason__c: reason },
      });
      this.isAsking = false;
      this.status = 'Sent to your manager';
      await this.refresh?.();
    } catch {
      this.hasError = true;
    } finally {
      this.isSending = false;
    }
  }
}

function answerWords(status: string | undefined, answer: string | undefined): string {
  const word = STATUS_WORDS[status ?? ''];
  if (word === undefined) return 'Not answered yet.';
  return answer === undefined ? `${word}.` : `${word}: ${answer}`;
}

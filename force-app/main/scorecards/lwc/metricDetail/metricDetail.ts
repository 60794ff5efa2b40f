import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { formatCount } from 'c/figureFormat';
import type { Scorecard, ScorecardMetric } from 'c/scorecardRecords';
import { detailsOf, fairnessWords, leftOutWords, metricVerdictWords } from 'c/scorecardWords';
import type { Detail } from 'c/scorecardWords';
import { benchmarkWords, readBenchmark } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';

const BENCHMARKS_QUERY = gql`
  query metricBenchmarks($metric: String) {
    uiapi {
      query {
        Benchmark__c(
          first: 20
          where: { Metric__c: { eq: $metric } }
          orderBy: { Effective_From__c: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Effective_From__c @optional {
                value
              }
              Value__c @optional {
                value
              }
              Low__c @optional {
                value
              }
              High__c @optional {
                value
              }
              Population__c @optional {
                value
              }
              Source__c @optional {
                value
              }
              Source_Link__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** What the calls of a metric are counted by; a metric without an entry is not made of calls. */
const CALLS_COUNTED: Partial<Record<MetricName, 'value' | 'numerator' | 'denominator'>> = {
  dials: 'value',
  connects: 'value',
  connectRate: 'numerator',
  conversations: 'value',
  meetingsPerConversation: 'numerator',
  meetingsPerDial: 'numerator',
  afterCallSeconds: 'denominator',
  handleSeconds: 'denominator',
  talkRatio: 'denominator',
};
const MADE_OF_CALLS: readonly MetricName[] = [...(Object.keys(CALLS_COUNTED) as MetricName[]), 'talkSeconds'];

/** What a metric's row opens to: what it means, how it came about, what to compare it with, and the very calls. */
export default class MetricDetail extends LightningElement {
  @api metric!: ScorecardMetric;
  @api card!: Scorecard;
  /** Whether it is the user's own card. */
  @api isOwn = false;

  isCallsShown = false;
  benchmark?: Benchmark | undefined;

  /** An error leaves no benchmark: it is beside the point, and the row says all else. */
  @wire(graphql, { query: BENCHMARKS_QUERY, variables: '$variables' })
  receiveBenchmarks({ data }: GraphqlResult): void {
    if (data === undefined) return;
    this.benchmark = readBenchmark(data, this.card.periodEnd);
  }

  get variables(): { metric: string } {
    return { metric: this.metric.name };
  }

  get definition(): string {
    return METRICS[this.metric.name].definition;
  }

  get verdictSentence(): string | undefined {
    return metricVerdictWords(this.metric, this.card);
  }

  get fairness(): string | undefined {
    return fairnessWords(this.metric, this.isOwn ? 'Your' : 'The rep’s');
  }

  get details(): Detail[] {
    return detailsOf(this.metric);
  }

  get hasTrend(): boolean {
    return this.metric.history.length > 1;
  }

  get benchmarkText(): string | undefined {
    return this.benchmark && benchmarkWords(this.benchmark, this.metric);
  }

  get benchmarkSource(): string | undefined {
    return this.benchmark?.source;
  }

  get benchmarkLink(): string | undefined {
    return this.benchmark?.link;
  }

  get hasCalls(): boolean {
    return MADE_OF_CALLS.includes(this.metric.name) && this.card.id !== '';
  }

  get leftOut(): string | undefined {
    return this.hasCalls ? leftOutWords(this.card) : undefined;
  }

  get callsLabel(): string {
    if (this.isCallsShown) return 'Hide the calls';
    const counted = CALLS_COUNTED[this.metric.name];
    const count = counted === undefined ? undefined : this.metric[counted];
    if (count === undefined) return 'See the calls';
    return count === 1 ? 'See the call' : `See the ${formatCount(count)} calls`;
  }

  handleCalls(): void {
    this.isCallsShown = !this.isCallsShown;
  }
}

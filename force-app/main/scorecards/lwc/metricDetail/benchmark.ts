import { formatFigure } from 'c/figureFormat';
import { METRICS } from 'c/callContract';
import { at, nodesOf, numberOf, textOf } from 'c/scorecardRecords';
import type { ScorecardMetric } from 'c/scorecardRecords';

/** What others reach, and where that was published. Values are in the metric’s unit. */
export interface Benchmark {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly population?: string | undefined;
  readonly source?: string | undefined;
  /** Only what leads to a web page. */
  readonly link?: string | undefined;
}

/** The benchmark that held on a day `YYYY-MM-DD`: the newest that had begun by then. */
export function readBenchmark(data: unknown, day: string | undefined): Benchmark | undefined {
  const nodes = nodesOf(at(data, 'uiapi', 'query', 'Benchmark__c'));
  const held = nodes.find((node) => {
    const from = textOf(node, 'Effective_From__c');
    return (
      numberOf(node, 'Value__c') !== undefined && (day === undefined || from === undefined || from <= day)
    );
  });
  if (held === undefined) return undefined;
  const link = textOf(held, 'Source_Link__c');
  return {
    value: numberOf(held, 'Value__c') ?? 0,
    low: numberOf(held, 'Low__c'),
    high: numberOf(held, 'High__c'),
    population: textOf(held, 'Population__c'),
    source: textOf(held, 'Source__c') ?? link,
    link: link !== undefined && /^https?:\/\//u.test(link) ? link : undefined,
  };
}

/** `8% (5% to 11%), outbound reps of software companies` */
export function benchmarkWords(
  { value, low, high, population }: Benchmark,
  { name }: ScorecardMetric,
): string {
  const written = (figure: number) => formatFigure(METRICS[name].unit, figure);
  const range = low === undefined || high === undefined ? '' : ` (${written(low)} to ${written(high)})`;
  return `${written(value)}${range}${population === undefined ? '' : `, ${population}`}`;
}

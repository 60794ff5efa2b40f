import { METRIC_NAMES, readShortPeriods } from 'c/callContract';
import type { MetricName, ShortPeriodFigure } from 'c/callContract';
import { choiceOf, numberOf, textOf } from 'c/graphqlAnswer';

export const PERIOD_KINDS = ['months', 'weeks'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** One metric's figures of months and weeks, oldest first. A period of which it knows nothing has none. */
export interface MetricPeriods extends Readonly<Record<PeriodKind, readonly ShortPeriodFigure[]>> {
  readonly name: MetricName;
  readonly sortOrder: number;
}

/** The months and weeks of a `Rep_Metric__c`; nothing of a card that was published before there were any. */
export function metricPeriodsOf(node: unknown): MetricPeriods[] {
  const name = choiceOf(node, 'Metric__c', METRIC_NAMES);
  const months = readShortPeriods(textOf(node, 'Months__c'));
  const weeks = readShortPeriods(textOf(node, 'Weeks__c'));
  if (name === undefined || months.length + weeks.length === 0) return [];
  return [{ name, sortOrder: numberOf(node, 'Sort_Order__c') ?? METRIC_NAMES.indexOf(name), months, weeks }];
}

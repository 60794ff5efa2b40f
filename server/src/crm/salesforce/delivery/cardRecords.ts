import { METRIC_NAMES } from '@scoreline/contract';
import type { MetricPublication, ScorecardPublication } from '../../port.ts';

/** A card's external id in the org. */
export function cardKeyOf({ userId, periodStart }: ScorecardPublication): string {
  return `${userId}:${periodStart}`;
}

/** The `Rep_Scorecard__c` of a card. */
export function cardRecord(card: ScorecardPublication) {
  return {
    Scorecard_Key__c: cardKeyOf(card),
    OwnerId: card.userId,
    Rep__c: card.userId,
    Period_Start__c: card.periodStart,
    Period_End__c: card.periodEnd,
    Period_Label__c: card.periodLabel,
    Days_Left__c: card.daysLeft,
    Score__c: card.score,
    Score_Low__c: card.scoreLow,
    Score_High__c: card.scoreHigh,
    Dials__c: card.dials,
    Connects__c: card.connects,
    Conversations__c: card.conversations,
    Talk_Seconds__c: card.talkSeconds,
    Calls_Logged__c: card.callsLogged,
    Calls_Pending__c: card.callsPending,
    Calls_Contradicted__c: card.callsContradicted,
    Evidence_Basis__c: card.evidenceBasis,
    Watermark__c: card.watermark,
    Definition_Version__c: card.definitionVersion,
    Calculated_At__c: card.calculatedAt,
  };
}

/**
 * The `Rep_Metric__c` of a card's metric.
 *
 * @param namesCard a metric's card is written at its creation, and cannot be sent again later
 */
export function metricRecord(card: ScorecardPublication, metric: MetricPublication, namesCard: boolean) {
  return {
    Metric_Key__c: `${cardKeyOf(card)}:${metric.metric}`,
    Metric__c: metric.metric,
    Sort_Order__c: METRIC_NAMES.indexOf(metric.metric) + 1,
    Value__c: toScale(metric.value),
    Numerator__c: toScale(metric.numerator),
    Denominator__c: toScale(metric.denominator),
    Low__c: toScale(metric.low),
    High__c: toScale(metric.high),
    Target__c: toScale(metric.targetToDate),
    Period_Target__c: toScale(metric.periodTarget),
    Weight__c: metric.weight,
    Points__c: metric.points,
    ...(namesCard ? { Scorecard__r: { Scorecard_Key__c: cardKeyOf(card) } } : {}),
  };
}

/** The fields keep four decimals. */
function toScale(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}

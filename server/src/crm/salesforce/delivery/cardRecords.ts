import { METRIC_NAMES, writeShortPeriods } from '@scoreline/contract';
import type {
  ChangePublication,
  LabelledValue,
  MetricPublication,
  ScorecardPublication,
} from '../../port.ts';

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
    Previous_Score__c: card.previousScore,
    Previous_Label__c: card.previousLabel,
    ...changeFields(card, TENTHS),
    Standing__c: card.standing,
    Rank_Low__c: card.rankLow,
    Rank_High__c: card.rankHigh,
    Peers__c: card.peers,
    Team_Score__c: toScale(card.teamScore, TENTHS),
    Attainment__c: toScale(card.attainment),
    Quota__c: toScale(card.quota, HUNDREDTHS),
    Won_Amount__c: toScale(card.wonAmount, HUNDREDTHS),
    Open_Amount__c: toScale(card.openAmount, HUNDREDTHS),
    Period_Share__c: toScale(card.periodShare),
    Days_Worked__c: toScale(card.daysWorked, HUNDREDTHS),
    Ramp_Month__c: card.rampMonth,
    History__c: historyText(card.history, TENTHS),
    Levers__c: JSON.stringify(card.levers),
    Dials__c: card.dials,
    Connects__c: card.connects,
    Conversations__c: card.conversations,
    Talk_Seconds__c: card.talkSeconds,
    Calls_Logged__c: card.callsLogged,
    Calls_Pending__c: card.callsPending,
    Calls_Contradicted__c: card.callsContradicted,
    Calls_Excused__c: card.callsExcused,
    Calls_Excluded__c: card.callsExcluded,
    Last_Call_On__c: card.lastCallOn,
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
    Floor__c: toScale(metric.floor),
    Cap__c: toScale(metric.cap),
    Shrunk_Value__c: toScale(metric.fairValue),
    Own_Share__c: toScale(metric.ownShare),
    Peers_Own_Share__c: toScale(metric.peersOwnShare),
    Team_Value__c: toScale(metric.teamValue),
    Percentile__c: toScale(metric.percentile, TENTHS),
    Peers__c: metric.peers,
    Previous_Value__c: toScale(metric.previousValue),
    Previous_Numerator__c: toScale(metric.previousNumerator),
    Previous_Denominator__c: toScale(metric.previousDenominator),
    ...changeFields(metric),
    Best_Value__c: toScale(metric.best?.value ?? null),
    Best_Label__c: metric.best?.label ?? null,
    Confirmed_Share__c: toScale(metric.confirmedShare),
    Slowest__c: toScale(metric.slowest),
    History__c: historyText(metric.history),
    Months__c: writeShortPeriods(metric.months),
    Weeks__c: writeShortPeriods(metric.weeks),
    ...(namesCard ? { Scorecard__r: { Scorecard_Key__c: cardKeyOf(card) } } : {}),
  };
}

const TENTHS = 1;
const HUNDREDTHS = 2;
/** Most fields keep four decimals. */
const USUAL_DECIMALS = 4;
/** What the history's field holds. */
const HISTORY_LENGTH = 255;

function changeFields(
  { change, changeLow, changeHigh, verdict }: ChangePublication,
  decimals = USUAL_DECIMALS,
) {
  return {
    Change__c: toScale(change, decimals),
    Change_Low__c: toScale(changeLow, decimals),
    Change_High__c: toScale(changeHigh, decimals),
    Verdict__c: verdict,
  };
}

/** `Q1 2026:64.0;Q2 2026:71.5`, the oldest left out where they don't fit. */
function historyText(history: readonly LabelledValue[], decimals = USUAL_DECIMALS): string | null {
  const entries = history.map(({ label, value }) => `${label}:${toScale(value, decimals)}`);
  while (entries.join(';').length > HISTORY_LENGTH) entries.shift();
  return entries.length === 0 ? null : entries.join(';');
}

function toScale(value: number | null, decimals = USUAL_DECIMALS): number | null {
  return value === null ? null : Number(value.toFixed(decimals));
}

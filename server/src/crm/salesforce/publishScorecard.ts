import { METRIC_NAMES } from '@scoreline/contract';
import * as z from 'zod/mini';
import { CrmError, type MetricPublication, type ScorecardPublication } from '../port.ts';
import { CODE_PATTERN, isRetryableCode } from './errorCodes.ts';
import type { SalesforceSession } from './session.ts';
import { queryAllRows, soqlText } from './soql.ts';
import { codeOfRow, rowResultSchema } from './upsertTasks.ts';

const compositeSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});
const errorsSchema = z.array(z.object({ errorCode: z.string() }));
/** What every other part of a request that was rolled back as a whole says. */
const ROLLED_BACK_CODE = 'PROCESSING_HALTED';
/** What the org says of a metric that does not exist yet and names no card. */
const PARENT_NEEDED_CODE = 'REQUIRED_FIELD_MISSING';

/**
 * Upserts a card by `Scorecard_Key__c` and its metrics by `Metric_Key__c` in one request, all or nothing. A metric's
 * card can be written at its creation only, so the metrics are first sent without; where the org misses it, those
 * that it does not have yet name their card by its external id.
 * @throws CrmError
 */
export async function publishScorecard(
  session: SalesforceSession,
  scorecard: ScorecardPublication,
): Promise<void> {
  const send = async (existingKeys: ReadonlySet<string> | 'all') =>
    codeOf(
      await session.request(
        {
          method: 'POST',
          path: '/composite',
          body: compositeRequest(session.basePath, scorecard, existingKeys),
        },
        compositeSchema,
      ),
    );
  let code = await send('all');
  if (code === PARENT_NEEDED_CODE) code = await send(await existingMetricKeys(session, scorecard));
  if (code !== null) throw new CrmError(code, isRetryableCode(code));
}

async function existingMetricKeys(
  session: SalesforceSession,
  scorecard: ScorecardPublication,
): Promise<ReadonlySet<string>> {
  const keys = scorecard.metrics.map((metric) => soqlText(metricKeyOf(scorecard, metric)));
  const rows = await queryAllRows(
    session,
    `SELECT Metric_Key__c FROM Rep_Metric__c WHERE Metric_Key__c IN (${keys.join(', ')})`,
    z.object({ Metric_Key__c: z.string() }),
  );
  return new Set(rows.map((row) => row.Metric_Key__c));
}

function compositeRequest(
  basePath: string,
  scorecard: ScorecardPublication,
  existingKeys: ReadonlySet<string> | 'all',
) {
  const key = scorecardKeyOf(scorecard);
  const isNew = (metricKey: string) => existingKeys !== 'all' && !existingKeys.has(metricKey);
  return {
    allOrNone: true,
    compositeRequest: [
      {
        method: 'PATCH',
        url: `${basePath}/sobjects/Rep_Scorecard__c/Scorecard_Key__c/${encodeURIComponent(key)}`,
        referenceId: 'scorecard',
        body: scorecardFields(scorecard),
      },
      {
        method: 'PATCH',
        url: `${basePath}/composite/sobjects/Rep_Metric__c/Metric_Key__c`,
        referenceId: 'metrics',
        body: {
          allOrNone: true,
          records: scorecard.metrics.map((metric) => ({
            attributes: { type: 'Rep_Metric__c' },
            Metric_Key__c: metricKeyOf(scorecard, metric),
            ...metricFields(metric),
            ...(isNew(metricKeyOf(scorecard, metric)) ? { Scorecard__r: { Scorecard_Key__c: key } } : {}),
          })),
        },
      },
    ],
  };
}

function scorecardKeyOf({ userId, periodStart }: ScorecardPublication): string {
  return `${userId}:${periodStart}`;
}

function metricKeyOf(scorecard: ScorecardPublication, { metric }: MetricPublication): string {
  return `${scorecardKeyOf(scorecard)}:${metric}`;
}

function scorecardFields(scorecard: ScorecardPublication) {
  return {
    OwnerId: scorecard.userId,
    Rep__c: scorecard.userId,
    Period_Start__c: scorecard.periodStart,
    Period_End__c: scorecard.periodEnd,
    Period_Label__c: scorecard.periodLabel,
    Days_Left__c: scorecard.daysLeft,
    Score__c: scorecard.score,
    Score_Low__c: scorecard.scoreLow,
    Score_High__c: scorecard.scoreHigh,
    Dials__c: scorecard.dials,
    Connects__c: scorecard.connects,
    Conversations__c: scorecard.conversations,
    Talk_Seconds__c: scorecard.talkSeconds,
    Calls_Logged__c: scorecard.callsLogged,
    Calls_Pending__c: scorecard.callsPending,
    Calls_Contradicted__c: scorecard.callsContradicted,
    Evidence_Basis__c: scorecard.evidenceBasis,
    Watermark__c: scorecard.watermark,
    Definition_Version__c: scorecard.definitionVersion,
    Calculated_At__c: scorecard.calculatedAt,
  };
}

function metricFields(metric: MetricPublication) {
  return {
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
  };
}

/** The fields keep four decimals. */
function toScale(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}

/** The code of the first part that failed by itself; null when all succeeded. */
function codeOf({ compositeResponse }: z.infer<typeof compositeSchema>): string | null {
  const codes = compositeResponse.map(({ httpStatusCode, body }) => codeOfPart(httpStatusCode, body));
  const failed = codes.filter((code) => code !== null);
  return failed.find((code) => code !== ROLLED_BACK_CODE) ?? failed[0] ?? null;
}

function codeOfPart(httpStatusCode: number, body: unknown): string | null {
  const rows = z.safeParse(z.array(rowResultSchema), body);
  if (rows.success) {
    const codes = rows.data.filter(({ success }) => !success).map(codeOfRow);
    return codes.find((code) => code !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK') ?? codes[0] ?? null;
  }
  if (httpStatusCode < 400) return null;
  const errors = z.safeParse(errorsSchema, body);
  const code = errors.success ? errors.data[0]?.errorCode : undefined;
  return code !== undefined && CODE_PATTERN.test(code) ? code : 'UNKNOWN_EXCEPTION';
}

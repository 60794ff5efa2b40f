import type { OrgUnderTest } from '../org/orgUnderTest.ts';
import { shortPeriodFields } from './shortPeriods.ts';

type Fields = Readonly<Record<string, unknown>>;

const METRICS: readonly Fields[] = [
  {
    Metric__c: 'commitmentsKept',
    Sort_Order__c: 16,
    Value__c: 0.65,
    Numerator__c: 22,
    Denominator__c: 34,
    Low__c: 0.48,
    High__c: 0.79,
    Target__c: 0.9,
    Period_Target__c: 0.9,
    Floor__c: 0.4,
    Weight__c: 15,
    Points__c: 7,
    Previous_Value__c: 0.86,
    ...changed('declined', -0.21, -0.4, -0.01),
  },
  {
    Metric__c: 'attainment',
    Sort_Order__c: 12,
    Value__c: 0.47,
    Numerator__c: 37_100,
    Denominator__c: 79_000,
    Low__c: 0.31,
    High__c: 0.63,
    Target__c: 0.62,
    Period_Target__c: 1,
    Weight__c: 30,
    Points__c: 23,
    Previous_Value__c: 0.7,
    ...changed('noEvidence', 0.07, -0.1, 0.24),
  },
  {
    Metric__c: 'meetingsPerConversation',
    Sort_Order__c: 6,
    Value__c: 0.263,
    Numerator__c: 31,
    Denominator__c: 118,
    Low__c: 0.19,
    High__c: 0.35,
    Target__c: 0.35,
    Period_Target__c: 0.35,
    Weight__c: 20,
    Points__c: 14,
    Previous_Value__c: 0.229,
    ...changed('noEvidence', 0.034, -0.08, 0.145),
  },
  {
    Metric__c: 'conversations',
    Sort_Order__c: 4,
    Value__c: 118,
    Low__c: 98.4,
    High__c: 140.6,
    Target__c: 130.2,
    Period_Target__c: 190,
    Weight__c: 20,
    Points__c: 16,
    Previous_Value__c: 160,
    ...changed('noEvidence', 0.2, -0.4, 0.9),
  },
  {
    Metric__c: 'connectRate',
    Sort_Order__c: 3,
    Value__c: 0.182,
    Numerator__c: 142,
    Denominator__c: 780,
    Low__c: 0.157,
    High__c: 0.211,
    Target__c: 0.21,
    Period_Target__c: 0.21,
    Floor__c: 0.05,
    Cap__c: 0.25,
    Weight__c: 15,
    Points__c: 11,
    Shrunk_Value__c: 0.176,
    Own_Share__c: 0.72,
    Peers_Own_Share__c: 0.8,
    Team_Value__c: 0.164,
    Percentile__c: 62,
    Peers__c: 11,
    Previous_Value__c: 0.14,
    ...changed('improved', 0.042, 0.006, 0.079),
    Best_Value__c: 0.19,
    Best_Label__c: 'Q4 2025',
    History__c: 'Q4 2025:0.19;Q1 2026:0.151;Q2 2026:0.14;Q3 2026:0.182',
  },
  { Metric__c: 'dials', Sort_Order__c: 1, Value__c: 780, ...changed('noEvidence', 1.2, -0.2, 2.4) },
  { Metric__c: 'talkSeconds', Sort_Order__c: 5, Value__c: 83_400, Low__c: 74_000, High__c: 93_000 },
  {
    Metric__c: 'speedToLeadSeconds',
    Sort_Order__c: 10,
    Value__c: 5_400,
    Numerator__c: 5_400,
    Denominator__c: 12,
    Low__c: 2_000,
    High__c: 9_000,
    Slowest__c: 180_000,
  },
  { Metric__c: 'salesVelocity', Sort_Order__c: 15, Value__c: 1_240.5, Low__c: 900, High__c: 1_600 },
];

const CALLED: readonly (readonly [string, string, number])[] = [
  ['Silke Brandt', 'callBack', 53],
  ['Ivan Petrov', 'meeting', 300],
  ['Harriet Cole', 'noInterest', 131],
  ['Amara Osei', 'callBack', 445],
];

/** Writes for the org's rep a card on which everything is filled that a card can show, and what its rows lead to. */
export async function insertScorecard({ org, people: { rep } }: OrgUnderTest): Promise<void> {
  const [dealId] = await org.insert('Opportunity', [
    { Name: 'Acme renewal', StageName: 'Prospecting', CloseDate: '2026-09-20', Amount: 9_000, OwnerId: rep },
  ]);
  const [scorecardId] = await org.insert('Rep_Scorecard__c', [cardOf(rep, dealId ?? '')]);
  await org.insert(
    'Rep_Metric__c',
    METRICS.map((metric) => ({
      ...metric,
      ...shortPeriodFields(String(metric['Metric__c'])),
      Metric_Key__c: `${rep}:2026-07-01:${String(metric['Metric__c'])}`,
      Scorecard__c: scorecardId,
    })),
  );
  await org.insert('Benchmark__c', [
    {
      Metric__c: 'connectRate',
      Effective_From__c: '2026-01-01',
      Value__c: 0.12,
      Low__c: 0.08,
      High__c: 0.19,
      Population__c: 'outbound reps',
      Source__c: 'A survey of 2025',
    },
  ]);
  await insertCalls(org, rep);
}

async function insertCalls(org: OrgUnderTest['org'], rep: string): Promise<void> {
  const contactIds = await org.insert(
    'Contact',
    CALLED.map(([name]) => {
      const [FirstName, LastName] = name.split(' ');
      return { FirstName, LastName, OwnerId: rep };
    }),
  );
  await org.insert(
    'Task',
    CALLED.map(([name, outcome, talkSeconds], index) => ({
      OwnerId: rep,
      WhoId: contactIds[index],
      Subject: 'Call',
      Call_Id__c: `call to ${name}`,
      CallType: 'Outbound',
      Call_Outcome__c: outcome,
      Call_Evidence__c: 'verified',
      Talk_Seconds__c: talkSeconds,
      ActivityDate: `2026-08-1${index}`,
    })),
  );
}

function cardOf(rep: string, dealId: string): Fields {
  const levers = [
    {
      kind: 'opportunity',
      metric: 'attainment',
      amount: 9_000,
      recordId: dealId,
      gain: 4.5,
      low: 4.5,
      high: 4.5,
    },
    { kind: 'count', metric: 'dials', amount: 130, gain: 2.7, low: 1.9, high: 3.4 },
    { kind: 'commitments', metric: 'commitmentsKept', amount: 6, gain: 1.8, low: 1.1, high: 2.5 },
  ];
  return {
    Scorecard_Key__c: `${rep}:2026-07-01`,
    OwnerId: rep,
    Rep__c: rep,
    Period_Start__c: '2026-07-01',
    Period_End__c: '2026-09-30',
    Period_Label__c: 'Q3 2026',
    Days_Left__c: 41,
    Days_Worked__c: 41,
    Score__c: 71,
    Score_Low__c: 63,
    Score_High__c: 78,
    Previous_Label__c: 'Q2 2026',
    Previous_Score__c: 64,
    ...changed('noEvidence', 7, -4, 17),
    Team_Score__c: 74,
    Dials__c: 780,
    Calls_Logged__c: 97,
    Calls_Pending__c: 2,
    Calls_Contradicted__c: 1,
    Calls_Excused__c: 12,
    Calls_Excluded__c: 3,
    Evidence_Basis__c: 'verified',
    Watermark__c: 1,
    Calculated_At__c: '2026-08-20T13:10:00.000Z',
    Levers__c: JSON.stringify(levers),
  };
}

function changed(verdict: 'improved' | 'noEvidence' | 'declined', change: number, low: number, high: number) {
  return { Verdict__c: verdict, Change__c: change, Change_Low__c: low, Change_High__c: high };
}

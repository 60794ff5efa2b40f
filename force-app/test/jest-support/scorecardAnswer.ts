type Fields = Record<string, unknown>;

const CARD: Fields = {
  Period_Label__c: 'Q3 2026',
  Days_Left__c: 41,
  Score__c: 71,
  Score_Low__c: 63,
  Score_High__c: 78,
  Period_Start__c: '2026-07-01',
  Period_End__c: '2026-09-30',
  Days_Worked__c: 50,
  Previous_Label__c: 'Q2 2026',
  Previous_Score__c: 64,
  Change__c: 7,
  Change_Low__c: -4,
  Change_High__c: 17,
  Verdict__c: 'noEvidence',
  Team_Score__c: 74,
  Dials__c: 780,
  Calls_Logged__c: 97,
  Calls_Pending__c: 2,
  Calls_Contradicted__c: 1,
  Evidence_Basis__c: 'verified',
  Watermark__c: 100,
  Calculated_At__c: '2026-08-20T13:10:00.000Z',
};

export const CONNECT_RATE: Fields = {
  Metric__c: 'connectRate',
  Sort_Order__c: 3,
  Value__c: 0.182,
  Numerator__c: 142,
  Denominator__c: 780,
  Low__c: 0.157,
  High__c: 0.211,
  Target__c: 0.21,
  Period_Target__c: 0.21,
  Weight__c: 15,
  Points__c: 11,
  Floor__c: 0.05,
  Cap__c: 0.25,
  Shrunk_Value__c: 0.176,
  Own_Share__c: 0.72,
  Team_Value__c: 0.164,
  Percentile__c: 62,
  Peers__c: 11,
  Previous_Value__c: 0.14,
  Change__c: 0.042,
  Change_Low__c: 0.006,
  Change_High__c: 0.079,
  Verdict__c: 'improved',
  Best_Value__c: 0.19,
  Best_Label__c: 'Q1 2026',
  History__c: 'Q1 2026:0.19;Q2 2026:0.14;Q3 2026:0.182',
  Months__c:
    '1;2026-06-01,33,300,0.11,0.0793,0.1505;2026-07-01,80,470,0.1702,0.139,0.2068;2026-08-01,62,310,0.2,0.1593,0.2482',
  Weeks__c: '1;2026-08-03,12,100,0.12,0.07,0.1981;2026-08-17,13,64,0.2031,0.1225,0.317',
};

/** Shown, and without target. */
export const TALK_RATIO: Fields = {
  Metric__c: 'talkRatio',
  Sort_Order__c: 11,
  Value__c: 0.46,
  Denominator__c: 40,
  Low__c: 0.43,
  High__c: 0.49,
};

export const DIALS: Fields = {
  Metric__c: 'dials',
  Sort_Order__c: 1,
  Value__c: 780,
  Low__c: null,
  High__c: null,
  Target__c: 800,
  Period_Target__c: 1_200,
  Weight__c: 20,
  Points__c: 19.5,
  Previous_Value__c: 900,
  Change__c: 1.6,
  Change_Low__c: -0.2,
  Change_High__c: 3.4,
  Verdict__c: 'noEvidence',
  Months__c: '1;2026-06-01,300,,300,,;2026-07-01,470,,470,,;2026-08-01,310,,310,,',
  Weeks__c: '1;2026-08-03,100,,100,,;2026-08-10,0,,0,,;2026-08-17,64,,64,,',
};

/** Nothing of it is known in the quarter, and its row has the months all the same. */
export const WON: Fields = {
  Metric__c: 'attainment',
  Sort_Order__c: 12,
  Value__c: null,
  Months__c: '1;2026-06-01,0,,,,;2026-07-01,9200,,,,;2026-08-01,0,,,,',
  Weeks__c: null,
};

export const AFTER_CALL: Fields = {
  Metric__c: 'afterCallSeconds',
  Sort_Order__c: 8,
  Value__c: 45,
  Months__c: '1;2026-07-01,90,2,45,1,133.2;2026-08-01,30,1,30,0,88.8',
  Weeks__c: null,
};

/** The org's answer with one card, changed as given, and its metrics. */
export function cardAnswer(changes: Fields = {}, metrics: readonly Fields[] = [DIALS, CONNECT_RATE]): object {
  return answerWith([
    {
      Id: 'a001',
      ...fieldValues({ ...CARD, ...changes }),
      Metrics__r: { edges: metrics.map((metric) => ({ node: { Id: 'a011', ...fieldValues(metric) } })) },
    },
  ]);
}

/** The org's answer to a user who may see these reps' cards, one node per card. */
export function repsAnswer(reps: readonly { readonly userId: string; readonly name: string }[]): object {
  return answerWith(
    reps.map(({ userId, name }) => ({
      Id: 'a001',
      Rep__c: { value: userId },
      Rep__r: { Name: { value: name } },
    })),
  );
}

export function answerWith(nodes: readonly object[]): object {
  return { uiapi: { query: { Rep_Scorecard__c: { edges: nodes.map((node) => ({ node })) } } } };
}

function fieldValues(fields: Fields): Record<string, { value: unknown }> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));
}

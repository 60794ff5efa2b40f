import type { TeamCard } from 'c/teamRecords';

type Fields = Readonly<Record<string, unknown>>;

/** A card of the team, changed as given. */
export function teamCard(changes: Partial<TeamCard> = {}): TeamCard {
  return {
    cardId: `card of ${changes.repId ?? '005A'}`,
    repId: '005A',
    name: 'Ana Ruiz',
    periodLabel: 'Q3 2026',
    periodStart: '2026-07-01',
    periodEnd: '2026-09-30',
    periodShare: 0.5,
    score: 71,
    scoreLow: 63,
    scoreHigh: 78,
    teamScore: 74,
    standing: 'same',
    rankLow: 3,
    rankHigh: 10,
    peers: 12,
    quota: 100_000,
    wonAmount: 40_000,
    openAmount: 30_000,
    attainment: 0.4,
    history: [
      { label: 'Q1 2026', score: 60 },
      { label: 'Q2 2026', score: 64 },
    ],
    verdict: 'noEvidence',
    change: 7,
    changeLow: -4,
    changeHigh: 17,
    previousScore: 64,
    previousLabel: 'Q2 2026',
    dials: 780,
    connects: 142,
    conversations: 118,
    callsLogged: 97,
    callsPending: 2,
    callsContradicted: 0,
    isVerified: true,
    calculatedAt: new Date('2026-08-20T13:10:00.000Z'),
    modifiedAt: '2026-08-20T13:10:05.000Z',
    ...changes,
  };
}

/** A card as the org answers it, changed as given. */
export function teamNode(repId: string, name: string, changes: Fields = {}): object {
  const fields = {
    Rep__c: repId,
    Period_Label__c: 'Q3 2026',
    Period_Start__c: '2026-07-01',
    Score__c: 71,
    Score_Low__c: 63,
    Score_High__c: 78,
    Standing__c: 'same',
    History__c: 'Q1 2026:60.0;Q2 2026:64.0',
    Verdict__c: 'noEvidence',
    Calculated_At__c: '2026-08-20T13:10:00.000Z',
    LastModifiedDate: '2026-08-20T13:10:05.000Z',
    ...changes,
  };
  const values = Object.entries(fields).map(([field, value]) => [field, { value }] as const);
  return {
    Id: `card of ${repId}`,
    Rep__r: {
      Name: { value: name },
      UserRoleId: { value: '00E1' },
      Manager: { Name: { value: 'Ingrid Bauer' } },
    },
    ...Object.fromEntries(values),
  };
}

/** A page of cards as the org answers it. */
export function teamAnswer(nodes: readonly object[], nextCursor?: string): object {
  return {
    uiapi: {
      query: {
        Rep_Scorecard__c: {
          edges: nodes.map((node) => ({ node })),
          pageInfo: { hasNextPage: nextCursor !== undefined, endCursor: nextCursor ?? 'end' },
        },
      },
    },
  };
}

/** The periods as the org groups them, newest first. */
export function periodsAnswer(periods: readonly (readonly [string, string])[]): object {
  const edges = periods.map(([startDay, label]) => ({
    node: { aggregate: { Period_Start__c: { value: startDay }, Period_Label__c: { value: label } } },
  }));
  return { uiapi: { aggregate: { Rep_Scorecard__c: { edges } } } };
}

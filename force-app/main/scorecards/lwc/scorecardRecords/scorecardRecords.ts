import { gql } from 'lightning/graphql';
import { METRIC_NAMES } from 'c/callContract';
import type { MetricName } from 'c/callContract';

/** One metric of a card. Values are counts, seconds or shares from 0 to 1, by the metric's unit. */
export interface ScorecardMetric {
  readonly name: MetricName;
  readonly sortOrder: number;
  readonly value: number;
  readonly numerator?: number | undefined;
  readonly denominator?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** For the part of the period that has passed. */
  readonly target?: number | undefined;
  readonly periodTarget?: number | undefined;
  readonly weight?: number | undefined;
  readonly points?: number | undefined;
}

/** One rep's figures for one period, as the org has them. */
export interface Scorecard {
  readonly periodLabel: string;
  readonly daysLeft?: number | undefined;
  /** Missing until there are enough calls and targets. */
  readonly score?: number | undefined;
  readonly scoreLow?: number | undefined;
  readonly scoreHigh?: number | undefined;
  readonly dials: number;
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
  readonly isVerified: boolean;
  /** The rep's ledger position up to which every call is included. */
  readonly watermark: number;
  readonly calculatedAt?: Date | undefined;
  readonly metrics: readonly ScorecardMetric[];
}

export interface Rep {
  readonly userId: string;
  readonly name: string;
}

/** The newest card of a rep. Fields the user may not see are dropped, not refused. */
export const SCORECARD_QUERY = gql`
  query repScorecard($repId: ID) {
    uiapi {
      query {
        Rep_Scorecard__c(
          first: 1
          where: { Rep__c: { eq: $repId } }
          orderBy: { Period_Start__c: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Period_Label__c @optional {
                value
              }
              Days_Left__c @optional {
                value
              }
              Score__c @optional {
                value
              }
              Score_Low__c @optional {
                value
              }
              Score_High__c @optional {
                value
              }
              Dials__c @optional {
                value
              }
              Calls_Logged__c @optional {
                value
              }
              Calls_Pending__c @optional {
                value
              }
              Calls_Contradicted__c @optional {
                value
              }
              Evidence_Basis__c @optional {
                value
              }
              Watermark__c @optional {
                value
              }
              Calculated_At__c @optional {
                value
              }
              Metrics__r(first: 50) @optional {
                edges {
                  node {
                    Id
                    Metric__c @optional {
                      value
                    }
                    Sort_Order__c @optional {
                      value
                    }
                    Value__c @optional {
                      value
                    }
                    Numerator__c @optional {
                      value
                    }
                    Denominator__c @optional {
                      value
                    }
                    Low__c @optional {
                      value
                    }
                    High__c @optional {
                      value
                    }
                    Target__c @optional {
                      value
                    }
                    Period_Target__c @optional {
                      value
                    }
                    Weight__c @optional {
                      value
                    }
                    Points__c @optional {
                      value
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** The reps whose cards sharing lets the user see. */
export const REPS_QUERY = gql`
  query repsWithScorecards {
    uiapi {
      query {
        Rep_Scorecard__c(first: 200, orderBy: { Period_Start__c: { order: DESC } }) {
          edges {
            node {
              Id
              Rep__c @optional {
                value
              }
              Rep__r @optional {
                Name @optional {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** The card in an answer to {@link SCORECARD_QUERY}; undefined when the rep has none yet. */
export function readScorecard(data: unknown): Scorecard | undefined {
  const [node] = nodesOf(at(data, 'uiapi', 'query', 'Rep_Scorecard__c'));
  if (node === undefined) return undefined;
  const calculatedAt = textOf(node, 'Calculated_At__c');
  return {
    periodLabel: textOf(node, 'Period_Label__c') ?? '',
    daysLeft: numberOf(node, 'Days_Left__c'),
    score: numberOf(node, 'Score__c'),
    scoreLow: numberOf(node, 'Score_Low__c'),
    scoreHigh: numberOf(node, 'Score_High__c'),
    dials: numberOf(node, 'Dials__c') ?? 0,
    callsLogged: numberOf(node, 'Calls_Logged__c') ?? 0,
    callsPending: numberOf(node, 'Calls_Pending__c') ?? 0,
    callsContradicted: numberOf(node, 'Calls_Contradicted__c') ?? 0,
    isVerified: textOf(node, 'Evidence_Basis__c') === 'verified',
    watermark: numberOf(node, 'Watermark__c') ?? 0,
    calculatedAt: calculatedAt === undefined ? undefined : new Date(calculatedAt),
    metrics: nodesOf(at(node, 'Metrics__r')).flatMap(readMetric),
  };
}

/** The reps in an answer to {@link REPS_QUERY}, each once, by name. */
export function readReps(data: unknown): Rep[] {
  const reps = new Map<string, Rep>();
  for (const node of nodesOf(at(data, 'uiapi', 'query', 'Rep_Scorecard__c'))) {
    const userId = textOf(node, 'Rep__c');
    const name = textOf(at(node, 'Rep__r'), 'Name');
    if (userId !== undefined) reps.set(userId, { userId, name: name ?? userId });
  }
  return [...reps.values()].sort((left, right) => left.name.localeCompare(right.name));
}

/** Whether the answer says that the user may not see scorecards at all: their type is unknown to such a user. */
export function isAccessMissing(errors: readonly { readonly message: string }[]): boolean {
  return errors.some(
    ({ message }) => message.includes('Rep_Scorecard__c') && /undefined|cannot query|access/iu.test(message),
  );
}

/** A metric this package does not know yet is left out. */
function readMetric(node: unknown): ScorecardMetric[] {
  const name = METRIC_NAMES.find((candidate) => candidate === textOf(node, 'Metric__c'));
  if (name === undefined) return [];
  return [
    {
      name,
      sortOrder: numberOf(node, 'Sort_Order__c') ?? METRIC_NAMES.indexOf(name),
      value: numberOf(node, 'Value__c') ?? 0,
      numerator: numberOf(node, 'Numerator__c'),
      denominator: numberOf(node, 'Denominator__c'),
      low: numberOf(node, 'Low__c'),
      high: numberOf(node, 'High__c'),
      target: numberOf(node, 'Target__c'),
      periodTarget: numberOf(node, 'Period_Target__c'),
      weight: numberOf(node, 'Weight__c'),
      points: numberOf(node, 'Points__c'),
    },
  ];
}

function nodesOf(connection: unknown): unknown[] {
  const edges = at(connection, 'edges');
  return Array.isArray(edges) ? edges.map((edge) => at(edge, 'node')) : [];
}

function numberOf(node: unknown, field: string): number | undefined {
  const value = at(node, field, 'value');
  return typeof value === 'number' ? value : undefined;
}

function textOf(node: unknown, field: string): string | undefined {
  const value = at(node, field, 'value');
  return typeof value === 'string' ? value : undefined;
}

/** What lies at a path, or undefined where the path ends early. */
function at(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}

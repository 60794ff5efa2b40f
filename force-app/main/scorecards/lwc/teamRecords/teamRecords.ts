import { STANDINGS, VERDICTS } from 'c/callContract';
import { at, nodesOf, numberOf, textOf } from 'c/graphqlAnswer';
import type { Role } from './roleTree.ts';
import type { PastScore, TeamCard } from './teamCard.ts';

export { CARDS_PER_PAGE, PERIODS_QUERY, ROLES_QUERY, TEAM_QUERY } from './teamQueries.ts';
export type { PastScore, TeamCard } from './teamCard.ts';
export { teamsOf } from './roleTree.ts';
export type { Role, Team } from './roleTree.ts';
export { at, nodesOf, numberOf, textOf } from 'c/graphqlAnswer';

export interface CardPage {
  readonly cards: readonly TeamCard[];
  /** Where the next page begins; undefined on the last one. */
  readonly nextCursor?: string | undefined;
}

export interface CardPeriod {
  /** `YYYY-MM-DD` */
  readonly startDay: string;
  readonly label: string;
}

/** The cards in an answer to `TEAM_QUERY`. */
export function readCardPage(data: unknown): CardPage {
  const connection = at(data, 'uiapi', 'query', 'Rep_Scorecard__c');
  const endCursor = at(connection, 'pageInfo', 'endCursor');
  const hasNext = at(connection, 'pageInfo', 'hasNextPage') === true && typeof endCursor === 'string';
  return {
    cards: nodesOf(connection).flatMap(readCard),
    nextCursor: hasNext ? endCursor : undefined,
  };
}

/** The periods in an answer to `PERIODS_QUERY`, newest first. */
export function readPeriods(data: unknown): CardPeriod[] {
  const groups = nodesOf(at(data, 'uiapi', 'aggregate', 'Rep_Scorecard__c'));
  return groups.flatMap((group) => {
    const startDay = textOf(at(group, 'aggregate'), 'Period_Start__c');
    const label = textOf(at(group, 'aggregate'), 'Period_Label__c');
    return startDay === undefined ? [] : [{ startDay, label: label ?? startDay }];
  });
}

/** The roles in an answer to `ROLES_QUERY`. */
export function readRoles(data: unknown): Role[] {
  return nodesOf(at(data, 'uiapi', 'query', 'UserRole')).flatMap((node) => {
    const roleId = at(node, 'Id');
    if (typeof roleId !== 'string') return [];
    return [{ roleId, name: textOf(node, 'Name') ?? roleId, parentId: textOf(node, 'ParentRoleId') }];
  });
}

/** Whether the answer says that the user may not see scorecards at all: their type is unknown to such a user. */
export function isTeamDenied(errors: readonly { readonly message: string }[]): boolean {
  return errors.some(
    ({ message }) => message.includes('Rep_Scorecard__c') && /undefined|cannot query|access/iu.test(message),
  );
}

function readCard(node: unknown): TeamCard[] {
  const cardId = at(node, 'Id');
  const repId = textOf(node, 'Rep__c');
  if (typeof cardId !== 'string' || repId === undefined) return [];
  const calculatedAt = textOf(node, 'Calculated_At__c');
  return [
    {
      cardId,
      repId,
      name: textOf(at(node, 'Rep__r'), 'Name') ?? repId,
      roleId: textOf(at(node, 'Rep__r'), 'UserRoleId'),
      managerName: textOf(at(node, 'Rep__r', 'Manager'), 'Name'),
      periodLabel: textOf(node, 'Period_Label__c') ?? '',
      periodStart: textOf(node, 'Period_Start__c') ?? '',
      periodEnd: textOf(node, 'Period_End__c') ?? '',
      periodShare: numberOf(node, 'Period_Share__c'),
      daysLeft: numberOf(node, 'Days_Left__c'),
      ...readStanding(node),
      ...readChange(node),
      quota: numberOf(node, 'Quota__c'),
      wonAmount: numberOf(node, 'Won_Amount__c'),
      openAmount: numberOf(node, 'Open_Amount__c'),
      attainment: numberOf(node, 'Attainment__c'),
      rampMonth: numberOf(node, 'Ramp_Month__c'),
      dials: numberOf(node, 'Dials__c') ?? 0,
      connects: numberOf(node, 'Connects__c') ?? 0,
      conversations: numberOf(node, 'Conversations__c') ?? 0,
      callsLogged: numberOf(node, 'Calls_Logged__c') ?? 0,
      callsPending: numberOf(node, 'Calls_Pending__c') ?? 0,
      callsContradicted: numberOf(node, 'Calls_Contradicted__c') ?? 0,
      lastCallOn: textOf(node, 'Last_Call_On__c'),
      isVerified: textOf(node, 'Evidence_Basis__c') === 'verified',
      calculatedAt: calculatedAt === undefined ? undefined : new Date(calculatedAt),
      modifiedAt: textOf(node, 'LastModifiedDate') ?? '',
    },
  ];
}

function readStanding(node: unknown) {
  return {
    score: numberOf(node, 'Score__c'),
    scoreLow: numberOf(node, 'Score_Low__c'),
    scoreHigh: numberOf(node, 'Score_High__c'),
    teamScore: numberOf(node, 'Team_Score__c'),
    standing: STANDINGS.find((standing) => standing === textOf(node, 'Standing__c')),
    rankLow: numberOf(node, 'Rank_Low__c'),
    rankHigh: numberOf(node, 'Rank_High__c'),
    peers: numberOf(node, 'Peers__c'),
  };
}

function readChange(node: unknown) {
  return {
    history: readHistory(textOf(node, 'History__c') ?? ''),
    verdict: VERDICTS.find((verdict) => verdict === textOf(node, 'Verdict__c')),
    change: numberOf(node, 'Change__c'),
    changeLow: numberOf(node, 'Change_Low__c'),
    changeHigh: numberOf(node, 'Change_High__c'),
    previousScore: numberOf(node, 'Previous_Score__c'),
    previousLabel: textOf(node, 'Previous_Label__c'),
  };
}

/** `Q1 2026:64.0;Q2 2026:71.5` */
function readHistory(text: string): PastScore[] {
  return text.split(';').flatMap((part) => {
    const end = part.lastIndexOf(':');
    const score = Number(part.slice(end + 1));
    return end <= 0 || !Number.isFinite(score) ? [] : [{ label: part.slice(0, end), score }];
  });
}

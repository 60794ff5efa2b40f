import { gql } from 'lightning/graphql';
import { createRecord } from 'lightning/uiRecordApi';
import { METRIC_NAMES, METRICS, VERDICTS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { at, nodesOf, numberOf, textOf } from 'c/teamRecords';
import type { Drive, DriveMember, RepDrive } from './drive.ts';

export type { Drive, DriveMember, RepDrive } from './drive.ts';
export { driveChange, driveFigure, driveTitle } from './driveWords.ts';

/** How long an ended drive is shown. */
export const DRIVE_SHOWN_DAYS = 92;

/** What a drive can raise: metrics that have a good direction, and that two spans of days can be compared by. */
export const DRIVE_METRICS: readonly MetricName[] = METRIC_NAMES.filter(
  (name) =>
    METRICS[name].better !== 'neither' &&
    !['pipelineCoverage', 'winRate', 'salesVelocity', 'rampMonths'].includes(name),
);

/** What a manager enters. */
export type NewDrive = Omit<Drive, 'driveId' | 'members'> & { readonly repIds: readonly string[] };

/** The newest drives that the user may see, with how they go. */
export const DRIVES_QUERY = gql`
  query salesDrives {
    uiapi {
      query {
        Sales_Drive__c(first: 20, orderBy: { First_Day__c: { order: DESC } }) {
          edges {
            node {
              Id
              Metric__c @optional {
                value
              }
              Uplift__c @optional {
                value
              }
              First_Day__c @optional {
                value
              }
              Last_Day__c @optional {
                value
              }
              Practice__c @optional {
                value
              }
              Members__r(first: 200) @optional {
                edges {
                  node {
                    Id
                    Rep__r @optional {
                      Name @optional {
                        value
                      }
                    }
                    Baseline__c @optional {
                      value
                    }
                    Expected__c @optional {
                      value
                    }
                    Goal__c @optional {
                      value
                    }
                    Value__c @optional {
                      value
                    }
                    Change__c @optional {
                      value
                    }
                    Change_Low__c @optional {
                      value
                    }
                    Change_High__c @optional {
                      value
                    }
                    Verdict__c @optional {
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

/** A rep's own part in the newest drives. */
export const REP_DRIVES_QUERY = gql`
  query repDrives($repId: ID) {
    uiapi {
      query {
        Sales_Drive_Member__c(
          first: 20
          where: { Rep__c: { eq: $repId } }
          orderBy: { Last_Day__c: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Metric__c @optional {
                value
              }
              Uplift__c @optional {
                value
              }
              First_Day__c @optional {
                value
              }
              Last_Day__c @optional {
                value
              }
              Practice__c @optional {
                value
              }
              Baseline__c @optional {
                value
              }
              Expected__c @optional {
                value
              }
              Goal__c @optional {
                value
              }
              Value__c @optional {
                value
              }
              Change__c @optional {
                value
              }
              Change_Low__c @optional {
                value
              }
              Change_High__c @optional {
                value
              }
              Verdict__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The drives in an answer to {@link DRIVES_QUERY}; one of a metric that this package does not know is left out. */
export function readDrives(data: unknown): Drive[] {
  return nodesOf(at(data, 'uiapi', 'query', 'Sales_Drive__c')).flatMap((node) => {
    const driveId = at(node, 'Id');
    const metric = METRIC_NAMES.find((name) => name === textOf(node, 'Metric__c'));
    if (typeof driveId !== 'string' || metric === undefined) return [];
    return [
      {
        driveId,
        metric,
        uplift: numberOf(node, 'Uplift__c') ?? 0,
        firstDay: textOf(node, 'First_Day__c') ?? '',
        lastDay: textOf(node, 'Last_Day__c') ?? '',
        practice: textOf(node, 'Practice__c') ?? '',
        members: nodesOf(at(node, 'Members__r'))
          .map(readMember)
          .sort((left, right) => left.name.localeCompare(right.name)),
      },
    ];
  });
}

/** A rep's drives in an answer to {@link REP_DRIVES_QUERY}; one that the relay has not told of yet is left out. */
export function readRepDrives(data: unknown): RepDrive[] {
  return nodesOf(at(data, 'uiapi', 'query', 'Sales_Drive_Member__c')).flatMap((node) => {
    const metric = METRIC_NAMES.find((name) => name === textOf(node, 'Metric__c'));
    const firstDay = textOf(node, 'First_Day__c');
    const lastDay = textOf(node, 'Last_Day__c');
    if (metric === undefined || firstDay === undefined || lastDay === undefined) return [];
    const uplift = numberOf(node, 'Uplift__c') ?? 0;
    const practice = textOf(node, 'Practice__c') ?? '';
    return [{ ...readMember(node), metric, uplift, firstDay, lastDay, practice }];
  });
}

/**
 * Starts a drive, then adds its people, each by itself.
 *
 * @returns how many people could not be added
 * @throws when the drive itself was not saved: then nothing was
 */
export async function startDrive({ repIds, ...drive }: NewDrive): Promise<number> {
  const { id } = await createRecord({
    apiName: 'Sales_Drive__c',
    fields: {
      Metric__c: drive.metric,
      Uplift__c: drive.uplift,
      First_Day__c: drive.firstDay,
      Last_Day__c: drive.lastDay,
      Practice__c: drive.practice,
    },
  });
  const added = await Promise.allSettled(
    repIds.map((repId) =>
      createRecord({
        apiName: 'Sales_Drive_Member__c',
        fields: { Drive__c: id, Rep__c: repId, Member_Key__c: `${id}:${repId}` },
      }),
    ),
  );
  return added.filter(({ status }) => status === 'rejected').length;
}

function readMember(node: unknown): DriveMember {
  const memberId = at(node, 'Id');
  return {
    memberId: typeof memberId === 'string' ? memberId : '',
    name: textOf(at(node, 'Rep__r'), 'Name') ?? 'A rep',
    baseline: numberOf(node, 'Baseline__c'),
    expected: numberOf(node, 'Expected__c'),
    goal: numberOf(node, 'Goal__c'),
    value: numberOf(node, 'Value__c'),
    change: numberOf(node, 'Change__c'),
    changeLow: numberOf(node, 'Change_Low__c'),
    changeHigh: numberOf(node, 'Change_High__c'),
    verdict: VERDICTS.find((verdict) => verdict === textOf(node, 'Verdict__c')),
  };
}

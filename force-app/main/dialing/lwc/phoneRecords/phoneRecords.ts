import { gql } from 'lightning/graphql';
import type { People, Person } from 'c/callWords';

/** A user of the org who can be called. */
export interface Colleague {
  readonly userId: string;
  readonly name: string;
  readonly title?: string | undefined;
  readonly number: string;
}

/** The records that people who call can be, by their ids. What the user may not see is dropped, not refused. */
export const PEOPLE_QUERY = gql`
  query phonePeople($ids: [ID]) {
    uiapi {
      query {
        Contact(first: 200, where: { Id: { in: $ids } }) @optional {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Account @optional {
                Name @optional {
                  value
                }
              }
            }
          }
        }
        Lead(first: 200, where: { Id: { in: $ids } }) @optional {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Company @optional {
                value
              }
            }
          }
        }
        Account(first: 200, where: { Id: { in: $ids } }) @optional {
          edges {
            node {
              Id
              Name @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The active users, by name. */
export const COLLEAGUES_QUERY = gql`
  query phoneColleagues {
    uiapi {
      query {
        User(first: 2000, where: { IsActive: { eq: true } }, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Title @optional {
                value
              }
              Phone @optional {
                value
              }
              MobilePhone @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

type Field = { readonly value?: unknown } | null | undefined;
type Node = Readonly<Record<string, unknown>>;

/** The people of an answer to {@link PEOPLE_QUERY}. */
export function peopleIn(data: unknown): People {
  const people = [
    ...nodesOf(data, 'Contact').map((node) => personOf(node, 'Contact', (node.Account as Node | null)?.Name)),
    ...nodesOf(data, 'Lead').map((node) => personOf(node, 'Lead', node.Company)),
    ...nodesOf(data, 'Account').map((node) => personOf(node, 'Account', undefined)),
  ];
  return Object.fromEntries(
    people.flatMap((person) => (person === undefined ? [] : [[person.recordId, person] as const])),
  );
}

/** The users of an answer to {@link COLLEAGUES_QUERY} who have a number, without the one who asks. */
export function colleaguesIn(data: unknown, ownUserId: string): Colleague[] {
  return nodesOf(data, 'User').flatMap((node) => {
    const [name, title] = [textOf(node.Name), textOf(node.Title)];
    const number = textOf(node.Phone) ?? textOf(node.MobilePhone);
    const userId = String(node.Id);
    return name === undefined || number === undefined || userId === ownUserId
      ? []
      : [{ userId, name, title, number }];
  });
}

function personOf(node: Node, objectApiName: string, company: unknown): Person | undefined {
  const name = textOf(node.Name);
  return name === undefined
    ? undefined
    : { recordId: String(node.Id), objectApiName, name, company: textOf(company) };
}

function nodesOf(data: unknown, objectName: string): Node[] {
  const { uiapi } = (data ?? {}) as {
    uiapi?: { query?: Readonly<Record<string, { edges?: readonly { node: Node }[] } | null>> };
  };
  return (uiapi?.query?.[objectName]?.edges ?? []).map(({ node }) => node);
}

function textOf(field: unknown): string | undefined {
  const value = (field as Field)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

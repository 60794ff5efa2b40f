import { gql } from 'lightning/graphql';
import { LIST_MAXIMUM_PEOPLE } from 'c/callContract';
import type { ListSourceKind } from 'c/callContract';

/** Something that a list can be made of. */
export interface ListSource {
  readonly kind: ListSourceKind;
  readonly id: string;
  readonly label: string;
}

/** Someone on a list, as the user may see them. */
export interface ListedPerson {
  readonly recordId: string;
  readonly objectApiName: 'Contact' | 'Lead';
  readonly name: string;
  readonly company?: string | undefined;
  /** The first number of the record that takes calls. */
  readonly number?: string | undefined;
  readonly numberLabel?: string | undefined;
}

/** The active campaigns, the newest first. */
export const CAMPAIGNS_QUERY = gql`
  query listCampaigns {
    uiapi {
      query {
        Campaign(first: 200, where: { IsActive: { eq: true } }, orderBy: { CreatedDate: { order: DESC } }) {
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

/** Who is in a campaign, in the order in which they came. */
export const MEMBERS_QUERY = gql`
  query listMembers($campaignId: ID) {
    uiapi {
      query {
        CampaignMember(
          first: 2000
          where: { CampaignId: { eq: $campaignId } }
          orderBy: { CreatedDate: { order: ASC } }
        ) {
          edges {
            node {
              Id
              ContactId @optional {
                value
              }
              LeadId @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** Those of these people whom the user may see: a campaign names also those of colleagues. */
export const VISIBLE_QUERY = gql`
  query listVisible($ids: [ID]) {
    uiapi {
      query {
        Contact(first: 2000, where: { Id: { in: $ids } }) {
          edges {
            node {
              Id
            }
          }
        }
        Lead(first: 2000, where: { Id: { in: $ids } }) {
          edges {
            node {
              Id
            }
          }
        }
      }
    }
  }
`;

/** What is shown of those on the screen. */
export const LISTED_PEOPLE_QUERY = gql`
  query listedPeople($ids: [ID]) {
    uiapi {
      query {
        Contact(first: 50, where: { Id: { in: $ids } }) {
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
              MobilePhone @optional {
                value
              }
              Phone @optional {
                value
              }
              HomePhone @optional {
                value
              }
              OtherPhone @optional {
                value
              }
            }
          }
        }
        Lead(first: 50, where: { Id: { in: $ids } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Company @optional {
                value
              }
              MobilePhone @optional {
                value
              }
              Phone @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

type Node = Readonly<Record<string, unknown>>;

const NUMBERS = [
  { field: 'MobilePhone', label: 'Mobile' },
  { field: 'Phone', label: 'Office' },
  { field: 'HomePhone', label: 'Home' },
  { field: 'OtherPhone', label: 'Other' },
];

/** The campaigns of an answer to {@link CAMPAIGNS_QUERY}. */
export function campaignsIn(data: unknown): ListSource[] {
  return nodesOf(data, 'Campaign').flatMap((node) => {
    const label = textOf(node.Name);
    return label === undefined ? [] : [{ kind: 'campaign' as const, id: String(node.Id), label }];
  });
}

/** The people of an answer to {@link MEMBERS_QUERY}, each once, as many as a list takes. */
export function memberIdsIn(data: unknown): string[] {
  const ids = nodesOf(data, 'CampaignMember').flatMap(
    (node) => textOf(node.ContactId) ?? textOf(node.LeadId) ?? [],
  );
  return [...new Set(ids)].slice(0, LIST_MAXIMUM_PEOPLE);
}

/** Those of these ids that are in an answer to {@link VISIBLE_QUERY}, in their own order. */
export function visibleIdsIn(data: unknown, ids: readonly string[]): string[] {
  const visible = new Set(
    [...nodesOf(data, 'Contact'), ...nodesOf(data, 'Lead')].map((node) => String(node.Id)),
  );
  return ids.filter((id) => visible.has(id));
}

/** The people of an answer to {@link LISTED_PEOPLE_QUERY}, by their ids. */
export function listedPeopleIn(data: unknown): Readonly<Record<string, ListedPerson>> {
  const people = [
    ...nodesOf(data, 'Contact').map((node) =>
      personOf(node, 'Contact', textOf((node.Account as Node | null)?.Name)),
    ),
    ...nodesOf(data, 'Lead').map((node) => personOf(node, 'Lead', textOf(node.Company))),
  ];
  return Object.fromEntries(people.map((person) => [person.recordId, person]));
}

function personOf(
  node: Node,
  objectApiName: ListedPerson['objectApiName'],
  company: string | undefined,
): ListedPerson {
  const first = NUMBERS.find(({ field }) => textOf(node[field]) !== undefined);
  return {
    recordId: String(node.Id),
    objectApiName,
    name: textOf(node.Name) ?? 'Unnamed',
    company,
    number: first && textOf(node[first.field]),
    numberLabel: first?.label,
  };
}

function nodesOf(data: unknown, objectName: string): Node[] {
  const { uiapi } = (data ?? {}) as {
    uiapi?: { query?: Readonly<Record<string, { edges?: readonly { node: Node }[] } | null>> };
  };
  return (uiapi?.query?.[objectName]?.edges ?? []).map(({ node }) => node);
}

function textOf(field: unknown): string | undefined {
  const value = (field as { readonly value?: unknown } | null | undefined)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

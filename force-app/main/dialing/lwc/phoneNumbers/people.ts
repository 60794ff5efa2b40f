import { gql } from 'lightning/graphql';
import { ERRORS } from 'c/callContract';

/** The phone fields of a record, in the order of the card. A fax takes no calls. */
export const PHONE_FIELDS = [
  { field: 'MobilePhone', label: 'Mobile', isCallable: true },
  { field: 'Phone', label: 'Office', isCallable: true },
  { field: 'HomePhone', label: 'Home', isCallable: true },
  { field: 'OtherPhone', label: 'Other', isCallable: true },
  { field: 'Fax', label: 'Fax', isCallable: false },
] as const;

export interface NumberRow {
  readonly key: string;
  readonly label: string;
  readonly number: string;
  readonly canCall: boolean;
  readonly isBlocked: boolean;
}

/** Whom the card offers to call: the record itself, or a contact who has a role in it. */
export interface Callee {
  readonly recordId: string;
  readonly name: string;
  /** Shown above the numbers where there are several people, e.g. `Ana Ruiz, Decision Maker`. */
  readonly heading?: string | undefined;
  /** Why none of the numbers may be called. */
  readonly reason?: string | undefined;
  readonly rows: readonly NumberRow[];
}

/**
 * The contacts who have a role in an opportunity, the primary one first. Who of them asked not to be called is known by
 * their own record. Fields the user may not see are dropped, not refused.
 */
export const CONTACT_ROLES_QUERY = gql`
  query phoneContactRoles($opportunityId: ID) {
    uiapi {
      query {
        OpportunityContactRole(
          first: 50
          where: { OpportunityId: { eq: $opportunityId } }
          orderBy: { IsPrimary: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Role @optional {
                value
              }
              Contact @optional {
                Id
                Name @optional {
                  value
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
                Fax @optional {
                  value
                }
                DoNotCall @optional {
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

type Node = Readonly<Record<string, unknown>>;

/** Those of an answer to {@link CONTACT_ROLES_QUERY} who have a number; one with two roles is there once. */
export function calleesIn(data: unknown): Callee[] {
  const { uiapi } = (data ?? {}) as {
    uiapi?: { query?: { OpportunityContactRole?: { edges?: readonly { node: Node }[] } | null } };
  };
  const callees = new Map<string, Callee>();
  for (const { node } of uiapi?.query?.OpportunityContactRole?.edges ?? []) {
    const contact = node.Contact as Node | null | undefined;
    const recordId = contact?.Id;
    if (contact === null || contact === undefined || typeof recordId !== 'string') continue;
    const name = textOf(valueOf(contact, 'Name'));
    const role = textOf(valueOf(node, 'Role'));
    const callee = calleeOf(recordId, name, (field) => valueOf(contact, field));
    const heading = role === '' ? name : `${name}, ${role}`;
    if (callee !== undefined && !callees.has(recordId)) callees.set(recordId, { ...callee, heading });
  }
  return [...callees.values()];
}

/** Whom a record stands for, by what reads its fields; undefined where it has no number. */
export function calleeOf(
  recordId: string,
  name: string,
  read: (field: string) => unknown,
): Callee | undefined {
  const isBlocked = read('DoNotCall') === true;
  const rows = PHONE_FIELDS.map(({ field, label, isCallable }) => ({
    key: `${recordId} ${field}`,
    label,
    number: textOf(read(field)),
    canCall: isCallable && !isBlocked,
    isBlocked: isCallable && isBlocked,
  })).filter(({ number }) => number !== '');
  if (rows.length === 0) return undefined;
  return { recordId, name, reason: isBlocked ? ERRORS.doNotCall.message : undefined, rows };
}

function valueOf(node: Node, field: string): unknown {
  return (node[field] as { readonly value?: unknown } | null | undefined)?.value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

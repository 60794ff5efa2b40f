/** A record that may stand for a number. */
export interface Candidate {
  readonly recordId: string;
  /** The contact's account, the account itself, or null. */
  readonly accountId: string | null;
}

/** Whose a number is. Candidates are in the order of their ids. */
export type NumberMatch =
  | { readonly kind: 'record'; readonly recordId: string; readonly accountId: string | null }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'none' };

/** What is known of a number. Records that are gone, or the rep's own, are not among it. */
export interface KnownOfNumber {
  readonly dialedFrom: Candidate | null;
  /** What a rep once chose for this number. */
  readonly chosen: Candidate | null;
  /** Every record on which the number stands. */
  readonly holders: readonly Candidate[];
}

/** The record that was dialed from wins, then what was chosen for the number, then the only one that has it. */
export function decideMatch({ dialedFrom, chosen, holders }: KnownOfNumber): NumberMatch {
  const settled = dialedFrom ?? chosen;
  if (settled !== null) return { kind: 'record', ...settled };
  const candidates = withoutAccountsOfContacts(holders);
  const [first] = candidates;
  if (first === undefined) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'record', ...first } : { kind: 'ambiguous', candidates };
}

/** The records to choose from: each once, and no account of which a contact is among them. */
export function withoutAccountsOfContacts(holders: readonly Candidate[]): Candidate[] {
  const byId = new Map(holders.map((holder) => [holder.recordId, holder]));
  const accountsOfPeople = new Set(
    [...byId.values()]
      .filter(({ recordId, accountId }) => recordId !== accountId)
      .map(({ accountId }) => accountId),
  );
  return [...byId.values()]
    .filter(({ recordId }) => !accountsOfPeople.has(recordId))
    .sort((one, other) => (one.recordId < other.recordId ? -1 : 1));
}

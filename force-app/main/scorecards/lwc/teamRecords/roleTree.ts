import type { TeamCard } from './teamCard.ts';

export interface Role {
  readonly roleId: string;
  readonly name: string;
  readonly parentId?: string | undefined;
}

/** Everybody with a card in a role or below it; or, where roles are not to be seen, everybody of one manager. */
export interface Team {
  readonly key: string;
  readonly name: string;
  /** How many teams it lies below, 0 for the highest. */
  readonly depth: number;
  readonly repIds: ReadonlySet<string>;
}

/**
 * The teams that the cards make along the role hierarchy, each before those below it, by name. A role that holds the
 * same people as its only team below is left out: it would be the same line twice.
 */
export function teamsOf(cards: readonly TeamCard[], roles: readonly Role[]): Team[] {
  const known = new Map(roles.map((role) => [role.roleId, role]));
  const people = new Map<string, Set<string>>();
  for (const { repId, roleId } of cards)
    for (const role of rolesUpwards(roleId, known))
      people.set(role.roleId, (people.get(role.roleId) ?? new Set()).add(repId));
  if (people.size === 0) return teamsOfManagers(cards);
  return teamsBelow(undefined, 0, { known, people });
}

interface RoleTree {
  readonly known: ReadonlyMap<string, Role>;
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
}

function teamsBelow(parentId: string | undefined, depth: number, tree: RoleTree): Team[] {
  const roles = [...tree.people.keys()].flatMap((roleId) => tree.known.get(roleId) ?? []);
  const isBelow = ({ parentId: above }: Role) =>
    (above !== undefined && tree.people.has(above) ? above : undefined) === parentId;
  return roles
    .filter(isBelow)
    .sort((left, right) => left.name.localeCompare(right.name))
    .flatMap(({ roleId, name }) => {
      const repIds = tree.people.get(roleId) ?? new Set<string>();
      const only = roles.filter(({ parentId: above }) => above === roleId);
      const isRepeated = only.length === 1 && tree.people.get(only[0]?.roleId ?? '')?.size === repIds.size;
      if (isRepeated) return teamsBelow(roleId, depth, tree);
      return [{ key: roleId, name, depth, repIds }, ...teamsBelow(roleId, depth + 1, tree)];
    });
}

/** A role and those above it. A circle, which the org does not allow, would end. */
function rolesUpwards(roleId: string | undefined, known: ReadonlyMap<string, Role>): Set<Role> {
  const found = new Set<Role>();
  for (let role = known.get(roleId ?? ''); role !== undefined && !found.has(role);) {
    found.add(role);
    role = known.get(role.parentId ?? '');
  }
  return found;
}

function teamsOfManagers(cards: readonly TeamCard[]): Team[] {
  const teams = new Map<string, Set<string>>();
  for (const { repId, managerName } of cards)
    if (managerName !== undefined) teams.set(managerName, (teams.get(managerName) ?? new Set()).add(repId));
  return [...teams]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, repIds]) => ({ key: name, name: `Team of ${name}`, depth: 0, repIds }));
}

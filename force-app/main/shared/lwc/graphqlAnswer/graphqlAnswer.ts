/** Reading what GraphQL answers, which is distrusted: every step may be missing, every value of another kind. */

export function nodesOf(connection: unknown): unknown[] {
  const edges = at(connection, 'edges');
  return Array.isArray(edges) ? edges.map((edge) => at(edge, 'node')) : [];
}

export function numberOf(node: unknown, field: string): number | undefined {
  const value = at(node, field, 'value');
  return typeof value === 'number' ? value : undefined;
}

export function textOf(node: unknown, field: string): string | undefined {
  const value = at(node, field, 'value');
  return typeof value === 'string' ? value : undefined;
}

/** The value of a picklist, when it is one of these. */
export function choiceOf<Choice extends string>(
  node: unknown,
  field: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = at(node, field, 'value');
  return choices.find((choice) => choice === value);
}

/** What lies at a path, or undefined where the path ends early. */
export function at(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}

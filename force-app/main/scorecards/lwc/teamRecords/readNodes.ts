/** The nodes of a GraphQL connection. */
export function nodesOf(connection: unknown): unknown[] {
  const edges = at(connection, 'edges');
  return Array.isArray(edges) ? edges.map((edge) => at(edge, 'node')) : [];
}

/** A number field's value; undefined where it is empty or hidden. */
export function numberOf(node: unknown, field: string): number | undefined {
  const value = at(node, field, 'value');
  return typeof value === 'number' ? value : undefined;
}

/** A text field's value; undefined where it is empty or hidden. */
export function textOf(node: unknown, field: string): string | undefined {
  const value = at(node, field, 'value');
  return typeof value === 'string' ? value : undefined;
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

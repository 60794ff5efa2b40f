import { Kind } from 'graphql';
import type { GraphQLResolveInfo, ValueNode } from 'graphql';
import { z } from 'zod';

const inputSchema = z.record(z.string(), z.unknown());

/**
 * An argument's fields in the order in which the query or its variable has them: GraphQL hands them over in that of
 * the schema, and the first field to sort by must be the first that was written.
 */
export function inWrittenOrder(
  argument: unknown,
  argumentName: string,
  info: GraphQLResolveInfo,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  const node = info.fieldNodes[0]?.arguments?.find(({ name }) => name.value === argumentName);
  return node ? reorder(argument, node.value, variables) : argument;
}

function reorder(value: unknown, node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.VARIABLE) return reorderAs(value, variables[node.name.value]);
  const given = inputSchema.safeParse(value);
  if (!given.success || node.kind !== Kind.OBJECT) return value;
  return Object.fromEntries(
    node.fields
      .filter(({ name }) => name.value in given.data)
      .map((field) => [field.name.value, reorder(given.data[field.name.value], field.value, variables)]),
  );
}

function reorderAs(value: unknown, written: unknown): unknown {
  const given = inputSchema.safeParse(value);
  const order = inputSchema.safeParse(written);
  if (!given.success || !order.success) return value;
  return Object.fromEntries(
    Object.entries(order.data)
      .filter(([name]) => name in given.data)
      .map(([name, inner]) => [name, reorderAs(given.data[name], inner)]),
  );
}

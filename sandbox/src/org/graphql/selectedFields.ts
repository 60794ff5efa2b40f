import { Kind } from 'graphql';
import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** The fields that a query selects at the end of a way of field names, through fragments and whatever the aliases. */
export function selectedFields(info: GraphQLResolveInfo, way: readonly string[]): readonly FieldNode[] {
  return way.reduce<readonly FieldNode[]>(
    (nodes, name) =>
      nodes
        .flatMap((node) => fieldsOf(node.selectionSet, info.fragments))
        .filter((node) => node.name.value === name),
    info.fieldNodes,
  );
}

/** The names of the fields in a selection. */
export function selectedNames(info: GraphQLResolveInfo, nodes: readonly FieldNode[]): readonly FieldNode[] {
  return nodes.flatMap((node) => fieldsOf(node.selectionSet, info.fragments));
}

function fieldsOf(
  selectionSet: SelectionSetNode | undefined,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return [selection];
      case Kind.INLINE_FRAGMENT:
        return fieldsOf(selection.selectionSet, fragments);
      case Kind.FRAGMENT_SPREAD:
        return fieldsOf(fragments[selection.name.value]?.selectionSet, fragments);
    }
  });
}

import { Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';

import { canRead, objectAccess } from '../access/permissions.ts';
import type { UserAccess } from '../access/userAccess.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { AGGREGATE_QUERY, RECORD_QUERY } from './orgSchema.ts';
import type { OrgGraphql } from './orgSchema.ts';
import { parentsOf } from './recordTypes.ts';

/** A query without what its user may not see, and the complaints about what it did not mark as optional. */
export interface VisibleQuery {
  readonly document: DocumentNode;
  readonly errors: readonly string[];
  /** How many times it reads an object, records or groups. */
  readonly entries: number;
}

/** Takes out every `@optional` field that is unknown or not the user's to see; any other such field is an error. */
export function visibleQuery(
  schema: Schema,
  orgGraphql: OrgGraphql,
  access: UserAccess,
  document: DocumentNode,
): VisibleQuery {
  const errors: string[] = [];
  let entries = 0;
  const typeInfo = new TypeInfo(orgGraphql.graphql);
  const visible = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parentType = typeInfo.getParentType();
        if (!parentType || node.name.value.startsWith('__')) return undefined;
        const isKnown = typeInfo.getFieldDef() !== undefined && typeInfo.getFieldDef() !== null;
        const isVisible = isKnown && maySee(schema, orgGraphql, access, parentType.name, node.name.value);
        if (isVisible && isEntry(parentType.name)) entries += 1;
        if (isVisible) return undefined;
        if (isOptional(node)) return null;
        errors.push(
          `Validation error of type FieldUndefined: Field '${node.name.value}' in type '${parentType.name}' is undefined`,
        );
        return undefined;
      },
      SelectionSet: {
        // What is left of a selection that lost all its fields still needs one to be a query.
        leave(node) {
          if (node.selections.length > 0) return undefined;
          const typeName: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
          return { ...node, selections: [typeName] };
        },
      },
    }),
  );
  return { document: visible, errors, entries };
}

function isEntry(typeName: string): boolean {
  return typeName === RECORD_QUERY || typeName === AGGREGATE_QUERY;
}

function isOptional(node: FieldNode): boolean {
  return (node.directives ?? []).some((directive) => directive.name.value === 'optional');
}

function maySee(
  schema: Schema,
  orgGraphql: OrgGraphql,
  access: UserAccess,
  typeName: string,
  fieldName: string,
): boolean {
  if (isEntry(typeName)) {
    const object = schema.object(fieldName);
    return object !== undefined && objectAccess(access, object).read;
  }
  const object = orgGraphql.objectOfType.get(typeName);
  return object === undefined || maySeeOfRecord(schema, access, object, fieldName);
}

function maySeeOfRecord(
  schema: Schema,
  access: UserAccess,
  object: ObjectDefinition,
  fieldName: string,
): boolean {
  const field = schema.field(object, fieldName);
  if (field) return canRead(access, object, field);
  const way = parentsOf(schema, object).find(({ name }) => name === fieldName);
  if (way) return canRead(access, object, way.field) && objectAccess(access, way.parent).read;
  const children = schema.childRelationships(object).find(({ name }) => name === fieldName);
  if (!children) return true;
  return objectAccess(access, children.child).read && canRead(access, children.child, children.field);
}

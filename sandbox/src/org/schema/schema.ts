import type { ChildRelationship, FieldDefinition, ObjectDefinition } from './model.ts';

/** Looks objects, fields and relationships up by name, in any letter case, as the org does. */
export interface Schema {
  readonly objects: readonly ObjectDefinition[];
  object(name: string): ObjectDefinition | undefined;
  field(object: ObjectDefinition, name: string): FieldDefinition | undefined;
  /** The reference field whose relationship has this name, e.g. `Account` → `AccountId`. */
  parentField(object: ObjectDefinition, relationshipName: string): FieldDefinition | undefined;
  childRelationships(object: ObjectDefinition): readonly ChildRelationship[];
  /** The object of a record id's first three characters. */
  objectOfPrefix(prefix: string): ObjectDefinition | undefined;
}

/**
 * Indexes the definitions. Throws where two objects share a name or a key prefix, or a reference
 * points to no object.
 */
export function createSchema(objects: readonly ObjectDefinition[]): Schema {
  const byName = new Map<string, ObjectDefinition>();
  const byPrefix = new Map<string, ObjectDefinition>();
  const fieldsOf = new Map<ObjectDefinition, Map<string, FieldDefinition>>();
  for (const object of objects) {
    if (byName.has(object.name.toLowerCase())) throw new Error(`Two objects are named ${object.name}`);
    byName.set(object.name.toLowerCase(), object);
    fieldsOf.set(object, new Map(object.fields.map((field) => [field.name.toLowerCase(), field])));
    if (object.keyPrefix === null) continue;
    const other = byPrefix.get(object.keyPrefix);
    if (other) throw new Error(`${object.name} and ${other.name} share the prefix ${object.keyPrefix}`);
    byPrefix.set(object.keyPrefix, object);
  }
  const childrenOf = indexChildren(objects, byName);
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    field: (object, name) => fieldsOf.get(object)?.get(name.toLowerCase()),
    parentField: (object, relationshipName) =>
      object.fields.find(
        (field) => field.reference?.relationshipName?.toLowerCase() === relationshipName.toLowerCase(),
      ),
    childRelationships: (object) => childrenOf.get(object) ?? [],
    objectOfPrefix: (prefix) => byPrefix.get(prefix),
  };
}

function indexChildren(
  objects: readonly ObjectDefinition[],
  byName: ReadonlyMap<string, ObjectDefinition>,
): Map<ObjectDefinition, ChildRelationship[]> {
  const childrenOf = new Map<ObjectDefinition, ChildRelationship[]>();
  for (const child of objects) {
    for (const field of child.fields) {
      for (const parentName of field.reference?.to ?? []) {
        const parent = byName.get(parentName.toLowerCase());
        if (!parent) throw new Error(`${child.name}.${field.name} refers to ${parentName}, which is unknown`);
        const name = field.reference?.childRelationshipName;
        if (name) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), { name, child, field }]);
      }
    }
  }
  return childrenOf;
}

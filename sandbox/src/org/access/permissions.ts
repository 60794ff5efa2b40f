import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { ObjectGrant } from '../schema/permissionSets.ts';
import type { UserAccess } from './userAccess.ts';

const NOTHING: ObjectGrant = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};
const READ_ALL: ObjectGrant = { ...NOTHING, read: true, viewAll: true };
const EVERYTHING: ObjectGrant = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};

/** What a user may do with a field. */
export interface FieldAccess {
  readonly readable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
}

/**
 * What a user may do with an object. Everybody works with the standard objects; custom objects open by permission
 * set alone; people and settings are for those who manage users; custom metadata is changed by deployment.
 */
export function objectAccess(access: UserAccess, object: ObjectDefinition): ObjectGrant {
  if (access.userId === null) return EVERYTHING;
  const granted = access.objectGrants.get(object.name.toLowerCase()) ?? NOTHING;
  const modifiesAllData = access.userPermissions.has('ModifyAllData');
  switch (object.kind) {
    case 'view':
    case 'customMetadata':
      return READ_ALL;
    case 'history':
      // Its rows are seen with the record that they tell of.
      return { ...NOTHING, read: true };
    case 'setup':
      return modifiesAllData || access.userPermissions.has('ManageUsers') ? EVERYTHING : READ_ALL;
    case 'standard':
    case 'custom': {
      if (modifiesAllData) return EVERYTHING;
      const opened =
        object.kind === 'standard' ? { ...EVERYTHING, viewAll: false, modifyAll: false } : granted;
      const viewsAllData = access.userPermissions.has('ViewAllData');
      return {
        ...opened,
        read: opened.read || viewsAllData,
        viewAll: granted.viewAll || viewsAllData,
        modifyAll: granted.modifyAll,
      };
    }
  }
}

/**
 * What a user may do with a field: field-level security first, then what the field itself allows. Required fields
 * and master references are outside field-level security, and so are those of custom metadata.
 */
export function fieldAccess(
  access: UserAccess,
  object: ObjectDefinition,
  field: FieldDefinition,
): FieldAccess {
  const objectGrant = objectAccess(access, object);
  const hasSecurity =
    access.userId !== null &&
    field.custom &&
    object.kind !== 'customMetadata' &&
    (field.nillable || field.type === 'boolean');
  const name = `${object.name}.${field.name}`.toLowerCase();
  if (access.hiddenFields?.has(name)) return { readable: false, createable: false, updateable: false };
  const granted = access.fieldGrants.get(name);
  const editable = !hasSecurity || (granted?.editable ?? false);
  return {
    readable: objectGrant.read && (!hasSecurity || (granted?.readable ?? false)),
    createable: objectGrant.create && editable && field.createable,
    updateable: objectGrant.edit && editable && field.updateable,
  };
}

export function canRead(access: UserAccess, object: ObjectDefinition, field: FieldDefinition): boolean {
  return fieldAccess(access, object, field).readable;
}

/** The fields of an object that this user can read. */
export function readableFields(access: UserAccess, object: ObjectDefinition): FieldDefinition[] {
  return object.fields.filter((field) => canRead(access, object, field));
}

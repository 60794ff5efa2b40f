import { withFile } from './metadataFiles.ts';
import type { MetadataFiles } from './metadataFiles.ts';
import type { Schema } from './schema.ts';
import type { XmlElement } from './xmlElement.ts';

/** What a permission set lets a user do with an object's records. */
export interface ObjectGrant {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export interface FieldGrant {
  readonly readable: boolean;
  readonly editable: boolean;
}

export interface PermissionSetDefinition {
  readonly name: string;
  readonly label: string;
  readonly userPermissions: readonly string[];
  /** By object name in lower case. */
  readonly objects: ReadonlyMap<string, ObjectGrant>;
  /** By `object.field` in lower case. */
  readonly fields: ReadonlyMap<string, FieldGrant>;
}

/**
 * Reads the permission sets. Entries for standard objects that the local org does not carry are left out; an unknown
 * custom object or field throws, as it would fail the deployment.
 */
export function readPermissionSets(files: MetadataFiles, schema: Schema): PermissionSetDefinition[] {
  return files.permissionset.map((file) =>
    withFile(file, (content) => ({
      name: file.name,
      label: content.required('label'),
      userPermissions: content
        .all('userPermissions')
        .filter((element) => element.isTrue('enabled'))
        .map((element) => element.required('name')),
      objects: new Map(
        content
          .all('objectPermissions')
          .filter((element) => isCarried(schema, element.required('object')))
          .map((element) => [element.required('object').toLowerCase(), objectGrant(element)]),
      ),
      fields: new Map(content.all('fieldPermissions').flatMap((element) => fieldEntry(schema, element))),
    })),
  );
}

function objectGrant(element: XmlElement): ObjectGrant {
  const modifyAll = element.isTrue('modifyAllRecords');
  return {
    read: element.isTrue('allowRead'),
    create: element.isTrue('allowCreate'),
    edit: element.isTrue('allowEdit'),
    delete: element.isTrue('allowDelete'),
    viewAll: modifyAll || element.isTrue('viewAllRecords'),
    modifyAll,
  };
}

function fieldEntry(schema: Schema, element: XmlElement): [string, FieldGrant][] {
  const name = element.required('field');
  const [objectName = '', fieldName = ''] = name.split('.');
  if (!isCarried(schema, objectName)) return [];
  const object = schema.object(objectName);
  const field = object && schema.field(object, fieldName);
  if (!field) throw new Error(`The field ${name} is unknown`);
  if (field.custom && !field.nillable && field.type !== 'boolean') {
    throw new Error(`${name} is required: a permission set cannot name it`);
  }
  return [
    [name.toLowerCase(), { readable: element.isTrue('readable'), editable: element.isTrue('editable') }],
  ];
}

function isCarried(schema: Schema, objectName: string): boolean {
  if (schema.object(objectName)) return true;
  if (/__(c|mdt)$/.test(objectName)) throw new Error(`The object ${objectName} is unknown`);
  return false;
}

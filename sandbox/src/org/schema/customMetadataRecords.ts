import { withFile } from './metadataFiles.ts';
import type { MetadataFiles } from './metadataFiles.ts';
import type { FieldDefinition, ObjectDefinition } from './model.ts';
import type { Schema } from './schema.ts';
import type { XmlElement } from './xmlElement.ts';

/** A record of a custom metadata type, as the metadata deploys it. */
export interface CustomMetadataRecord {
  readonly objectName: string;
  readonly developerName: string;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

/** Reads `customMetadata/<Type>.<Record>.md-meta.xml`. A record found twice counts as the later directory has it. */
export function readCustomMetadataRecords(files: MetadataFiles, schema: Schema): CustomMetadataRecord[] {
  const records = new Map<string, CustomMetadataRecord>();
  for (const file of files.md) {
    const record = withFile(file, (content) => {
      const [typeName = '', developerName = ''] = file.name.split('.');
      const object = schema.object(`${typeName}__mdt`);
      if (!object) throw new Error(`The custom metadata type ${typeName} is unknown`);
      return readRecord(schema, object, developerName, content);
    });
    records.set(`${record.objectName}.${record.developerName}`, record);
  }
  return [...records.values()];
}

function readRecord(
  schema: Schema,
  object: ObjectDefinition,
  developerName: string,
  content: XmlElement,
): CustomMetadataRecord {
  const label = content.required('label');
  const values: Record<string, string | number | boolean | null> = {
    DeveloperName: developerName,
    MasterLabel: label,
    Label: label,
    QualifiedApiName: developerName,
    Language: 'en_US',
  };
  for (const element of content.all('values')) {
    const field = schema.field(object, element.required('field'));
    if (!field) throw new Error(`${object.name} has no field ${element.required('field')}`);
    const value = element.first('value');
    const isNull = !value || value.attribute('xsi:nil') === 'true' || value.text === '';
    values[field.name] = isNull ? null : typedValue(field, value.text);
  }
  return { objectName: object.name, developerName, values };
}

function typedValue(field: FieldDefinition, value: string): string | number | boolean {
  if (field.type === 'boolean') return value === 'true';
  return ['double', 'int', 'currency', 'percent'].includes(field.type) ? Number(value) : value;
}

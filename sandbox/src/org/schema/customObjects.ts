import { customField, picklistValues } from './customFields.ts';
import { READ_ONLY, field, ownerField, systemFields, text } from './fieldBuilders.ts';
import { withFile } from './metadataFiles.ts';
import type { MetadataFile, MetadataFiles } from './metadataFiles.ts';
import type { FieldDefinition, ObjectDefinition, SharingModel } from './model.ts';
import { createSchema } from './schema.ts';
import type { Schema } from './schema.ts';
import { accountObjects } from './standard/accounts.ts';
import { activityObjects } from './standard/activities.ts';
import { campaignObjects } from './standard/campaigns.ts';
import { forecastingObjects } from './standard/forecasting.ts';
import { NAME_VIEW } from './standard/names.ts';
import { opportunityObjects } from './standard/opportunities.ts';
import { peopleObjects } from './standard/people.ts';
import { productObjects } from './standard/products.ts';
import { reportObjects } from './standard/reports.ts';
import type { XmlElement } from './xmlElement.ts';

const SHARING_MODELS: readonly SharingModel[] = ['Private', 'Read', 'ReadWrite', 'ControlledByParent'];

/** What an org may have switched on or off. */
export interface OrgFeatures {
  /** Collaborative Forecasts, and with them the object `ForecastingQuota`. */
  readonly hasForecasting: boolean;
}

/** The standard objects with the custom fields that the metadata adds, and the custom objects and types it defines. */
export function buildSchema(files: MetadataFiles, features: OrgFeatures): Schema {
  const fieldsOf = readCustomFields(files);
  const customObjects = files.object
    .filter((file) => /__(c|mdt)$/.test(file.objectName))
    .map((file) =>
      withFile(file, (content) => customObject(file, content, fieldsOf.get(file.objectName) ?? [])),
    );
  const withActivities = files.object.filter((file) => file.content.isTrue('enableActivities'));
  const standardObjects = everyStandardObject(features).map((object) =>
    withCustomFields(
      object,
      fieldsOf,
      withActivities.map((file) => file.objectName),
    ),
  );
  const known = new Set([...standardObjects, ...customObjects].map((object) => object.name));
  for (const objectName of fieldsOf.keys()) {
    if (!known.has(objectName) && objectName !== 'Activity') {
      throw new Error(`Fields of ${objectName}, but the local org has no such object`);
    }
  }
  return createSchema([...standardObjects, ...customObjects, NAME_VIEW]);
}

function everyStandardObject({ hasForecasting }: OrgFeatures): ObjectDefinition[] {
  return [
    ...peopleObjects(),
    ...accountObjects(),
    ...activityObjects(),
    ...productObjects(),
    ...campaignObjects(),
    ...opportunityObjects(),
    ...reportObjects(),
    ...(hasForecasting ? forecastingObjects() : []),
  ];
}

function readCustomFields(files: MetadataFiles): Map<string, FieldDefinition[]> {
  const globalValueSets = new Map(
    files.globalValueSet.map((file) => [file.name, picklistValues(file.content.all('customValue'))]),
  );
  const fieldsOf = new Map<string, FieldDefinition[]>();
  for (const file of files.field) {
    const definition = withFile(file, (content) => customField(file.name, content, globalValueSets));
    fieldsOf.set(file.objectName, [...(fieldsOf.get(file.objectName) ?? []), definition]);
  }
  return fieldsOf;
}

function withCustomFields(
  object: ObjectDefinition,
  fieldsOf: ReadonlyMap<string, readonly FieldDefinition[]>,
  objectsWithActivities: readonly string[],
): ObjectDefinition {
  const own = fieldsOf.get(object.name) ?? [];
  const shared = object.sharing === 'Activity' ? (fieldsOf.get('Activity') ?? []) : [];
  const fields = object.fields.map((definition) =>
    object.sharing === 'Activity' && definition.name === 'WhatId' && definition.reference
      ? {
          ...definition,
          reference: { ...definition.reference, to: [...definition.reference.to, ...objectsWithActivities] },
        }
      : definition,
  );
  return { ...object, fields: [...fields, ...own, ...shared] };
}

function customObject(
  file: MetadataFile,
  content: XmlElement,
  fields: readonly FieldDefinition[],
): ObjectDefinition {
  const label = content.required('label');
  const labels = { label, labelPlural: content.value('pluralLabel') ?? `${label}s` };
  if (file.objectName.endsWith('__mdt')) {
    return {
      name: file.objectName,
      ...labels,
      kind: 'customMetadata',
      sharing: 'ReadWrite',
      keyPrefix: null,
      fields: [...systemFields(), ...customMetadataFields(), ...fields],
    };
  }
  const isDetail = fields.some((definition) => definition.reference?.isMasterDetail);
  const sharing = content.value('sharingModel') ?? (isDetail ? 'ControlledByParent' : 'ReadWrite');
  const model = SHARING_MODELS.find((candidate) => candidate === sharing);
  if (!model) throw new Error(`The local org has no sharing model ${sharing}`);
  if ((model === 'ControlledByParent') !== isDetail) {
    throw new Error('ControlledByParent and a master-detail field belong together');
  }
  return {
    name: file.objectName,
    ...labels,
    kind: 'custom',
    sharing: model,
    keyPrefix: null,
    fields: [...systemFields(), ...(isDetail ? [] : [ownerField()]), nameField(content), ...fields],
  };
}

function nameField(content: XmlElement): FieldDefinition {
  const element = content.first('nameField');
  const label = element?.value('label') ?? 'Name';
  if (element?.value('type') !== 'AutoNumber') {
    return text('Name', 80, { label, nillable: false, idLookup: true });
  }
  return text('Name', 80, {
    label,
    nillable: false,
    ...READ_ONLY,
    autoNumberFormat: element.value('displayFormat') ?? '{0}',
  });
}

function customMetadataFields(): FieldDefinition[] {
  return [
    text('DeveloperName', 40, { nillable: false, unique: true }),
    text('MasterLabel', 40, { nillable: false, label: 'Label' }),
    text('Label', 40, { nillable: false }),
    text('QualifiedApiName', 70, { nillable: false }),
    text('NamespacePrefix', 15),
    field('Language', 'string', { length: 40 }),
  ];
}
